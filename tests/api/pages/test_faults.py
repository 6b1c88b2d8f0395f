"""What is wrong stands at its field, what was typed stays, and the first field at fault has the focus."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.api.conftest import app_of, with_places
from tests.api.motis import CheckedClient
from tests.api.pages.test_public_words import FORM
from tests.town import town

TAG = re.compile(r"<(?:input|textarea|select)\b[^>]*>")


def fields_at_fault(page: str) -> Iterator[tuple[str, str]]:
    """Name of each field marked as invalid, and the words that describe it."""
    for tag in TAG.findall(page):
        if 'aria-invalid="true"' in tag:
            (name,) = re.findall(r'\bname="([^"]+)"', tag)
            (ids,) = re.findall(r'aria-describedby="([^"]+)"', tag)
            told = [re.findall(rf'class="wrong" id="{re.escape(one)}">([^<]+)<', page) for one in ids.split()]
            yield name, " ".join(words for found in told for words in found)


def focused(page: str) -> list[str]:
    """Names of what has the focus when the page opens."""
    return [
        name for tag in re.findall(r"<[^>]* autofocus[^>]*>", page) for name in re.findall(r'\bname="([^"]+)"', tag)
    ]


def test_both_places_of_a_trip_are_told_at_once_and_the_first_has_the_focus(client: CheckedClient) -> None:
    page = client.post("/?lang=fr", data=FORM | {"from": "Xyzzy", "to": "", "moment": "tomorrow"}).text
    assert dict(fields_at_fault(page)) == {
        "from": "Nous ne connaissons pas « Xyzzy ». Essayez le nom d’un arrêt, d’une commune ou d’un lieu.",
        "to": "Indiquez où vous allez.",
        "moment": "Nous n’avons pas compris le jour ou l’heure. Choisissez-les de nouveau.",
    }
    assert focused(page) == ["from"]
    assert 'name="from" value="Xyzzy"' in page


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-13-45T99:99", "soon"])
@pytest.mark.parametrize(("path", "name"), [("/stops/t_A", "at"), ("/lines/t_Bus1", "day"), ("/disruptions", "day")])
def test_a_day_that_nobody_plans_for_is_told_at_its_field_and_not_taken_for_today(
    client: CheckedClient, path: str, name: str, moment: str
) -> None:
    answer = client.get(f"{path}?lang=fr&{name}={moment}", headers={"Accept": "text/html"})
    assert dict(fields_at_fault(answer.text)) == {
        name: "Nous n’avons pas compris le jour ou l’heure. Choisissez-les de nouveau."
    }
    assert (answer.status_code, focused(answer.text)) == (400, [name])
    assert f'name="{name}" value="{moment}"' in answer.text


@pytest.mark.parametrize("trips", ["0", "201", "400000", "-3", "²", "many"])
def test_how_many_trips_one_compares_for_is_never_another_number_than_was_typed(
    client: CheckedClient, trips: str
) -> None:
    name = re.findall(r'href="/trips/([^"/?]+)', client.post("/", data=FORM).text)[0]
    answer = client.get(f"/trips/{name}/compare?lang=fr&trips={trips}")
    assert dict(fields_at_fault(answer.text)) == {"trips": "Indiquez un nombre de trajets, de 1 à 200."}
    assert (answer.status_code, focused(answer.text)) == (400, ["trips"])
    assert f'name="trips" inputmode="numeric" value="{trips}"' in answer.text


def test_what_is_asked_about_now_is_told_of_now_whatever_the_hidden_day_holds(client: CheckedClient) -> None:
    page = client.post("/?lang=fr", data=FORM | {"when": "now", "moment": "2026-06-20T05:00"}).text
    assert "20 juin" not in page
    assert 'name="moment" value="2026-06-20T05:00"' not in page


def test_what_was_typed_stays_as_it_was_whatever_it_looks_like(client: CheckedClient) -> None:
    typed = "Xyzzy data-at-fault aria-invalid"
    page = client.post("/", data=FORM | {"from": typed}).text
    assert re.findall(r'name="from" value="([^"]*)"', page) == [typed]
    assert focused(page) == ["from"]


def test_a_page_without_a_fault_gives_the_focus_to_no_field(client: CheckedClient) -> None:
    assert focused(client.get("/").text) == []
    assert focused(client.post("/", data=FORM).text) == []


@pytest.mark.parametrize("lang", ["fr", "br", "en", "fr-x-falc"])
def test_no_fault_of_a_trip_is_told_in_another_language(client: CheckedClient, lang: str) -> None:
    page = client.post(f"/?lang={lang}", data=FORM | {"from": "nan,nan"}).text
    assert "nan,nan" in page
    assert "must" not in page and "latitude" not in page


def test_a_round_trip_says_it_at_its_fields_too(client: CheckedClient) -> None:
    page = client.post("/round-trip", data={"from": "", "to": "C"}).text
    assert dict(fields_at_fault(page)) == {"from": "Indiquez d’où vous partez."}
    assert focused(page) == ["from"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/stops", "Aucun arrêt de ce nom."),
        ("/lines", "Aucune ligne ne s’appelle « Xyzzy » ni ne s’y arrête."),
    ],
)
def test_a_search_that_finds_nothing_says_so_at_its_field(client: CheckedClient, path: str, said: str) -> None:
    page = client.post(path, data={"name": "Xyzzy"}).text
    assert dict(fields_at_fault(page)) == {"name": said}
    assert focused(page) == ["name"] and 'value="Xyzzy"' in page


@pytest.mark.parametrize("path", ["/", "/round-trip"])
def test_nobody_is_answered_as_another_traveller_than_they_say(client: CheckedClient, path: str) -> None:
    """A link may be older than the profiles of the config."""
    answer = client.post(f"{path}?lang=fr", data=FORM | {"profile": "giant"})
    assert answer.status_code == 400
    assert "Nous ne connaissons pas ce profil. Choisissez qui voyage." in answer.text
    assert client.get("/?lang=fr&profile=giant").status_code == 200, "nothing is answered yet"
    assert client.post(f"{path}?lang=fr", data=FORM | {"profile": "family"}).status_code == 200


QUAYS = "Quai 0 0, Quai_Nord 6 0, Bourg 9 0", "Bus1\nQuai  Quai_Nord  Bourg\n8:00  8:10  8:20"
BY_NAME = {"from": "Quai", "to": "Bourg", "when": "leave", "moment": "2026-06-03T07:55"}


def asked_back(page: str) -> set[str]:
    """Fields below which stands which other places may be meant."""
    return set(re.findall(r'class="others" id="(\w+)-meant"', page))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/", {"moment": "soon"}),
        ("/", {"to": ""}),
        ("/", {"swap": "1"}),
        ("/round-trip", {"adults": "400"}),
        ("/round-trip", {"backMoment": "2026-06-03T06:00"}),
    ],
)
def test_a_place_that_is_understood_is_not_asked_about_while_another_field_is_mended(
    path: str, wrong: dict[str, str]
) -> None:
    client = app_of(with_places(town(*QUAYS))).test_client()
    page = client.post(f"{path}?lang=fr", data=BY_NAME | wrong).text
    assert 'name="fromId" value="t_Quai"' in page or "swap" in wrong
    assert asked_back(page) == set()
    assert asked_back(client.post(path, data=BY_NAME).text) == {"from"}, "beside an answer one may look for another"
