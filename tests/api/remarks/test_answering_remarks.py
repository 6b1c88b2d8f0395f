"""What operators do with a remark on their page: answer, pass on by mail, make it a message or a name, close; and what
of it is open data."""

from __future__ import annotations

import csv
import io

import pytest

from mobility.live.message_store import messages_in_force
from mobility.operators.log import actions
from mobility.operators.tokens import Role
from mobility.places.typed_aliases import TYPED
from tests.api.operators.test_page import PAGE, sent
from tests.api.remarks.conftest import Desk, MakeDesk, field_of
from tests.mail import Inbox


def test_an_answer_is_shown_to_who_has_the_code(desk: Desk) -> None:
    code = desk.code()
    assert desk.do("answer", text="Réparé lundi.").headers["Location"].endswith("?done=answered")
    page = desk.follow(code)
    assert "Répondu" in page and "Réparé lundi." in page
    assert "Réparé lundi." in desk.open()


def test_an_empty_answer_is_told_at_its_field(desk: Desk) -> None:
    desk.say()
    assert 'id="text-fault"' in desk.do("answer", 400, text=" ").text


def test_it_is_passed_on_by_mail_with_nothing_of_who_wrote_it(desk: Desk, inbox: Inbox) -> None:
    code = desk.code(about="trip", id="", kind="answer", trip="A → C, 8:00", withTrip="1", text="06 98 71 23 45")
    assert desk.do("forward", mail="voirie@ville.example").headers["Location"].endswith("?done=forwarded")
    (letter,) = inbox.letters
    assert (letter["To"], letter["From"]) == ("voirie@ville.example", "hent@example.org")
    assert letter["Subject"].startswith("Signalement ") and "\n" not in letter["Subject"]
    text = inbox.text()
    assert "Trajet proposé étrange, signalé le 3 juin 2026." in text and "A → C, 8:00" in text and "[…]" in text
    assert code not in text and "06 98" not in text
    assert "transmis au service qui peut agir" in desk.follow(code)


def test_a_mail_that_does_not_leave_is_said_and_noted_nowhere(desk: Desk, inbox: Inbox) -> None:
    code = desk.code()
    inbox.refusing = True
    page = desk.do("forward", 503, mail="voirie@ville.example").text
    assert "Le courriel n’est pas parti" in page and 'value="voirie@ville.example"' in page
    assert "transmis" not in desk.follow(code)
    assert 'id="mail-fault"' in desk.do("forward", 400, mail="voirie, a@b.example").text


def test_without_a_mail_server_nobody_is_offered_to_send_any(make_desk: MakeDesk) -> None:
    desk = make_desk(mail=False)
    desk.say()
    page = desk.open()
    assert "/forward" not in page and "Aucun serveur de courriel" in page


def test_it_becomes_a_message_that_is_looked_at_before_it_is_sent(desk: Desk) -> None:
    code = desk.code(text="Le quai est fermé")
    shown = desk.open()
    assert "En faire un message aux voyageurs" in shown
    typed = {"remark": desk.id(), "stop": "t_A", "text": "Le quai est fermé"}
    form = sent(desk.operator(), "/messages/new", 200, step="edit", **typed).text
    assert "Le quai est fermé</textarea>" in form and field_of(form, "remark") == desk.id()
    assert "message aux voyageurs" not in desk.follow(code), "nothing was sent yet"
    say = {**typed, "effect": "works", "cause": "works", "part": "day", "day": "2026-06-03"}
    sent(desk.operator(), "/messages/new", step="send", **say)
    (message,) = messages_in_force(desk.kept.store, desk.now)
    assert (message.stop, message.text) == ("t_A", (("", "Le quai est fermé"),))
    assert "devenu un message aux voyageurs" in desk.follow(code)


def test_what_people_say_for_a_place_is_understood_from_then_on_in_the_service_that_runs(desk: Desk) -> None:
    code = desk.code(kind="position", text="Tout le monde dit Knurrhahn")

    def found() -> list[str]:
        return [one["name"] for one in desk.person.get("/api/v1/geocode?text=Knurrhahn").json]

    assert found() == []
    assert desk.do("alias", alias="Knurrhahn", name="A").headers["Location"].endswith("?done=aliased")
    assert found()[:1] == ["A"]
    assert (desk.kept.data / TYPED).read_text("utf-8") == "alias,name\nKnurrhahn,A\n"
    assert "le nom que vous employez est maintenant compris" in desk.follow(code)


