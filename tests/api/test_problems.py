"""Errors as RFC 9457 problems, each type documented; an unknown fault says nothing."""

import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.problems import PROBLEMS, kinds
from api.web.sentences import LANGUAGES, sentences
from gtfs.errors import RejectedFeed, UnreadableFeed
from mobility.errors import MobilityError, NetworkUnavailable
from mobility.network.modes import MODES
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.territory import Territory
from tests.api.conftest import ROOT, app_of, config
from tests.api.motis import CheckedClient


def headings(path: Path) -> set[str]:
    return set(re.findall(r"^#+ `?([\w-]+)`?$", path.read_text("utf-8"), re.MULTILINE))


def leaves(error: type[Exception]) -> set[type[Exception]]:
    below = error.__subclasses__()
    return set().union(*map(leaves, below)) if below else {error}


def test_every_problem_type_is_documented() -> None:
    assert {kind.name for kind in kinds()} <= headings(ROOT / "docs" / "problems.md")


def test_every_reason_of_an_empty_answer_is_documented() -> None:
    assert {reason.value for reason in EmptyReason} <= headings(ROOT / "docs" / "problems.md")


def test_every_error_of_the_domain_has_its_problem() -> None:
    ours = {error for error in leaves(MobilityError) if not error.__module__.startswith("tests.")}
    assert ours | {UnreadableFeed, RejectedFeed} == set(PROBLEMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_in_every_language(language: str) -> None:
    said = sentences(language)
    assert set(said["problem"]) == {kind.name for kind in kinds()}
    assert set(said["reason"]) == {reason.value for reason in EmptyReason}
    assert set(said["mode"]) == {*MODES, "WALK", "BIKE", "CAR"}
    assert {name: set(section) for name, section in said.sections.items()} == {
        name: set(section) for name, section in sentences("fr").sections.items()
    }


def test_a_problem_names_its_type_and_the_resource(client: CheckedClient) -> None:
    status, problem = client.refused("/api/v6/plan", fromPlace="t_A", toPlace="t_Z")
    assert status == 404
    assert problem.pop("hent")["dataUse"]["stored"]
    assert problem == {
        "type": "/problems/not-found",
        "title": "Introuvable",
        "status": 404,
        "detail": "arrêt introuvable",
        "instance": "/api/v6/plan",
        "kind": "stop",
        "parameter": "toPlace",
        "error": "arrêt introuvable",
    }
    assert client.ask(problem["type"])["type"] == problem["type"]


def test_a_wrong_method_is_told_the_right_ones(client: CheckedClient) -> None:
    answer = client.delete("/api/v6/stop?stopId=t_A")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_too_large_a_body_is_refused(territory: Territory) -> None:
    small = config().model_copy(update={"limits": config().limits.model_copy(update={"body_kib": 1})})
    client = app_of(territory, settings=small).test_client()
    answer = client.post("/api/trips", json={"fromPlace": "t_A", "toPlace": "x" * 2000})
    assert (answer.status_code, (answer.json or {})["type"]) == (413, "/problems/body-too-large")


class Nothing:
    def territory(self) -> Territory:
        raise NetworkUnavailable


def test_without_a_network_the_service_is_not_ready(client: CheckedClient) -> None:
    assert client.ask("/health/ready")["ready"] is True
    answer = create_app(config(), Nothing()).test_client().get("/health/ready")
    assert (answer.status_code, (answer.json or {})["type"]) == (503, "/problems/network-unavailable")


def test_an_unknown_fault_says_and_logs_nothing_of_the_question(
    territory: Territory, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def on(self, *_: Any) -> Any:
            raise RuntimeError("fault at 47.7512,-3.3591")

    client = app_of(replace(territory, days=Broken())).test_client()
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/api/v6/plan?fromPlace=47.7512,-3.3591&toPlace=t_C")
    assert (answer.status_code, (answer.json or {})["type"]) == (500, "/problems/internal-error")
    assert caplog.records[-1].__dict__["fault"] == "RuntimeError"
    assert "47.7512" not in caplog.text + answer.text
