"""A member that no shape names is found, wherever it stands, by whichever client gets it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.shapes import of_a_plan, stray, strict

Json = Any
Where = tuple[str | int, ...]
A_TRIP = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T06:00:00Z"}


def objects(told: Json, at: Where = ()) -> Iterator[Where]:
    """Where the objects of an answer stand."""
    if isinstance(told, dict):
        yield at
        for name, value in told.items():
            yield from objects(value, (*at, name))
    if isinstance(told, list):
        for row, value in enumerate(told):
            yield from objects(value, (*at, row))


def with_one_more(told: Json, at: Where) -> Json:
    found = changed = copy.deepcopy(told)
    for step in at:
        changed = changed[step]
    changed["undocumented"] = 1
    return found


def unnoticed(told: Json, places: list[Where], faults: Callable[[Json], object]) -> list[Where]:
    return [at for at in places if not faults(with_one_more(told, at))]


def test_a_new_member_under_hent_of_a_plan_is_found_anywhere(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", **A_TRIP)
    assert list(of_a_plan(answer)) == []
    ours = [at for at in objects(answer) if "hent" in at]
    assert len(ours) > 20
    assert unnoticed(answer, ours, lambda told: list(of_a_plan(told))) == []


@pytest.mark.parametrize(
    ("path", "shape"), [("/api/ranking", "Ranking"), ("/api/data-use", "DataUseRegister"), ("/health/ready", "Ready")]
)
def test_a_new_member_of_a_resource_is_found(client: CheckedClient, path: str, shape: str) -> None:
    answer = client.ask(path)
    assert stray(shape, answer) == []
    assert stray(shape, answer | {"undocumented": 1})


def test_every_test_client_finds_it(client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    views, name = client.application.view_functions, "ranking.ranking"
    plain = views[name]
    monkeypatch.setitem(views, name, lambda: plain() | {"undocumented": 1})
    with pytest.raises(AssertionError, match="'undocumented' was unexpected"):
        client.get("/api/ranking")


def test_no_shape_of_ours_is_left_open() -> None:
    shapes = strict()["components"]["schemas"]
    open_ones = {
        name for name, one in shapes.items() if "properties" in one and one.get("additionalProperties") is not False
    }
    assert open_ones == {"TripsAnswer", "Itinerary", "Leg", "Place", "Polyline", "Problem", "ProblemType", "FailedJob"}


def test_every_member_has_a_type_of_its_own() -> None:
    """Else a member of it could be told, and stand in no description."""
    shapes = strict()["components"]["schemas"]
    members = {
        f"{name}.{member}": of for name, one in shapes.items() for member, of in one.get("properties", {}).items()
    }
    assert [name for name, of in members.items() if any(map(is_anything, schemas(of)))] == []


def is_anything(schema: Json) -> bool:
    """Whether any value, or an object with any members, would do."""
    says = schema.keys() - {"title", "description", "default"}
    return not says or (schema.get("type") == "object" and schema.get("additionalProperties", True) in (True, {}))


def schemas(of: Json) -> Iterator[Json]:
    """A member's own, and those inside it."""
    yield of
    inside = [of[word] for word in ("items", "additionalProperties") if isinstance(of.get(word), dict)]
    for inner in (*of.get("anyOf", ()), *inside):
        yield from schemas(inner)
