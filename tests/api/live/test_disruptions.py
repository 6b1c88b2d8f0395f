"""The page of disruptions, its Atom feed, and the strip on the first page."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from tests.api.live.conftest import LiveTown
from tests.api.live.told import CANCELLED, STORM, WORKS, shown, text

ATOM = "{http://www.w3.org/2005/Atom}"
Make = Callable[..., LiveTown]


def alert(what: str, header: str, more: str = "") -> str:
    return f"""alert {{ informed_entity {{ {what} }} {more}
        header_text {{ translation {{ text: "{header}" language: "fr" }} }} }}"""


def headers(town: LiveTown, **asked: str) -> list[str]:
    """In their order."""
    page = shown(town, "/disruptions", **asked)
    return [text(part.partition("</h2>")[0].partition("<h2>")[2]) for part in page.split("<article")[1:]]


def test_all_news_stand_there_the_most_severe_first_with_what_they_are_about(live_town: Make) -> None:
    town = live_town()
    town.say(WORKS, STORM)
    assert headers(town) == ["Avis de tempête", "Travaux au quai"]
    page = text(shown(town, "/disruptions"))
    assert "Perturbation majeure · ne circule pas Avis de tempête" in page
    assert "Du mercredi 3 juin, 6:00 au mercredi 3 juin, 18:00" in page
    assert "Information Travaux au quai Concerne B" in page
    assert 'href="/stops/t_B?lang=fr"' in shown(town, "/disruptions")


def test_by_line_stand_those_that_touch_it(live_town: Make) -> None:
    """Of the line, a stop of it, the whole network; not of another line, nor of a stop that it does not serve."""
    town = live_town()
    everywhere = alert('agency_id: "T"', "Grève")
    town.say(STORM, WORKS, alert('route_id: "Boat2"', "Boat"), alert('stop_id: "E"', "Quai E"), everywhere)
    assert sorted(headers(town, line="t_Bus1")) == ["Avis de tempête", "Grève", "Travaux au quai"]
    assert sorted(headers(town, line="t_Boat2")) == ["Boat", "Grève", "Quai E"]
    assert len(headers(town)) == 5


def test_a_line_at_a_stop_is_not_another_line_there(live_town: Make) -> None:
    town = live_town()
    town.say(alert('route_id: "Bus1" stop_id: "B"', "Autre quai"))
    assert headers(town, line="t_Bus1") == ["Autre quai"]
    assert headers(town, line="t_Boat2") == []


def test_by_day_stand_those_that_are_felt_on_it(live_town: Make) -> None:
    """The storm is felt on 3 June from 6:00 to 18:00, the works for as long as they are told."""
    town = live_town()
    town.say(STORM, WORKS)
    assert headers(town, day="2026-06-03") == ["Avis de tempête", "Travaux au quai"]
    assert headers(town, day="2026-06-04") == ["Travaux au quai"]


def test_what_is_over_is_gone(live_town: Make) -> None:
    town = live_town()
    town.now = "2026-06-03 18:01"
    town.say(STORM.replace("active_period", "impact_period"), WORKS)
    assert headers(town) == ["Travaux au quai"]


def test_cancelled_departures_of_the_day_stand_there_by_line(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED)
    page = text(shown(town, "/disruptions"))
    assert "Départs supprimés, mercredi 3 juin" in page
    assert "8:00 A → C supprimé" in page
    assert "9:00" not in page
    assert "8:00 A → C" not in text(shown(town, "/disruptions", line="t_Boat2"))
    assert "8:00 A → C" not in text(shown(town, "/disruptions", day="2026-06-04"))


def test_where_nothing_is_announced_that_is_all_that_is_said(live_town: Make) -> None:
    page = text(shown(live_town(), "/disruptions"))
    assert "Aucune perturbation n’est annoncée" in page
    assert "Départs supprimés" not in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("br", "Strafuilh bras"),
        ("en", "Major disruption · does not run"),
        ("fr-x-falc", "Gros problème · ne roule pas"),
    ],
)
def test_it_is_said_in_each_language(live_town: Make, lang: str, said: str) -> None:
    town = live_town()
    town.say(STORM)
    assert said in text(shown(town, "/disruptions", lang))


def test_markup_of_a_feed_and_addresses_that_are_none_lead_nowhere(live_town: Make) -> None:
    town = live_town()
    said = 'url { translation { text: "javascript:alert(1)" language: "fr" } }'
    town.say(alert('stop_id: "B"', "<script>x</script>Quai & passerelle", said))
    page = shown(town, "/disruptions")
    assert "javascript:" not in page
    assert "<script>x" not in page
    assert headers(town) == ["Quai & passerelle"]
    town.say(alert('stop_id: "B"', "Quai", said.replace("javascript:alert(1)", "https://example.org/quai")))
    assert 'href="https://example.org/quai" rel="noreferrer"' in shown(town, "/disruptions")


def test_a_line_that_there_is_not_is_not_found(live_town: Make) -> None:
    town = live_town()
    assert town.client.get("/disruptions?line=t_None", headers={"Accept": "text/html"}).status_code == 404
    assert town.client.get("/disruptions.atom?day=soon").json["parameter"] == "day"


def test_the_first_page_has_a_strip_only_while_something_severe_holds(live_town: Make) -> None:
    town = live_town()
    assert "Perturbation en cours" not in shown(town, "/")
    town.say(WORKS)
    assert "Perturbation en cours" not in shown(town, "/")
    town.say(WORKS, STORM)
    assert strip(town).startswith("Avis de tempête Bus1 · ")
    town.now = "2026-06-03 18:30"
    town.say(WORKS, STORM)
    assert "Perturbation en cours" not in shown(town, "/"), "it ended at 18:00"


def strip(town: LiveTown) -> str:
    return text(shown(town, "/").partition("<aside")[2].partition("</aside>")[0].partition(">")[2])


def test_the_strip_names_the_line_and_the_hours(live_town: Make) -> None:
    town = live_town()
    town.say(STORM)
    assert strip(town) == (
        "Avis de tempête Bus1 · Du mercredi 3 juin, 6:00 au mercredi 3 juin, 18:00 Toutes les perturbations"
    )


def test_the_strip_names_a_departure_by_its_hour(live_town: Make) -> None:
    town = live_town()
    town.say(alert('trip { trip_id: "Boat2-1" start_date: "20260603" }', "Bateau supprimé", "severity_level: SEVERE"))
    assert "Bateau supprimé Boat2 départ de 8:30, mercredi 3 juin Toutes" in strip(town)


def test_of_many_lines_the_strip_names_three(live_town: Make) -> None:
    lines = "\n\n".join(f"Bus{n}\nA B\n8:0{n} 8:1{n}" for n in range(1, 5))
    town = live_town(lines=lines)
    about = " ".join(f'informed_entity {{ route_id: "Bus{n}" }}' for n in range(1, 5))
    town.say(f'alert {{ {about} severity_level: SEVERE header_text {{ translation {{ text: "Grève" }} }} }}')
    assert "Grève Bus1, Bus2, Bus3… Toutes" in strip(town)


def test_the_french_word_leads_to_the_page_too(live_town: Make) -> None:
    answer = live_town().client.get("/perturbations", query_string={"line": "t_Bus1", "lang": "fr", "other": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "/disruptions?lang=fr&line=t_Bus1")


def read(town: LiveTown, **asked: str) -> ElementTree.Element:
    answer = town.client.get("/disruptions.atom", query_string={"lang": "fr"} | asked)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.data)


def test_the_same_news_are_an_atom_feed(live_town: Make) -> None:
    """RFC 4287, 4.1.1 and 4.1.2, demand id, title and updated of feed and entries, and an author."""
    town = live_town()
    town.say(WORKS, STORM)
    feed = read(town)
    assert [one.tag for one in feed if one.text][:3] == [f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "/disruptions.atom?lang=fr",
        "alternate": "/disruptions?lang=fr",
    }
    storm, works = feed.findall(f"{ATOM}entry")
    assert (storm.findtext(f"{ATOM}title"), works.findtext(f"{ATOM}title")) == ("Avis de tempête", "Travaux au quai")
    assert storm.findtext(f"{ATOM}updated") == "2026-06-03T04:00:00Z", "since when it is told"
    content = storm.findtext(f"{ATOM}content") or ""
    assert "Bus1" in content and "Pas de bus ce matin." in content
    assert [one.findtext(f"{ATOM}title") for one in read(town, line="t_Boat2").findall(f"{ATOM}entry")] == []


def test_an_entry_keeps_its_id_until_its_words_change(live_town: Make) -> None:
    town = live_town()

    def ids() -> list[str | None]:
        return [one.findtext(f"{ATOM}id") for one in read(town).findall(f"{ATOM}entry")]

    town.say(STORM)
    before = ids()
    town.now = "2026-06-03 7:58"
    town.say(STORM)
    assert ids() == before
    town.say(STORM.replace("Pas de bus", "Aucun bus"))
    assert ids() != before


@pytest.mark.parametrize("path", ["/disruptions", "/disruptions.atom"])
def test_who_has_it_is_told_so_and_it_is_kept_for_a_short_while(live_town: Make, path: str) -> None:
    town = live_town()
    town.say(STORM)
    html = {"Accept": "text/html"}
    answer = town.client.get(path, headers=html)
    assert answer.headers["Cache-Control"] in ("public, max-age=30", "public, max-age=60")
    assert "Accept-Language" in answer.headers["Vary"]
    again = town.client.get(path, headers=html | {"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    town.say(STORM, WORKS)
    assert town.client.get(path, headers=html | {"If-None-Match": answer.headers["ETag"]}).status_code == 200
