"""The page works without JavaScript, and no place stands in an address."""

import re
from typing import Any

import pytest

from api.pages.form_ends import FormEnd
from api.pages.form_faults import fault_of
from api.web.sentences import sentences
from api.web.spaces import spaced
from mobility.geo import Point
from mobility.places.match import Match
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.town import at

FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}


def test_the_page_is_french_and_says_what_becomes_of_the_data_before_the_button(client: CheckedClient) -> None:
    page = client.get("/").text
    assert '<html lang="fr">' in page
    assert '<form method="post" action="/"' in page
    assert page.index("servent à calculer cette réponse") < page.rindex("Trouver mon chemin</button>")


def test_the_form_answers_with_itineraries_in_words(client: CheckedClient) -> None:
    page = client.post("/", data=FORM).text
    assert "8:00 → 8:50" in page
    assert 'aria-label="Bus1"' in page
    assert "bateau" in page
    assert "Une façon d’y aller" in page


def test_each_option_says_why_it_is_there(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"profile": "reduced_mobility"}).text
    assert 'value="reduced_mobility" checked' in page
    assert "Le meilleur choix : 50 min, 1 changement." in page
    entry, _, opened = page[page.index('<li class="card option') :].partition("</summary>")
    assert not {"Prix", "CO₂"} & set(re.findall(r"\w+", entry)), "what is not known stands in the details"
    assert "Prix inconnu." in opened
    assert "CO₂ : aucune valeur publiée pour un véhicule de ce trajet" in opened
    assert "Nous ne savons pas si l’on monte de plain-pied dans ce véhicule : bus Bus1." in page


def test_a_name_is_understood_on_the_page(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"from": "A", "to": "E"})
    assert page.status_code == 200
    assert "8:00 → 8:50" in page.text


def test_an_unknown_name_is_told_kindly(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"from": "Xyzzy"})
    assert page.status_code == 400
    assert "Nous ne connaissons pas « Xyzzy »." in page.text


SUGGESTED = {
    "fr": ("Nous ne connaissons pas « Brest ».", "Dans « Brest Vannes », nous ne connaissons pas « Brest »."),
    "br": ("N’anavezomp ket « Brest ».", "E « Brest Vannes » n’anavezomp ket « Brest »."),
    "en": ("We do not know “Brest”.", "In “Brest Vannes” we do not know “Brest”."),
    "fr-x-falc": ("Nous ne connaissons pas « Brest ».", "Nous ne connaissons pas « Brest »."),
}


@pytest.mark.parametrize("language", SUGGESTED)
def test_only_where_a_word_is_known_the_others_are_told_apart(language: str) -> None:
    said = sentences(language)["form"]
    near = Match("stop", "t_V", "Vannes", Point(0, 0), 0, "", 0, 0.0, 0.0)
    ends = (FormEnd(text, "", (near,), ("Brest",)) for text in ("Brest", "Brest Vannes"))
    for end, sentence in zip(ends, SUGGESTED[language], strict=True):
        assert fault_of("from", end, said).startswith(spaced(sentence, language))


@pytest.mark.parametrize(("typed", "word"), [("rue de Vannes", "rue"), ("Allée de Vannes", "Allée")])
def test_where_all_that_is_unknown_is_that_it_is_a_street_the_street_is_named(typed: str, word: str) -> None:
    near = Match("stop", "t_V", "Vannes", Point(0, 0), 0, "", 0, 0.0, 0.0)
    told = fault_of("from", FormEnd(typed, "", (near,), (word,)), sentences("fr")["form"])
    assert told.startswith(spaced(f"Nous ne connaissons pas « {typed} ».", "fr"))


def test_cycled_metres_are_not_told_as_walked(ask_town: Any) -> None:
    """1.5 km to the first stop, 1950 m with what a way is longer than a straight line."""
    client = ask_town("A 0 0, B 30 0", "Bus1\nA B\n8:30 9:00")
    start = at("-1.5 0")
    where = f"{start.lat},{start.lon}"
    form = {"from": where, "fromId": where, "to": "t_B", "when": "leave", "moment": "2026-06-03T08:00"}
    page = client.post("/?lang=fr", data=form | {"profile": "cyclist"}).text
    facts = re.findall(r'<ul class="facts">(.*?)</ul>', page, re.DOTALL)
    assert re.search(r"\d+ min à vélo \(2 km\)", facts[0])
    assert "à pied" not in facts[0]
    query = {"fromPlace": where, "toPlace": "t_B", "time": "2026-06-03T06:00:00Z", "profile": "cyclist"}
    assert client.get("/api/v5/plan", query_string=query).json["itineraries"][0]["hent"]["walk"] == 0


