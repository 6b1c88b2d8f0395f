"""The form of messages on /operateurs, without a script: a crossing, half a day, a line, a stop; what it does is shown
before it is sent, what is wrong is told at its field, and what was typed stays."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.present.message_texts import texts_by_clocks
from api.privacy.fields import declared_fields
from api.territory.in_service import Following
from api.web.storage import FILE, kept
from mobility.live.message_store import StoredMessages, messages_in_force
from mobility.network.live_files import SOURCES, live_folder
from mobility.operators.log import actions
from mobility.operators.tokens import Operators, Role
from tests.api.live.conftest import LiveTown, live_town
from tests.api.live.typed import BOAT, MANY, NEXT_BOAT
from tests.api.operators.visits import PAGE, sent
from tests.api.privacy.test_fields import Forms, endpoint
from tests.town import moment

__all__ = ["live_town"]
CROSSING = {"trip": "t_Boat2-1", "date": "2026-06-03"}
SENT = {"effect": "cancelled", "cause": "weather", "step": "send"}
Make = Callable[..., LiveTown]


class Desk:
    """A town whose operators are at their page. plan: after the writer has looked."""

    def __init__(self, town: LiveTown) -> None:
        self.town, self.kept = town, kept(town.config, town.data, {})
        town.messages = StoredMessages(self.kept.store, texts_by_clocks(town.config.territory.timezone))
        self.clients: dict[Role, FlaskClient] = {}

    def client(self, role: Role = Role.LOAD) -> FlaskClient:
        if role not in self.clients:
            token = Operators(self.kept.store).add(role.name.title(), role, 30, int(moment(self.town.now)))
            config = self.town.config
            app = create_app(config, Following(self.town.data, config), lambda: int(moment(self.town.now)), self.kept)
            self.clients[role] = app.test_client()
            self.clients[role].post("/operateurs/session", data={"token": token})
        return self.clients[role]

    def page(self, path: str = "/messages", role: Role = Role.LOAD, status: int = 200) -> str:
        answer = self.client(role).get(f"/operateurs{path}", headers=PAGE)
        assert answer.status_code == status, answer.text
        return answer.text

    def say(self, status: int = 303, **fields: str) -> TestResponse:
        return sent(self.client(), "/messages/new", status, **fields)

    def plan(self) -> list[str]:
        self.town.writer._typed_due_s = 0.0
        self.town.writer.look()
        return self.town.plan()

    def ids(self) -> list[str]:
        return [one.id for one in messages_in_force(self.kept.store, int(moment(self.town.now)))]


@pytest.fixture
def desk(live_town: Make, prepared_file: Path) -> Iterator[Desk]:
    town = live_town()
    shutil.copy(prepared_file, town.data / FILE)
    made = Desk(town)
    yield made
    made.kept.store.close()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page) or re.search(
        rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)', page
    )
    assert found, name
    return found[1]


def read(page: str) -> str:
    return re.sub("</?span[^>]*>", "", page)


def checked(page: str) -> list[str]:
    return re.findall(r'value="(\w+)" checked', page)


def test_the_next_crossings_are_a_touch_away_with_what_is_usual_filled_in(desk: Desk) -> None:
    page = desk.page()
    links = re.findall(r'<a href="([^"]+)"><b>([\d:]+)</b>', page)
    assert [clock for _, clock in links] == ["8:30", "9:30"], "boats within twelve hours, no bus"
    form = desk.client().get(links[0][0].replace("&amp;", "&")).text
    assert "8:30 · Boat2 · D → E" in read(form)
    assert (checked(form), field(form, "until")) == (["cancelled"], "2026-06-03T08:50")
    assert '<option value="weather" selected>météo' in form


def test_what_is_added_is_seen_before_it_is_sent_and_said_to_stand_in_every_language(desk: Desk) -> None:
    looking = SENT | {"step": "look", "until": "2026-06-03T08:50"}
    looked = desk.say(200, **CROSSING, **looking, text="Navette à 8:40 <quai B>").text
    told = looked[looked.index("Les voyageurs liront") : looked.index("<form", looked.index("Les voyageurs liront"))]
    assert "sur les pages de toutes les langues" in told and "Navette à 8:40 &lt;quai B&gt;" in told
    assert "toutes les langues" not in desk.say(200, **CROSSING, **looking).text, "nothing was added"


def test_a_crossing_is_cancelled_and_taken_back_and_the_plan_is_as_before(desk: Desk) -> None:
    assert desk.plan()[0] == BOAT
    looked = desk.say(200, **CROSSING, **SENT | {"step": "look", "until": "2026-06-03T08:50"}).text
    assert "Supprimé : météo" in looked and "Cancelled: weather" in looked and "Il ne part pas" in looked
    assert desk.plan()[0] == BOAT, "nothing is said before it is sent"
    assert (
        desk.say(**CROSSING, **SENT, until="2026-06-03T08:50").headers["Location"] == "/operateurs/messages?done=added"
    )
    assert desk.plan()[0] == NEXT_BOAT
    page = desk.page()
    assert "8:30 · Boat2 · D → E" in read(page) and '<span class="tag bad">supprimée</span>' in page
    (id,) = desk.ids()
    asked = sent(desk.client(), f"/messages/{id}/end", 200).text
    assert "Mettre fin à ce message ?" in asked and desk.plan()[0] == NEXT_BOAT
    sent(desk.client(), f"/messages/{id}/end", sure="1")
    assert desk.plan()[0] == BOAT
    done = [(one.operator, one.verb, one.subject) for one in actions(desk.kept.store)]
    about = f"{id} t_Boat2-1"
    assert done[:2] == [("Load", "end-message", about), ("Load", "add-message", about)]


def test_a_form_sent_twice_says_one_thing(desk: Desk) -> None:
    for _ in range(2):
        desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    assert len(desk.ids()) == 1


@pytest.mark.parametrize(("part", "spans"), [("morning", (4, 12)), ("afternoon", (12, 28)), ("day", (4, 28))])
def test_half_a_day_of_a_line_is_one_touch(desk: Desk, part: str, spans: tuple[int, int]) -> None:
    desk.say(line="t_Boat2", part=part, day="2026-06-03", **SENT)
    (one,) = messages_in_force(desk.kept.store, int(moment(desk.town.now)))
    midnight = int(moment("2026-06-03 0:00"))
    assert (one.from_s - midnight, one.until_s - midnight) == (spans[0] * 3600, spans[1] * 3600)


def test_a_line_is_chosen_by_its_sign_boats_first(desk: Desk) -> None:
    chosen = re.findall(
        r'href="(/operateurs/messages/new\?line=[^"]+)"[^>]*>\s*<svg class="badge"[^>]*aria-label="(\w+)"', desk.page()
    )
    (link, first), *others = chosen
    assert first == "Boat2" and "Bus1" in [name for _, name in others]
    assert "<h1>Ligne Boat2" in desk.page(link.removeprefix("/operateurs"))


def test_a_crossing_of_a_line_is_chosen_from_its_day(desk: Desk) -> None:
    page = desk.page("/messages/new?line=t_Boat2&day=2026-06-04")
    assert re.findall(r"trip=(t_Boat2-\d)&amp;date=([\d-]+)", page) == [
        ("t_Boat2-1", "2026-06-04"),
        ("t_Boat2-2", "2026-06-04"),
    ]


def test_a_crossing_moved_to_another_hour_and_quay(desk: Desk) -> None:
    moved = SENT | {"effect": "moved", "clock": "08:45", "toStop": "C", "until": "2026-06-03T09:10"}
    looked = desk.say(200, **CROSSING, **moved | {"step": "look"}).text
    assert "Départ déplacé à 8:45, quai C : météo" in looked
    desk.say(**CROSSING, **moved)
    assert desk.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:45 > E 9:05"


def test_what_may_be_cancelled_says_when_that_is_decided(desk: Desk) -> None:
    risk = SENT | {"effect": "at_risk", "decided": "08:20", "until": "2026-06-03T08:50", "step": "look"}
    assert "Risque de suppression : météo. Décision mercredi 3 juin à 8:20" in desk.say(200, **CROSSING, **risk).text
    desk.say(**CROSSING, **risk | {"step": "send"})
    (one,) = messages_in_force(desk.kept.store, int(moment(desk.town.now)))
    assert one.departs_s == int(moment("2026-06-03 8:30"))


def test_a_stop_is_found_by_its_name(desk: Desk) -> None:
    assert "<h1>Arrêt C</h1>" in desk.page("/messages/new?stop=c")
    page = desk.page("/messages/new?stop=Nowhere", status=400)
    assert "Aucun arrêt ne porte ce nom." in page and 'value="Nowhere"' in page


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_before_anything_is_chosen_nothing_is_at_fault(desk: Desk, query: str) -> None:
    answer = desk.client().get(f"/operateurs/messages/new{query}", headers=PAGE)
    assert (answer.status_code, answer.location) == (302, f"/operateurs/messages{query}")
    assert 'id="stop-fault"' not in desk.page(f"/messages{query}")


@pytest.mark.parametrize(
    ("wrong", "at", "told"),
    [
        ({"until": ""}, "until", "Indiquez jusqu’à quand."),
        ({"until": "soon"}, "until", "Cette fin est illisible."),
        ({"until": "2026-06-03T07:00"}, "until", "Cette fin est déjà passée."),
        ({"until": "2027-03-28T02:30"}, "until", "Cette heure n’existe pas : au passage à l’heure d’été"),
        ({"effect": "sunk"}, "effect", "Choisissez ce qui se passe."),
        ({"cause": "whim"}, "cause", "Choisissez une raison."),
        ({"effect": "moved", "clock": "9h"}, "clock", "Indiquez une heure"),
        ({"effect": "moved", "toStop": "Nowhere"}, "toStop", "Aucun arrêt ne porte ce nom."),
        ({"effect": "at_risk", "decided": "08:40"}, "decided", "À cette heure-là, tout est déjà parti ou terminé"),
        ({"text": "x" * 501}, "text", "Ce texte est trop long."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    desk: Desk, wrong: dict[str, str], at: str, told: str
) -> None:
    fields = SENT | {"until": "2026-06-03T08:50", "text": "Prochain départ à 9 h 30"} | wrong
    page = desk.say(400, **CROSSING, **fields).text
    assert re.search(rf'id="{at}-fault">{told}', page) or (at == "effect" and told in page)
    assert field(page, "text") == fields["text"] and desk.ids() == []


@pytest.mark.parametrize(
    ("part", "day", "told"), [("morning", "2026-06-02", "déjà passée"), ("", "", "un moment de la journée")]
)
def test_a_line_needs_an_end_that_is_to_come(desk: Desk, part: str, day: str, told: str) -> None:
    assert told in desk.say(400, line="t_Boat2", part=part, day=day, **SENT).text


def test_what_takes_away_most_of_a_day_is_asked_about_again(live_town: Make) -> None:
    desk = Desk(live_town(lines=MANY))
    line = {"line": "t_Bus1", "part": "day", "day": "2026-06-03", **SENT}
    page = desk.say(200, **line).text
    assert "12 courses sur 12" in page and 'name="sure" value="1" required' in page
    assert desk.ids() == []
    desk.say(**line, sure="1")
    assert len(desk.ids()) == 1


def test_held_cancellations_are_shown_and_believed_once_confirmed(desk: Desk) -> None:
    live_folder(desk.town.data).mkdir(exist_ok=True)
    told = {"sources": [], "feeds": [{"feed": "t", "held": 12}]}
    (live_folder(desk.town.data) / SOURCES).write_text(json.dumps(told))
    assert "t annonce d’un coup 12 suppressions" in desk.page()
    asked = sent(desk.client(), "/messages/held/t", 200).text
    assert "ces suppressions sont-elles vraies ?" in asked
    sent(desk.client(), "/messages/held/t", sure="1")
    until = json.loads((desk.town.data / "live" / "raw" / "confirmed.json").read_text())["t"]
    assert until - int(moment(desk.town.now)) == 86_400
    assert actions(desk.kept.store)[0].verb == "confirm-cancellations"
    sent(desk.client(), "/messages/held/other", 404)


def test_who_only_looks_is_offered_nothing_to_say(desk: Desk) -> None:
    desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    page = desk.page(role=Role.READ)
    assert "Boat2 · D → E" in read(page) and '<form method="post" action="/operateurs/messages' not in page
    assert "Votre rôle" in desk.page("/messages/new?line=t_Boat2", Role.READ, 403)
    assert "Votre rôle" in sent(desk.client(Role.READ), "/messages/new", 403, **CROSSING, **SENT).text


def test_a_form_without_its_key_says_nothing(desk: Desk) -> None:
    refused = desk.client().post("/operateurs/messages/new", data={**CROSSING, **SENT, "key": "0" * 64}, headers=PAGE)
    assert (refused.status_code, desk.ids()) == (403, [])


@pytest.mark.parametrize("language", ["br", "en", "fr-x-falc"])
def test_it_speaks_the_languages_of_the_other_pages(desk: Desk, language: str) -> None:
    desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    french = re.search(r"<h2>(.*?)</h2>", desk.page())
    for path in ("/messages", "/messages/new?line=t_Boat2", "/messages/new?trip=t_Boat2-1&date=2026-06-03"):
        page = desk.page(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert f'<html lang="{language}">' in page
        assert language == "fr-x-falc" or (french and french[1] not in page)


def test_every_field_of_its_forms_is_declared(desk: Desk) -> None:
    desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    pages = [desk.page(), desk.page("/messages/new?line=t_Boat2"), desk.page("/messages/new?stop=C")]
    pages.append(desk.say(200, **CROSSING, **SENT | {"step": "look", "until": "2026-06-03T08:50"}).text)
    for page in pages:
        for method, action, name in Forms(page).found:
            with desk.client().application.app_context():
                assert name in declared_fields(endpoint(desk.client().application, action, method)), (action, name)


def test_the_day_on_which_nothing_runs_is_called_as_one_calls_it(desk: Desk) -> None:
    """Of a timetable that ends with the year 2049."""
    assert "Aucune course samedi 1er janvier 2050." in desk.page("/messages/new?line=t_Bus1&day=2050-01-01")
    desk.clients.clear()
    desk.town.now = "2050-01-01 7:55"
    assert "Aucune course aujourd’hui." in desk.page("/messages/new?line=t_Bus1")
    assert "ne circule pas demain." in desk.page("/messages/new?trip=t_Boat2-1&date=2050-01-02", status=400)
