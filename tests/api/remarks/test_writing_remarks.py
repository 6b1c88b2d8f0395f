"""Saying what is wrong, without a script, an account or an address."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from api.app import create_app
from api.pages.remark_form import LIKELY
from mobility.clock import DAY_S
from mobility.network.place import TerritoryPlace
from mobility.operators.tokens import Role
from mobility.privacy.periods import HOUR_S
from mobility.remarks.remark import RemarkKind
from mobility.remarks.tables import REMARKS
from mobility.storage.metadata import METADATA
from tests.api.conftest import LINES, STOPS, Fixed
from tests.api.live.told import text
from tests.api.operators.test_page import PAGE
from tests.api.remarks.conftest import Desk, MakeDesk, code_in, field_of
from tests.town import town

ASKED = {"from": "A", "to": "C", "when": "leave", "moment": "2026-06-03T08:00"}
WRITTEN = "Appelez 06 98 71 23 45 ou anna@example.org : la voiture AB-123-CD barre le quai 3 à 8:05."


def test_the_way_to_the_form_is_at_each_stop_and_line_and_under_each_answer(desk: Desk) -> None:
    for path, about in (("/stops/t_A", "about=stop&id=t_A"), ("/lines/t_Bus1", "about=line&id=t_Bus1")):
        link = re.search(r'<a href="(/remarks/new[^"]*)"[^>]*>Signaler un problème</a>', desk.person.get(path).text)
        assert link and html.unescape(link[1]) == f"/remarks/new?{about}"
        assert desk.person.get(html.unescape(link[1])).status_code == 200
    answer = desk.person.post("/", data=ASKED, headers=PAGE).text
    assert "<button>Signaler un problème</button>" in answer
    share = re.search(r'href="(/trips/[^"/]+)"', answer)
    assert share and "<button>Signaler un problème</button>" in desk.person.get(share[1]).text


def test_the_page_says_what_it_is_about_and_asks_for_nothing_of_the_person(desk: Desk) -> None:
    page = desk.person.get("/remarks/new?about=line&id=t_Bus1").text
    form = page[page.index('id="remark"') : page.index("</form>", page.index('id="remark"'))]
    assert "Ligne Bus1" in page and "<script>" not in page
    assert set(re.findall(r' name="(\w+)"', form)) == {"step", "about", "id", "draft", "kind", "text"}
    assert 'maxlength="500"' in form
    assert "sont masqués avant d’être gardés" in form, "before it is sent"


def test_a_remark_is_kept_masked_without_any_cookie_and_the_code_is_shown_once(desk: Desk) -> None:
    answer = desk.say(text=WRITTEN)
    assert "Set-Cookie" not in answer.headers
    kept = "Appelez […] ou […] : la voiture […] barre le quai 3 à 8:05."
    assert kept in answer.text
    with desk.kept.store.reading() as connection:
        (row,) = connection.execute(select(REMARKS)).all()
    assert (row.text, row.kind, row.about, row.subject, row.name) == (kept, "damage", "stop", "t_A", "A")
    assert code_in(answer.text) not in repr(row)


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_who_has_sent_one_reads_where_its_code_is_typed(desk: Desk, language: str) -> None:
    page = desk.say(headers={"Accept-Language": language}).text
    (name,) = re.findall(r'<a href="/remarks[^"]*">([^<]+)</a>', page.partition("<footer")[2])
    assert name in page.partition("<main")[2].partition("</main>")[0]


def test_no_table_holds_the_address_that_it_came_from(desk: Desk) -> None:
    desk.person.environ_base["REMOTE_ADDR"] = "198.51.100.77"
    desk.say()
    with desk.kept.store.reading() as connection:
        rows = repr([[*connection.execute(select(table))] for table in METADATA.sorted_tables])
    assert "198.51.100" not in rows and "L’abri est cassé" in rows


def test_the_same_form_sent_again_shows_the_same_code(desk: Desk) -> None:
    draft = field_of(desk.person.get("/remarks/new?about=stop&id=t_A").text, "draft")
    assert [desk.code(draft=draft) for _ in range(2)] == [draft, draft]
    assert len(desk.desk.remarks.every()) == 1


def test_a_trip_is_told_before_and_goes_along_only_with_its_tick(desk: Desk) -> None:
    answer = desk.person.post("/", data=ASKED, headers=PAGE).text
    trip = field_of(answer, "trip")
    assert trip.startswith("A → C, ") and trip.endswith("mercredi 3 juin à partir de 8:00")
    form = desk.person.post("/remarks/new", data={"about": "trip", "trip": trip}, headers=PAGE).text
    assert f"<b>{trip}</b>" in form, "what goes along is said"
    assert 'type="checkbox" name="withTrip" value="1" checked' in form
    about = {"about": "trip", "id": "", "kind": "answer", "trip": trip}
    assert f"Trajet joint : {trip}" in desk.say(**about, withTrip="1").text
    assert "Rien du trajet n’est gardé" in desk.say(**about).text
    assert [one.subject.trip for one in desk.desk.remarks.every()] == ["", trip]


def test_a_fault_is_told_at_its_field_and_what_was_typed_stays(desk: Desk) -> None:
    page = desk.say(400, kind="", text="Ça penche").text
    assert 'id="kind-fault">Choisissez ce qui ne va pas.' in page and "Ça penche</textarea>" in page
    page = desk.say(400, text="x" * 501).text
    assert 'id="text-fault"' in page and "checked> <span>Abîmé" in page
    assert 'id="text-fault"' in desk.say(400, kind="other", text=" ").text
    assert desk.desk.remarks.every() == ()


def test_another_language_keeps_what_was_typed(desk: Desk) -> None:
    typed = {"about": "stop", "id": "t_A", "kind": "access", "text": "Trop haut", "step": "edit", "draft": "d"}
    page = desk.person.post("/remarks/new?lang=en", data=typed).text
    assert "What is wrong?" in page and "Trop haut</textarea>" in page
    assert 'value="access" required checked' in page and desk.desk.remarks.every() == ()


def test_each_counter_has_its_own(desk: Desk) -> None:
    planned = town(STOPS, LINES)
    counters = (
        TerritoryPlace("counter", "boutique", "Boutique", 47.7, -3.3),
        TerritoryPlace("counter", "x", "X", 0, 0),
    )
    shown = Fixed(replace(planned, network=replace(planned.network, places=counters)))
    client = create_app(desk.config, shown, lambda: desk.now, desk.kept).test_client()
    links = re.findall(r'href="(/remarks/new[^"]*)"', client.get("/counters").text)
    assert [html.unescape(one) for one in links] == [f"/remarks/new?about=place&id={id}" for id in ("boutique", "x")]
    assert "Boutique" in client.get("/remarks/new?about=place&id=boutique").text


@pytest.mark.parametrize("about", ["about=stop&id=nowhere", "about=line&id=t_X", "about=place&id=x", "about=stop", ""])
def test_nothing_is_said_about_what_is_not_there(desk: Desk, about: str) -> None:
    assert desk.person.get(f"/remarks/new?{about}", headers=PAGE).status_code == 404


def test_each_kind_is_offered_somewhere_and_other_is_always_the_last(desk: Desk) -> None:
    assert {kind for kinds in LIKELY.values() for kind in kinds} == {kind.value for kind in RemarkKind}
    assert {kinds[-1] for kinds in LIKELY.values()} == {"other"}


def test_tries_run_out_and_what_was_typed_is_not_lost(make_desk: MakeDesk) -> None:
    desk = make_desk(remarks_per_hour=2)
    for words in ("eins", "zwei"):
        desk.say(text=words)
    page = desk.say(429, text="drei").text
    assert "drei</textarea>" in page and "Réessayez dans 30 min" in page
    desk.now += HOUR_S
    desk.say(text="drei")


def test_a_form_of_another_site_writes_nothing(desk: Desk) -> None:
    desk.say(403, headers={"Sec-Fetch-Site": "cross-site"})
    desk.say(403, headers={"Origin": "https://elsewhere.example"})
    assert desk.desk.remarks.every() == ()


def test_the_text_is_hidden_until_an_operator_has_looked_and_is_then_shown_to_who_has_the_code(desk: Desk) -> None:
    code = desk.code(text="Marche cassée")
    page = desk.follow(code)
    assert "Pas encore lu" in page and "Marche cassée" not in page
    listed = desk.operator(Role.READ).get("/operateurs/remarks").text
    assert "Arrêt A" in listed and "Marche cassée" not in listed
    assert "Marche cassée" not in desk.person.get("/stops/t_A").text
    assert "Marche cassée" in desk.open(Role.READ)
    page = desk.follow(code)
    assert "Lu" in page and "Marche cassée" in page


def test_what_became_of_it_is_told_in_the_language_that_is_chosen(desk: Desk) -> None:
    page = desk.say().text
    assert 'formaction="/remarks?lang=en"' in page
    answer = desk.person.post("/remarks?lang=en", data={"code": code_in(page)}, headers=PAGE).text
    assert "Not read yet" in answer and 'formaction="/remarks?lang=br"' in answer


def test_a_code_that_nobody_was_given_shows_nothing_and_says_so(desk: Desk) -> None:
    page = desk.follow("K7QF-2M9D-XTRB-4HSN", 404)
    assert 'id="code-fault"' in page and 'value="K7QF-2M9D-XTRB-4HSN"' in page


def test_who_has_the_code_erases_it_with_a_tick(desk: Desk) -> None:
    code = desk.code()
    assert "Pas encore lu" in desk.follow(code, step="erase"), "not without the tick"
    assert "C’est effacé." in desk.follow(code, step="erase", sure="1")
    desk.follow(code, 404)


def test_the_code_stands_in_no_address(desk: Desk) -> None:
    page = desk.say()
    code = code_in(page.text)
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page.text + desk.follow(code))
    assert len(addresses) > 10
    assert [one for one in addresses if code in one or code.replace("-", "") in one] == []


def test_who_follows_it_can_always_find_the_page(desk: Desk) -> None:
    assert '<a href="/remarks">Suivre un signalement</a>' in desk.person.get("/lines").text
    assert "Signaler un problème" in desk.person.get("/remarks").text


def test_the_page_says_when_it_goes(desk: Desk) -> None:
    assert "1er sept. 2026" in text(desk.follow(desk.code())), "90 days after 3 June"
    assert desk.now + 90 * DAY_S == 1_788_242_100


def test_where_it_is_switched_off_nothing_is_offered(desk: Desk) -> None:
    off = desk.config.features.model_copy(update={"remarks": False})
    desk.config = desk.config.model_copy(update={"features": off})
    for path in ("/stops/t_A", "/lines/t_Bus1", "/"):
        assert "/remarks" not in desk.person.get(path).text
    for path in ("/remarks", "/remarks/new?about=stop&id=t_A", "/data/remarks.csv"):
        assert desk.person.get(path).status_code == 404