def test_a_name_that_leads_nowhere_is_told_at_its_field(desk: Desk) -> None:
    desk.say()
    assert 'id="name-fault"' in desk.do("alias", 400, alias="Knurrhahn", name="Xyzzy").text
    assert 'id="alias-fault"' in desk.do("alias", 400, alias="?!", name="A").text
    assert not (desk.kept.data / TYPED).exists()


def test_it_is_closed_and_says_how(desk: Desk) -> None:
    code = desk.code()
    desk.do("close", ending="nothing")
    assert "Clos" in desk.follow(code) and "ne changent rien" in desk.follow(code)
    listed = desk.operator().get("/operateurs/remarks").text
    assert "Aucun signalement ouvert" in listed and "Clos · 1" in listed
    assert 'id="ending-fault"' in desk.do("close", 400, ending="mended").text


def test_the_log_says_who_did_what_with_which_and_no_word_of_it(desk: Desk) -> None:
    desk.say(text="Marche cassée")
    desk.do("answer", text="Réparé lundi.")
    desk.do("forward", mail="voirie@ville.example")
    desk.do("alias", alias="Knurrhahn", name="A")
    desk.do("close", ending="done")
    done = [(one.operator, one.verb, one.subject) for one in actions(desk.kept.store)][:4]
    verbs = ("close-remark", "alias-remark", "forward-remark", "answer-remark")
    assert done == [("Load", verb, desk.id()) for verb in verbs]
    page = desk.operator(Role.ADMIN).get("/operateurs/log").text
    for words in ("Signalement clos", "Signalement transmis par courriel", "Réponse à un signalement"):
        assert words in page
    assert page.count(f'<a href="/operateurs/remarks/{desk.id()}">Arrêt A</a>') == 4, "by its place, which goes with it"


@pytest.mark.parametrize("act", ["answer", "forward", "alias", "close"])
def test_who_may_only_look_may_not_act_nor_may_a_form_without_its_key(desk: Desk, act: str) -> None:
    desk.say()
    assert "<textarea" not in desk.open(Role.READ)
    path, fields = f"/remarks/{desk.id()}/{act}", {"text": "x", "ending": "done", "mail": "a@b.example"}
    typed = {name: value for name, value in fields.items() if (name, act) in _fields()}
    sent(desk.operator(Role.READ), path, 403, **typed)
    answer = desk.operator().post(f"/operateurs{path}", data=typed | {"key": "0" * 64}, headers=PAGE)
    assert answer.status_code == 403
    assert desk.person.post(f"/operateurs{path}", data=typed).headers["Location"] == "/operateurs"
    assert desk.desk.remarks.every()[0].state == "seen"


def _fields() -> set[tuple[str, str]]:
    return {("text", "answer"), ("mail", "forward"), ("ending", "close")}


def test_the_board_says_how_many_are_to_be_read(desk: Desk) -> None:
    assert "Signalements : tous lus." in desk.operator().get("/operateurs").text
    desk.say(text="eins")
    desk.say(text="zwei")
    assert "Signalements : 2 à lire." in desk.operator().get("/operateurs").text


def test_open_data_have_counts_alone_of_what_an_operator_has_looked_at(desk: Desk) -> None:
    for text in ("Marche cassée", "Abri sale"):
        desk.say(text=text)
    assert desk.person.get("/data/remarks.csv").text.splitlines() == ["month,kind,about,remarks"]
    desk.open()
    answer = desk.person.get("/data/remarks.csv")
    assert (answer.mimetype, answer.headers["Access-Control-Allow-Origin"]) == ("text/csv", "*")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert rows == [{"month": "2026-06", "kind": "damage", "about": "stop", "remarks": "1"}]
    found = {one["id"]: one for one in desk.person.get("/data/catalog.json").json["datasets"]}
    assert found["remarks"]["distributions"][0]["url"].endswith("/data/remarks.csv")
