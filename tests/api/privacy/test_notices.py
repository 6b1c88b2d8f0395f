"""Every route says what it does with personal data, every answer repeats it, in the language of who asks."""

from __future__ import annotations

import csv
import re
import tomllib
from io import StringIO
from string import Formatter
from typing import Any

import pytest
from flask import Flask

from api.privacy.uses import UndeclaredUse, declared, install_declarations, uses
from api.privacy.words import wording
from api.retention import STORED
from api.web.chores import Chore
from api.web.sentences import EASY, FOLDER, LANGUAGES
from mobility.privacy.notice import LONGEST_SENTENCE, Responsible, notice
from mobility.privacy.periods import SPOKEN
from mobility.privacy.register import (
    NOTHING,
    REGISTER,
    STATISTICS,
    TRIP,
    Basis,
    DataSource,
    Processing,
    Recipient,
    Right,
)
from mobility.storage.metadata import METADATA
from tests.api.motis import CheckedClient

TRIP_QUERY = "/api/v6/plan?fromPlace=t_A&toPlace=t_C"
TOLD = {"name", "purpose", "summary", "sentence", "stored", "until", "without"}


def catalogue(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "data_use" / f"{language}.toml").read_text("utf-8"))


def test_a_route_that_declares_nothing_does_not_start() -> None:
    app = Flask(__name__)

    @app.get("/new")
    def new() -> str:
        return ""

    with pytest.raises(UndeclaredUse, match=r"/new \(new\) does not say .* write @uses\(\.\.\.\)"):
        install_declarations(app)
    uses(NOTHING)(new)
    install_declarations(app)


def test_a_job_that_declares_nothing_does_not_start() -> None:
    with pytest.raises(AssertionError, match="copy does not say"):
        Chore("copy", 60, lambda _: None, ())


def test_every_route_of_the_service_declares_values_of_the_register(app: Flask) -> None:
    found = {one for rule in app.url_map.iter_rules() for one in declared(app, rule.endpoint)}
    assert all(declared(app, rule.endpoint) for rule in app.url_map.iter_rules())
    assert found <= set(REGISTER)
    assert TRIP in found


def test_the_answer_to_a_trip_query_says_what_became_of_it(client: CheckedClient) -> None:
    answer = client.get(TRIP_QUERY, headers={"Accept-Language": "en"})
    told = answer.json["hent"]["dataUse"]
    assert told["summary"].startswith("Your start, your destination, the time and your needs")
    assert told["stored"].startswith(
        "This service keeps neither the request, nor the answer, nor your device’s address. In memory"
    )
    assert (told["processings"][0], told["recipients"], told["more"]) == ("trip", [], "/data-use")
    assert '</data-use#trip>; rel="privacy-policy"' in answer.headers.getlist("Link")


def test_refusals_say_it_too(client: CheckedClient) -> None:
    _, problem = client.refused("/api/v6/plan", fromPlace="t_A", toPlace="t_Z")
    assert problem["hent"]["dataUse"]["processings"][0] == "trip"


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("fr-FR,en", "Votre départ"),
        ("br", "Al lec’h loc’hañ"),
        ("fr-x-falc,fr;q=0.9", "Nous regardons où vous êtes"),
        ("en,fr-x-falc;q=0.5", "Your start"),
        ("de", "Votre départ"),
    ],
)
def test_the_notice_is_in_the_language_of_who_asks(client: CheckedClient, asked: str, begins: str) -> None:
    told = client.get(TRIP_QUERY, headers={"Accept-Language": asked}).json["hent"]["dataUse"]
    assert told["summary"].startswith(begins)


def test_the_notice_stands_beside_the_form_before_anything_is_sent(client: CheckedClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en"}).text
    form = page[page.index("<form") : page.index("</form>")]
    assert "Your start, your destination, the time and your needs" in form


def test_the_page_says_in_one_sentence_what_is_kept_with_the_details_behind(client: CheckedClient) -> None:
    page = client.get("/", headers={"Accept-Language": "fr"}).text
    assert page.count("data-notice") == 1
    begin = page.index("<p data-notice>") + len("<p data-notice>")
    assert page[begin : page.index("</p>", begin)] == (
        "Nous ne gardons ni vos lieux ni l’adresse de votre appareil ; "
        "seul ce navigateur garde la demande et la réponse."
    )
    assert "Ce service ne garde ni la demande" in page[begin : page.index("</details>", begin)]


def test_where_communes_are_counted_the_sentence_says_so() -> None:
    told = notice((TRIP, STATISTICS), wording("fr"), Responsible("", ""))
    assert told.sentence.startswith("Nous comptons les communes sans savoir qui voyage, et ne gardons ni vos lieux")
    assert "et à rien d’autre" not in told.summary
    uncounted = Responsible("", "", off=frozenset({STATISTICS.id}))
    assert "communes" not in notice((TRIP, STATISTICS), wording("fr"), uncounted).sentence


def test_the_register_is_there_for_programs_people_and_controllers(client: CheckedClient) -> None:
    told = client.ask("/api/data-use", language="fr")
    done = [one.id for one in REGISTER if one is not STATISTICS]  # there is no database here to keep any
    assert [one["id"] for one in told["processings"]] == done
    page = client.get("/data-use").text
    rows = list(csv.reader(StringIO(client.get("/data-use/record.csv").text)))
    assert len(rows) == len(done) + 1
    for one in told["processings"]:
        assert f'id="{one["id"]}"' in page
        assert any(one["name"] in row and one["purpose"] in row for row in rows)
    assert "facile à lire" in page.lower()
    assert "Nous regardons où vous êtes" in client.get("/data-use?lang=fr-x-falc").text


def test_nothing_is_stored_in_a_table_that_the_register_does_not_name() -> None:
    impersonal = {"timers", "revisions"}
    named = {table for one in REGISTER for table in one.tables}
    assert set(METADATA.tables) == named | impersonal
    assert named == {table for one in STORED for table in one.tables}


@pytest.mark.parametrize("language", (*LANGUAGES, EASY))
def test_everything_in_the_register_has_words_in_every_language(language: str) -> None:
    found, french = catalogue(language), catalogue("fr")
    assert {section: set(found[section]) for section in found} == {section: set(french[section]) for section in french}
    assert set(found["processings"]) == {one.id for one in REGISTER}
    for words in found["processings"].values():
        assert set(words) == TOLD
        for text in words.values():
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= set(SPOKEN)
    assert set(found["together"]) == {f"{TRIP.id}_{STATISTICS.id}"}
    sentences = [*(words["sentence"] for words in found["processings"].values()), *found["together"].values()]
    for sentence in (text.format(**SPOKEN) for text in sentences):
        assert len(sentence) <= LONGEST_SENTENCE, sentence
        assert re.fullmatch(r"[^.!?]+\.", sentence), sentence
    assert set(found["data"]) == {datum.id for one in REGISTER for datum in one.data}
    for section, kinds in (("recipient", Recipient), ("source", DataSource), ("right", Right)):
        assert set(found[section]) == {kind.value for kind in kinds}
    assert set(found["basis"]) == {kind.value for kind in Basis} - {Basis.MISSION}


@pytest.mark.parametrize("one", REGISTER, ids=lambda one: one.id)
def test_what_is_kept_can_be_seen_or_refused(one: Processing) -> None:
    assert bool(one.rights) == (one.is_stored and bool(one.data)), "of who is in it"
