"""A problem is told in one language: that of Accept-Language; in English, title and all, where it has no text."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import date
from string import Formatter

import pytest
from pydantic_core._pydantic_core import list_all_errors

from api.config import parse_config
from api.parse.value_faults import RequestFault
from api.problems import PROBLEMS, kind_of
from api.web.errors import BodyFault, InvalidBody, NotMadeYet
from api.web.refusals import RefusalTexts, ToldRefusal, refusal, refusal_texts
from api.web.refusals import told as in_words
from api.web.sentences import sentences
from gtfs.errors import FeedFault, RejectedFeed, UnreadableFeed
from gtfs.notice import Report
from mobility import errors
from mobility.carpool.booking import BookingStatus
from mobility.carpool.offer import OfferStatus
from mobility.errors import ConfigFault, FolderFault, InvalidQuery, NotFound, WrongState
from mobility.feeds.outcome import HeldBack, LoadFindings, NotAnswered
from mobility.feeds.service_days import Shortage, Shortfall
from mobility.operators.jobs import JobState
from mobility.value_faults import CodedFault, ValueFault
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
    (
        "/api/v6/map/trips?min=47.9,-3.6&max=47.6,-3.2&zoom=15&startTime=2026-06-03T06:00:00Z&endTime=2026-06-04T06:00:01Z",
        "Demande incorrecte",
        "endTime : est plus de 24 heures après startTime",
    ),
    (
        "/api/v6/plan?fromPlace=t_A&toPlace=t_C&fareRider=t_nobody",
        "Demande incorrecte",
        "fareRider : n’est pas une catégorie de voyageurs des jeux de données",
    ),
    (
        "/api/v6/plan?fromPlace=t_A&toPlace=t_C&fareMedium=t_shell",
        "Demande incorrecte",
        "fareMedium : n’est pas un support de ticket des jeux de données",
    ),
]
IN_ENGLISH = [
    "no such stop",
    "toPlace: is required",
    "passengers: is at most 50",
    "transferTimeFactor: lies between 1 and 100",
    "endTime: is more than 24 hours after startTime",
    "fareRider: is no rider category of the feeds",
    "fareMedium: is no fare medium of the feeds",
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


def test_who_asks_in_breton_reads_breton_title_and_all(client: CheckedClient) -> None:
    known = client.get("/api/v6/plan?fromPlace=t_A", headers={"Accept-Language": "br"}).json
    assert (known["detail"], known["title"]) == (
        "toPlace : ret eo",
        sentences("br")["problem"]["invalid-query"],
    )
    rare = client.get("/api/v6/plan?fromPlace=t_A&toPlace=t_C&via=t_B", headers={"Accept-Language": "br"}).json
    assert rare["detail"] == "via : ar beajoù a dremen dre ul lec’h n’int ket jedet c’hoazh"
    assert rare["title"] == known["title"]


TODAY = date(2026, 6, 3)
SHORTFALL = Shortfall("bus", Shortage.ENDED, "a" * 64, TODAY, "b" * 64, TODAY, TODAY)
REPORT = Report("bus", "a" * 64, TODAY, (), {}, frozenset())
ONE_OF_EACH: tuple[Exception, ...] = (
    InvalidQuery("n", RequestFault.TOO_LARGE, most=500),
    errors.SkippedHour("time", "2026-03-29T03:30:00+02:00"),
    InvalidBody([BodyFault.of("fromPlace", RequestFault.MISSING)]),
    NotFound("stop", "stopId"),
    errors.NetworkUnavailable(),
    errors.NotSignedIn(),
    errors.TokenNeeded(),
    errors.LinkNotValid(15),
    errors.AccountIncomplete(["alias", "adult"]),
    errors.PriceTooHigh(222),
    errors.TooMany(7),
    errors.NotAllowed("editor"),
    errors.MailUnavailable("the config has no section [mail]"),
    NotMadeYet(5),
    WrongState("offer", OfferStatus.WITHDRAWN),
    errors.OfferFull(),
    errors.OfferPaused(),
    errors.AlreadyAsked("b"),
    errors.InTwoCars(TODAY),
    UnreadableFeed(FeedFault.TOO_MANY_ROWS, file="trips.txt", line=7, count=5),
    RejectedFeed(REPORT),
    NotAnswered(("a to b",)),
    HeldBack(LoadFindings(shortfalls=(SHORTFALL,))),
    errors.NothingBefore(),
    errors.NothingAfter(),
    errors.LoadTooLarge("memory", "8192 MiB"),
    errors.LoadCancelled(),
    errors.FolderUnavailable("No space left on device", FolderFault.DISK_FULL),
    errors.StorageUnavailable(),
    errors.InvalidConfig("map.tiles", "does not exist"),
)


def told(error: Exception, language: str, fields: Mapping[str, object] | None = None) -> ToldRefusal:
    return refusal(error, kind_of(error).name, fields or {}, language)


def test_here_is_one_of_each_error_that_a_problem_is_made_of() -> None:
    assert [type(one) for one in ONE_OF_EACH] == list(PROBLEMS)


@pytest.mark.parametrize("error", ONE_OF_EACH, ids=[type(one).__name__ for one in ONE_OF_EACH])
@pytest.mark.parametrize("language", ["fr", "br", "fr-x-falc", "en"])
def test_every_error_is_told_in_the_language_of_who_asks(error: Exception, language: str) -> None:
    found = told(error, language)
    assert found.language == language
    assert (found.detail == str(error)) is (language == "en")
    assert "{" not in found.detail


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (WrongState("offer", "withdrawn"), "cette offre : retirée"),
        (errors.TooMany(7), "trop de demandes ; redemandez dans 7 s"),
        (errors.LoadTooLarge("disk", "8192 MiB"), "le chargement demande plus de place sur le disque qu’il ne peut"),
        (HeldBack(LoadFindings(shortfalls=(SHORTFALL,))), "bus : est déjà terminé"),
        (UnreadableFeed(FeedFault.TOO_MANY_ROWS, file="trips.txt", line=7, count=5), "trips.txt:7 : Plus de 5 lignes"),
        (NotFound("file", "name", ("a.pb", "b.pb")), "fichier introuvable ; connus : a.pb, b.pb"),
        (
            errors.InvalidConfig("aliases.csv", "7: name is empty", ConfigFault.BAD_ROW, line=7),
            "aliases.csv : La ligne 7 ne convient pas",
        ),
        (errors.SkippedHour("time", "2026-03-29T03:30:00+02:00"), "time : cette heure n’existe pas à cette date"),
    ],
)
def test_what_stands_in_an_error_stands_in_its_text(error: Exception, detail: str) -> None:
    assert told(error, "fr").detail.replace("\u202f", " ").startswith(detail)


def test_the_reason_of_a_folder_or_file_is_told_as_the_detail_is() -> None:
    full = errors.FolderUnavailable("No space left on device", FolderFault.DISK_FULL)
    found = told(full, "fr", {"code": full.code, "reason": full.reason})
    assert found.fields == {"code": "disk_full", "reason": "Le disque est plein"}
    assert "Le disque est plein" in found.detail


@pytest.mark.parametrize(
    ("text", "key", "code"),
    [
        ("[servre]", "servre", ConfigFault.KEY_UNKNOWN),
        ("[territory]\nname = 5", "territory.name", ConfigFault.KEY_WRONG),
        ("[[feeds]]", "territory", ConfigFault.KEY_MISSING),
        ("[", "config.toml", ConfigFault.BAD_FILE),
    ],
)
def test_why_a_config_is_refused_has_a_code(text: str, key: str, code: ConfigFault) -> None:
    with pytest.raises(errors.InvalidConfig) as raised:
        parse_config(text, ROOT)
    assert (raised.value.key, raised.value.code) == (key, code)


def test_what_has_no_text_is_told_in_english_whatever_is_asked() -> None:
    assert told(NotFound("unicorn", "id"), "fr") == ToldRefusal("en", "no such unicorn", {})


def test_a_gap_that_nothing_fills_is_seen_and_not_told_in_english() -> None:
    misspelt = RefusalTexts("fr", {"reasons": {"too_large": "vaut au plus {mots}"}})
    with pytest.raises(KeyError, match="mots"):
        in_words(InvalidQuery("n", RequestFault.TOO_LARGE, most=500), misspelt, "invalid-query")


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def section(language: str, name: str) -> Mapping[str, str]:
    texts = refusal_texts(language)
    assert texts is not None
    return texts.sections[name]


EVERY: tuple[CodedFault, ...] = (*ValueFault, *RequestFault)
OF_MODELS = {one["type"]: set(one.get("example_context") or ()) for one in list_all_errors()}
"""Codes of pydantic, with the names of the values that they have."""


def test_no_code_is_of_two_reasons() -> None:
    assert len({one.code for one in EVERY}) == len(EVERY)


@pytest.mark.parametrize("language", ["fr", "br"])
def test_every_reason_has_its_sentence(language: str) -> None:
    assert {one.code for one in EVERY} - section(language, "reasons").keys() == set()


def test_what_one_language_can_say_the_other_can_of_the_same_values() -> None:
    said = [refusal_texts(language) for language in ("fr", "br")]
    one, other = (
        {(name, code): gaps(text) for name, part in of.sections.items() for code, text in part.items()}
        for of in said
        if of
    )
    assert one == other


@pytest.mark.parametrize("language", ["fr", "br"])
def test_every_text_is_of_a_reason_and_tells_no_more_than_it_knows(language: str) -> None:
    known = OF_MODELS | {one.code: gaps(one.value) for one in EVERY}
    texts = section(language, "reasons")
    assert {code for code in texts if code not in known} == set()
    assert {code for code, text in texts.items() if gaps(text) - known[code]} == set()
    assert {one.code for one in EVERY if one.code in texts and gaps(texts[one.code]) != gaps(one.value)} == set()


def calls(of: str) -> Iterator[ast.Call]:
    """All that the service makes of a class, or by a method of it; commands tell who typed them in English."""
    for file in (path for top in ("api", "mobility") for path in (ROOT / top).rglob("*.py")):
        if "commands" not in file.parts and file.name != "named_feed.py":
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == of:
                    yield node


def test_a_reason_is_given_the_values_that_stand_in_its_sentence() -> None:
    given = [
        (one.args[1], {each.arg for each in one.keywords})
        for of in ("InvalidQuery", "BodyFault.of")
        for one in calls(of)
    ]
    named = [(reason.attr, values) for reason, values in given if isinstance(reason, ast.Attribute)]
    wanted = {one.name: gaps(one.value) for one in EVERY}
    assert [(name, values) for name, values in named if values != wanted[name]] == []
    assert len(named) > 60


@pytest.mark.parametrize("language", ["fr", "br"])
@pytest.mark.parametrize("of", ["NotFound", "WrongState"])
def test_every_thing_that_is_missing_or_in_a_state_has_its_word(of: str, language: str) -> None:
    things = {one.args[0].value for one in calls(of) if isinstance(one.args[0], ast.Constant)}
    assert things - section(language, {"NotFound": "no_such", "WrongState": "things"}[of]).keys() == set()
    assert len(things) > 5


@pytest.mark.parametrize("language", ["fr", "br"])
def test_every_state_and_shortage_has_its_word(language: str) -> None:
    said = {one.args[1].value for one in calls("WrongState") if isinstance(one.args[1], ast.Constant)}
    assert {*BookingStatus, *OfferStatus, *JobState, *said} - section(language, "states").keys() == set()
    assert section(language, "shortages").keys() == {*Shortage}


@pytest.mark.parametrize("method", ["delete", "put"])
def test_of_what_http_itself_refuses_no_word_is_english_either(client: CheckedClient, method: str) -> None:
    problem = getattr(client, method)("/api/v6/plan", headers={"Accept-Language": "fr"}).json
    assert problem["title"] == problem["detail"] == sentences("fr")["problem"]["method-not-allowed"]