@pytest.mark.parametrize(
    ("spoken", "offered"),
    [(("fr", "en"), ["fr", "en", "fr-x-falc"]), (("en", "de"), ["en"]), (("de",), ["fr", "fr-x-falc"])],
)
def test_the_languages_of_the_territory_are_offered(
    territory: Territory, spoken: tuple[str, ...], offered: list[str]
) -> None:
    usual = config()
    section = usual.territory.model_copy(update={"languages": spoken})
    page = app_of(territory, settings=usual.model_copy(update={"territory": section})).test_client().get("/stops").text
    tongues = page[page.index('<div class="tongues"') : page.index("</header>")]
    assert re.findall(r'hreflang="([\w-]+)"', tongues) == offered


@pytest.mark.parametrize(
    ("asked", "told"), [("br", "fr"), ("br-FR, en;q=0.8", "en"), ("de, fr-x-falc;q=0.5", "fr-x-falc"), ("en", "en")]
)
def test_nobody_gets_a_language_that_the_territory_does_not_offer(territory: Territory, asked: str, told: str) -> None:
    usual = config()
    section = usual.territory.model_copy(update={"languages": ("fr", "en")})
    client = app_of(territory, settings=usual.model_copy(update={"territory": section})).test_client()
    page = client.get("/stops", headers={"Accept-Language": asked})
    assert (f'<html lang="{told}"' in page.text, page.headers["Content-Language"]) == (True, told)
    query = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T06:00:00Z", "language": asked.partition(",")[0]}
    answer = client.get("/api/v5/plan", query_string=query, headers={"Accept-Language": asked})
    assert answer.json["hent"]["language"] == told


def test_an_address_is_asked_about_in_each_language(client: CheckedClient) -> None:
    said = {
        "fr": "Nous ne connaissons pas les rues",
        "br": "N’anavezomp ket ar straedoù",
        "en": "We do not know streets",
    }
    for language, sentence in said.items():
        page = client.post(f"/?lang={language}", data=FORM | {"from": "12 rue A"})
        assert (page.status_code, sentence in page.text) == (400, True)
        assert 'value="12 rue A"' in page.text


def test_an_empty_form_asks_for_both_ends_at_their_fields(client: CheckedClient) -> None:
    page = client.post("/", data={})
    assert page.status_code == 400
    assert 'id="from-fault">Indiquez d’où vous partez.</p>' in page.text
    assert 'id="to-fault">Indiquez où vous allez.</p>' in page.text


@pytest.mark.parametrize("field", ["from", "fromPick"])
@pytest.mark.parametrize("place", ["nan,nan", "91,0"])
def test_a_place_outside_the_world_is_told_beside_the_form(client: CheckedClient, field: str, place: str) -> None:
    page = client.post("/?lang=fr", data=FORM | {field: place})
    assert page.status_code == 400
    assert 'aria-describedby="from-fault' in page.text
    assert '<form method="post" action="/' in page.text


def test_a_link_from_a_place_outside_the_world_leads_to_an_empty_form(client: CheckedClient) -> None:
    page = client.get("/?from=nan,nan")
    assert page.status_code == 200
    assert 'name="from" value=""' in page.text


@pytest.mark.parametrize("stale", ["gone_stop", "nan,nan"])
def test_where_an_id_is_known_no_more_the_name_counts(client: CheckedClient, stale: str) -> None:
    page = client.post("/", data=FORM | {"from": "A", "fromId": stale})
    assert page.status_code == 200
    assert "8:00 → 8:50" in page.text


def test_what_was_typed_is_text_and_nothing_else(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"from": "<script>alert(1)</script>"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_empty_answer_says_why_and_what_to_do(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"moment": "2031-06-03T07:55"}).text
    assert "Les horaires publiés ne couvrent pas cette date." in page
    assert "Que faire ?" in page


def test_where_no_day_helps_no_other_day_is_offered(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"from": "48.9,2.3"}).text
    assert "Le départ est hors du territoire desservi" in page
    assert "L’arrêt le plus proche du départ est" not in page
    assert 'name="nextDay"' not in page
    assert 'name="nextDay"' not in client.post("/", data=FORM | {"moment": "2031-06-03T07:55"}).text
    assert 'name="nextDay"' in client.post("/", data=FORM | {"from": "t_E", "to": "t_A"}).text


def test_where_no_stop_is_near_one_is_told_how_to_get_to_it_and_not_to_try_another_day(ask_town: Any) -> None:
    """From a door 9 km off the line: no hour brings a stop nearer."""
    client = ask_town("A 0 0, B 10 0, C 0 18, D 10 18", "Bus1\nA B\n8:00 8:20\n\nBus2\nC D\n8:00 8:20")
    door = at("5 9")
    where = f"{door.lat},{door.lon}"
    page = client.post("/", data=FORM | {"from": where, "to": "t_B"}).text
    assert "Aucun arrêt n’est assez près du départ pour y aller à pied" in page
    assert "à vélo, en voiture ou en covoiturage" in page
    assert 'name="nextDay"' not in page


