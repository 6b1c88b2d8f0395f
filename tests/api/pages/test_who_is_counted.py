"""How many travel, as pages ask and say it: on the form, its closed button, paper, links, and a kept trip."""

from __future__ import annotations

import html
import re

import pytest

from tests.api.motis import CheckedClient
from tests.api.test_party import plain
from tests.api.test_ride_tickets import FORM, client, settings

COUNTED = FORM | {"adults": "1", "children": "2"}


def shown(path: str, data: dict[str, str], status: int = 200) -> str:
    answer = client(settings()).post(path, data=data)
    assert answer.status_code == status
    return plain(html.unescape(answer.text))


def count(name: str, text: str) -> str:
    """What stands in the field."""
    field = re.search(rf'<input [^>]*name="{name}"[^>]*>', text)
    assert field is not None
    told = re.search(r'value="([^"]*)"', field[0])
    return told[1] if told else ""


@pytest.mark.parametrize("path", ["/?lang=fr", "/?lang=br", "/?lang=en", "/?lang=fr-x-falc"])
def test_the_form_asks_how_many_adults_and_children_go_and_the_answer_keeps_them(path: str) -> None:
    text = shown(path, COUNTED)
    assert (count("adults", text), count("children", text)) == ("1", "2")
    assert "10,20 €" in text or "€10.20" in text


def test_who_counts_nobody_is_counted_as_the_profile_does() -> None:
    text = shown("/?lang=fr", FORM)
    assert (count("adults", text), count("children", text)) == ("", "")
    assert not re.search(r"Pour \d", re.sub(r"<[^>]+>", " ", text))


def test_a_link_to_the_places_has_the_counts_and_leads_to_the_same_price() -> None:
    text = shown("/?lang=fr", COUNTED | {"link": "1"})
    link = re.search(r'<input id="link"[^>]*value="[^"]*(/\?[^"]*)"', text)
    assert link is not None
    assert "&adults=1&children=2" in link[1]
    assert "Pour 1 adulte et 2 enfants : 10,20 €." in plain(html.unescape(client(settings()).get(link[1]).text))


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("adults", "0", "Indiquez un nombre d’adultes, de 1 à 9."),
        ("adults", "²", "Indiquez un nombre d’adultes, de 1 à 9."),
        ("children", "10", "Indiquez un nombre d’enfants, de 0 à 9."),
        ("children", "many", "Indiquez un nombre d’enfants, de 0 à 9."),
    ],
)
def test_a_count_that_is_none_is_told_at_its_field(name: str, typed: str, said: str) -> None:
    text = shown("/?lang=fr", FORM | {name: typed}, 400)
    assert f'<p class="wrong" id="{name}-fault">{said}</p>' in text
    assert count(name, text) == typed


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        ({"adults": "1", "children": "2"}, "1 adulte et 2 enfants : 10,20 €"),
        ({"adults": "2"}, "2 adultes : 8,00 €"),
        ({"adults": "2", "children": "1", "passengers": "9"}, "2 adultes et 1 enfant : 11,10 €"),
    ],
)
def test_the_ways_there_and_back_cost_what_those_who_were_counted_pay(asked: dict[str, str], who: str) -> None:
    """4,00 € an adult, 3,10 € a child."""
    assert f"Pour {who}." in shown("/round-trip?lang=fr", FORM | asked)


@pytest.mark.parametrize("path", ["/?lang=fr", "/round-trip?lang=fr"])
@pytest.mark.parametrize(
    ("counts", "who"),
    [({}, "Qui voyage : Adulte"), ({"adults": "1", "children": "2"}, "Qui voyage : 1 adulte, 2 enfants")],
    ids=["alone", "with children"],
)
def test_paper_says_for_how_many_its_prices_are(path: str, counts: dict[str, str], who: str) -> None:
    (head,) = re.findall(r"sheet-head.*?</div>", plain(shown(path, FORM | counts)))
    assert f"{who}</p>" in head


def closed(text: str) -> tuple[str, ...]:
    """What the closed button can tell: of each profile, then of those who were typed; a style shows what is chosen."""
    button = re.search(r'<details class="pick who".*?<summary>(.*?)</summary>', text, re.DOTALL)
    assert button is not None
    return tuple(re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<span[^>]*>(.*?)</span>", button[1], re.DOTALL))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "1 adulte, 2 enfants"),
        ("br", "1 oadour, 2 bugel"),
        ("en", "1 adult, 2 children"),
        ("fr-x-falc", "1 adulte, 2 enfants"),
    ],
)
def test_the_closed_button_says_how_many_travel(language: str, told: str) -> None:
    assert told in closed(shown(f"/?lang={language}", COUNTED))


def test_the_closed_button_says_whom_a_profile_counts_and_nothing_twice() -> None:
    family = settings(party=4, riders=("", "", "child", "child"))
    text = client(family).post("/?lang=fr", data=FORM | {"adults": "2", "children": "2", "profile": "family"}).text
    words = closed(plain(html.unescape(text)))
    assert "En famille, 2 adultes, 2 enfants" in words
    assert words[-2:] == ("", "vélo"), "as many as the profile counts"


@pytest.mark.parametrize("children", ["many", "10"])
def test_the_closed_button_tells_no_number_that_is_none(children: str) -> None:
    assert closed(shown("/?lang=fr", FORM | {"adults": "2", "children": children}, 400))[-2] == ""


LINK = re.compile(r'href="(/trips/[^"/]+(?:\?[^"]*)?)"')


def kept(of: CheckedClient, asked: dict[str, str]) -> tuple[str, str]:
    """The address of the first trip of an answer, and its page."""
    link = LINK.search(of.post("/?lang=fr", data=FORM | asked).text)
    assert link is not None
    path = html.unescape(link[1])
    return path, plain(html.unescape(of.get(path).text))


def test_a_kept_trip_is_told_for_those_who_were_counted() -> None:
    """Two adults for 4,00 € and a child for 3,10 €: on the answer, on the page of the trip, on its paper, and on what
    it leads to."""
    of = client(settings())
    path, text = kept(of, {"adults": "2", "children": "1"})
    assert "adults=2&children=1" in path
    told = "Pour 2 adultes et 1 enfant : 11,10 €."
    assert told in shown("/?lang=fr", FORM | {"adults": "2", "children": "1"})
    assert told in text
    assert "Qui voyage : 2 adultes, 1 enfant" in text
    leads_to = re.findall(r'href="(/trips/[^"]+)"', text)
    assert len(leads_to) == 3, "renewed, compared, a calendar"
    assert all("adults=2&children=1" in one for one in leads_to)


def test_a_kept_trip_is_told_for_those_whom_the_profile_counts_and_does_not_name_it() -> None:
    of = client(settings(party=4, riders=("", "", "child", "child")))
    path, text = kept(of, {"profile": "family"})
    assert "adults=2&children=2" in path and "family" not in path
    assert "Pour 2 adultes et 2 enfants : 14,20 €." in text


def test_a_kept_trip_of_one_adult_has_nothing_of_people_in_its_address() -> None:
    path, text = kept(client(settings()), {})
    assert "adults" not in path
    assert "Qui voyage : Adulte" in text


@pytest.mark.parametrize("wrong", ["adults=0", "children=many"])
def test_an_address_that_counts_nobody_leads_to_no_trip(wrong: str) -> None:
    of = client(settings())
    path, _ = kept(of, {})
    joint = "&" if "?" in path else "?"
    assert of.get(f"{path}{joint}{wrong}").status_code == 404
    assert of.get(f"{path.partition('?')[0]}/compare?{wrong}").status_code == 404
