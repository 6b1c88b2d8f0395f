"""A problem is told in one language: that of Accept-Language; in English, title and all, where it has no text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from api.web.refusals import refusal, refusal_texts
from api.web.sentences import sentences
from gtfs.errors import FeedFault, UnreadableFeed
from mobility import errors
from mobility.errors import InvalidQuery, NotFound
from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient

CASES = [
    ("/api/v6/plan?fromPlace=t_A&toPlace=t_Z", "Introuvable", "arrêt introuvable"),
    ("/api/v6/plan?fromPlace=t_A", "Demande incorrecte", "toPlace : est obligatoire"),
    (
        "/api/v6/plan?fromPlace=t_A&toPlace=t_C&passengers=400",
        "Demande incorrecte",
        "passengers : vaut au plus 50",
    ),
    (
        "/api/v6/plan?fromPlace=t_A&toPlace=t_C&transferTimeFactor=0.5",
        "Demande incorrecte",
        "transferTimeFactor : est entre 1 et 100",
    ),
]
IN_ENGLISH = [
    "no such stop",
    "toPlace: is required",
    "passengers: is at most 50",
    "transferTimeFactor: lies between 1 and 100",
]


@pytest.mark.parametrize(("path", "title", "detail"), CASES)
def test_who_asks_in_french_reads_french_alone(client: CheckedClient, path: str, title: str, detail: str) -> None:
    problem = client.get(path, headers={"Accept-Language": "fr-FR,fr;q=0.9"}).json
    assert (problem["title"], problem["detail"], problem["error"]) == (title, detail, detail)
    assert problem.get("reason", detail) in detail


@pytest.mark.parametrize(("path", "detail"), [(case[0], text) for case, text in zip(CASES, IN_ENGLISH, strict=True)])
def test_who_asks_in_english_reads_english_alone(client: CheckedClient, path: str, detail: str) -> None:
    problem = client.get(path, headers={"Accept-Language": "en"}).json
    assert problem["detail"] == detail
    assert problem["title"] in sentences("en")["problem"].values()


def test_each_fault_of_a_body_is_told_in_the_language_of_who_asks(client: CheckedClient) -> None:
    body = {"fromPlace": 5, "passengers": 400, "fromPlaze": "x"}
    problem = client.post("/api/trips", json=body, headers={"Accept-Language": "fr"}).json
    assert {one["member"]: one["reason"] for one in problem["errors"]} == {
        "fromPlace": "est un texte",
        "toPlace": "est obligatoire",
        "passengers": "vaut au plus 50",
        "fromPlaze": "n’est pas un membre de ce corps",
    }
    assert problem["title"] in sentences("fr")["problem"].values()
    told = client.post("/api/trips", json=body, headers={"Accept-Language": "en"}).json["errors"]
    assert {one["member"]: one["reason"] for one in told}["toPlace"] == "is required"


def test_breton_is_told_where_there_are_words_and_else_english_with_its_title(client: CheckedClient) -> None:
    known = client.get("/api/v6/plan?fromPlace=t_A", headers={"Accept-Language": "br"}).json
    assert (known["detail"], known["title"]) == (
        "toPlace : ret eo",
        sentences("br")["problem"]["invalid-query"],
    )
    unknown = client.get("/api/v6/plan?fromPlace=t_A&toPlace=t_C&via=t_B", headers={"Accept-Language": "br"}).json
    assert unknown["detail"] == "via: trips by way of a place are not planned yet"
    assert unknown["title"] == sentences("en")["problem"]["invalid-query"]


def test_what_has_no_text_is_told_in_english_whatever_is_asked() -> None:
    unreadable = UnreadableFeed(FeedFault.UTF_16, file="stops.txt")
    assert refusal(unreadable, {}, "fr").language == "en"
    assert refusal(NotFound("unicorn", "id"), {}, "fr").detail == "no such unicorn"


def test_what_there_is_instead_is_told_too() -> None:
    assert refusal(NotFound("file", "name", ("a.pb", "b.pb")), {}, "fr").detail == (
        "fichier introuvable\u202f; connus\u202f: a.pb, b.pb"
    )


@pytest.mark.parametrize("method", ["delete", "put"])
def test_of_what_http_itself_refuses_no_word_is_english_either(client: CheckedClient, method: str) -> None:
    problem = getattr(client, method)("/api/v6/plan", headers={"Accept-Language": "fr"}).json
    assert problem["title"] == problem["detail"] == sentences("fr")["problem"]["method-not-allowed"]


def reasons() -> Iterator[str]:
    """Of every InvalidQuery that the service may answer, with a number for each value."""
    for file in (path for top in ("api", "mobility") for path in (ROOT / top).rglob("*.py")):
        if "commands" not in file.parts:
            yield from reasons_in(file)


def reasons_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "InvalidQuery":
            text = written(node.args[1])
            if text:
                yield text


def written(node: ast.expr) -> str:
    values = count(7)
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(one.value) if isinstance(one, ast.Constant) else str(next(values)) for one in parts)


def test_every_reason_that_the_service_gives_has_its_french() -> None:
    french = refusal_texts("fr")
    assert french is not None
    found = {one: refusal(InvalidQuery("x", one), {}, "fr").language for one in reasons()}
    assert [one for one, language in found.items() if language != "fr"] == []
    assert len(found) > 50


def test_every_text_is_that_of_a_sentence_in_the_code() -> None:
    """A text of which the English was changed would never be found again. What pydantic says is its own."""
    french = refusal_texts("fr")
    assert french is not None
    code = " ".join(path.read_text("utf-8") for top in ("api", "mobility") for path in (ROOT / top).rglob("*.py"))
    theirs = ("input should", "string should", "list should", "value error", "field required")
    read = [pattern.pattern for pattern, _ in french.parted]
    for english in (one for one in french.whole if "{}" not in one and not one.startswith(theirs)):
        assert english in code.replace('"\n            "', ""), english
    assert len(read) > 20


def test_a_skipped_hour_and_a_limit_have_their_french_values() -> None:
    skipped = errors.SkippedHour("time", "2026-03-29T03:30:00+02:00")
    assert refusal(skipped, {}, "fr").detail.endswith("2026-03-29T03:30:00+02:00")
    assert refusal(errors.TooMany(7), {}, "fr").detail == "trop de demandes\u202f; redemandez dans 7 s"