def test_an_arrival_may_be_asked_for(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"to": "t_C", "moment": "2026-06-03T09:00", "when": "arrive"}).text
    assert "8:30 → 8:50" in page


def test_both_ends_are_swapped_on_request(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"swap": "1"}).text
    assert page.index('name="from" value="E"') < page.index('name="to" value="A"')


def test_the_traveller_sorts_by_any_label(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"sort": "least_walking"}).text
    assert 'value="least_walking" aria-pressed="true"' in page


def test_the_language_is_chosen_by_hand_or_by_the_browser(client: CheckedClient) -> None:
    assert "Kavout ma hent" in client.get("/?lang=br").text
    assert "Find my way" in client.get("/", headers={"Accept-Language": "en-GB"}).text
    assert "Trouver mon chemin" in client.get("/", headers={"Accept-Language": "de"}).text


def test_a_stop_page_leads_to_a_form_that_is_begun(client: CheckedClient) -> None:
    assert 'name="from" value="A"' in client.get("/?from=t_A").text


def test_an_answer_is_kept_by_the_browser_that_asked_and_nobody_else(client: CheckedClient) -> None:
    assert client.post("/", data=FORM).headers["Cache-Control"] == "private, no-cache"
    assert client.post("/api/trips", json={"fromPlace": "t_A", "toPlace": "t_C"}).headers["Cache-Control"] == "no-store"


def test_each_departure_says_when_it_leaves_and_arrives_for_programs(client: CheckedClient) -> None:
    page = client.post("/", data=FORM).text
    assert 'data-start="2026-06-03T08:00:00+02:00" data-end="2026-06-03T08:50:00+02:00"' in page


def test_the_first_of_a_month_is_written_as_people_write_it(client: CheckedClient) -> None:
    said = {
        language: client.post(f"/?lang={language}", data=FORM | {"moment": "2026-07-01T07:55"}).text
        for language in ("fr", "br", "en", "fr-x-falc")
    }
    assert "mercredi 1er juillet" in said["fr"]
    assert "mercredi 1er juillet" in said["fr-x-falc"]
    assert "her 1añ Gouere" in said["br"]
    assert "Wednesday 1 July" in said["en"]


def test_suggestions_are_posted(client: CheckedClient) -> None:
    found = client.post("/suggest", data={"text": "A"}).get_json()["places"]
    told = {"name": "A", "label": "A", "detail": "arrêt", "area": "", "kind": "stop", "icon": "bus", "id": "t_A"}
    assert told in found
    assert client.get("/suggest").status_code == 405


@pytest.mark.parametrize(("typed", "town"), [("Paris", "Paris"), ("gare de quimper", "quimper"), ("A", ""), ("", "")])
def test_while_a_town_elsewhere_is_typed_it_is_said_to_lie_there(client: CheckedClient, typed: str, town: str) -> None:
    told = client.post("/suggest?lang=fr", data={"text": typed}).get_json()["outside"]
    assert told.startswith(f"« {town} » est hors de notre territoire (") if town else told == ""


def test_a_browser_is_told_a_fault_as_a_page_and_a_program_as_a_problem(client: CheckedClient) -> None:
    page = client.get("/stops/t_nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Retour à la recherche" in page.text
    assert client.get("/stops/t_nowhere").mimetype == "application/problem+json"


def test_where_walking_is_the_best_choice_it_stands_before_the_buses(ask_town: Any) -> None:
    """350 m: there at 8:04, and the bus of one minute leaves at 8:11."""
    client = ask_town("A 0 0, C 0.35 0", "Bus1\nA C\n8:11 8:12")
    form = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T08:00"}
    times = re.findall(r'<span class="times">([^<]+)</span>', client.post("/?lang=fr", data=form).text)
    assert [one[:4].strip() for one in times] == ["8:00", "8:11"]


def test_a_day_of_another_year_is_told_with_its_year(client: CheckedClient) -> None:
    assert "2 janvier 2090" in client.post("/", data=FORM | {"moment": "2090-01-02T07:55"}).text
    assert "2 janvier 2090" in client.get("/stops/t_A?at=2090-01-02T07:55").text


def test_a_card_offers_to_print_once(client: CheckedClient) -> None:
    page = client.post("/", data=FORM).text
    assert page.count("Imprimer") == page.count("data-print-card") == 1
