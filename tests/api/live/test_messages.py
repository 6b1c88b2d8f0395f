"""What an operator types: it changes the search, outranks the feed in whatever order they come, and is taken back."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from gtfs.realtime.decode import read_realtime
from mobility.errors import InvalidQuery
from mobility.live.message_store import add_message, end_message, rules
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.live.raw import kept_messages
from mobility.privacy.periods import OPERATOR_S
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import Make, board
from tests.api.live.told import shown, text
from tests.api.live.typed import MANY, NEXT_BOAT, RUN, UNTIL, added, plan, said, store_of
from tests.api.terminal import hent
from tests.api.test_config import MINIMAL
from tests.mobility.live.now import update

pytestmark = pytest.mark.usefixtures("morning")


def test_a_cancelled_crossing_is_not_ridden_and_taken_back_the_plan_is_as_before_byte_for_byte(town: LiveTown) -> None:
    before = plan(town)
    id = added(town, *RUN, *UNTIL, "--effect", "cancelled", "--cause", "weather")
    assert town.plan()[0] == NEXT_BOAT
    assert said(town, "end", id)[0] == 0
    assert plan(town) == before


def test_it_outranks_the_feed_in_both_orders(town: LiveTown) -> None:
    """hove-io/navitia#4006."""
    on_time = update("Boat2-1 start_date:20260603", "D dep+0")
    town.say(on_time)
    added(town, *RUN, *UNTIL, "--effect", "cancelled")
    assert town.plan()[0] == NEXT_BOAT
    town.now = "2026-06-03 7:56"
    town.say(on_time)
    assert town.plan()[0] == NEXT_BOAT


def test_half_a_day_of_a_line(town: LiveTown) -> None:
    added(town, "--line", "Boat2", "--from", "2026-06-03T06:00", "--until", "2026-06-03T09:00", "--effect", "cancelled")
    assert board(town, stopId="t_D") == ["Boat2 8:30 8:30 cancelled", "Boat2 9:30 9:30"]
    assert town.plan()[0] == NEXT_BOAT


def test_a_closed_stop_is_passed(town: LiveTown) -> None:
    added(town, "--stop", "C", "--from", "2026-06-03T06:00", "--until", "2026-06-03T09:00", "--effect", "cancelled")
    assert town.plan()[0] == NEXT_BOAT
    rows = town.client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-03T07:55:00+02:00", n=1)["stopTimes"]
    assert rows[0]["tripTo"]["name"] == "B"


def test_what_may_be_cancelled_is_told_and_still_ridden(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "at_risk", "--cause", "weather", "--text", "Décision à 18 h")
    found = town.client.ask(
        "/api/v6/plan", fromPlace="t_D", toPlace="t_E", time="2026-06-03T08:20:00+02:00", language="fr"
    )
    (leg,) = found["itineraries"][0]["legs"]
    (alert,) = leg["alerts"]
    assert (alert["headerText"], alert["descriptionText"]) == ("Risque de suppression : météo", "Décision à 18 h")
    assert (alert["cause"], alert["severityLevel"], leg["cancelled"]) == ("WEATHER", "WARNING", False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*RUN, "--effect", "cancelled"), "--until"),
        (("--trip", "Boat2-1", *UNTIL, "--effect", "cancelled"), "--date: is required with a trip"),
        (
            ("--trip", "nonsense", *UNTIL, "--effect", "cancelled"),
            "--trip: there is no trip nonsense. A trip has its id",
        ),
        (("--trip", "Boat2-11", *UNTIL, "--effect", "cancelled"), "no trip Boat2-11: did you mean Boat2-1"),
        (("--line", "Boat9", *UNTIL, "--effect", "cancelled"), "no such line: Boat9; did you mean t_Boat2"),
        (("--line", "boat", *UNTIL, "--effect", "cancelled"), "no such line: boat; did you mean t_Boat2?"),
        (("--line", "Tram", *UNTIL, "--effect", "cancelled"), "no such line: Tram"),
        ((*RUN, "--until", "2026-06-03T07:00", "--effect", "works"), "until: is not after the beginning"),
        ((*RUN, "--until", "soon", "--effect", "works"), "--until: is no ISO 8601 time"),
        ((*UNTIL, "--effect", "works"), "one of --line, --stop and --trip is missing"),
        (("--line", "Boat2", "--stop", "C", *UNTIL, "--effect", "works"), "a message has one of --line, --stop"),
        (("--line", "Boat2"), "--effect, --until are missing"),
        ((), "one of --line, --stop and --trip, --effect, --until are missing"),
        ((), "Usage: main messages add (--line LINE | --stop STOP | --trip TRIP --date DATE)"),
    ],
)
def test_what_says_too_little_is_refused(town: LiveTown, words: tuple[str, ...], told: str) -> None:
    code, printed = said(town, "add", *words)
    assert code != 0 and told in printed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--line", "Boat2", "--effect", "works"), ("Travaux", "CONSTRUCTION", "OTHER_EFFECT")),
        (("--line", "Boat2", "--effect", "works", "--cause", "weather"), ("Travaux", "WEATHER", "OTHER_EFFECT")),
        (("--line", "Boat2", "--effect", "event"), ("Événement", "SPECIAL_EVENT", "OTHER_EFFECT")),
        (
            ("--stop", "C", "--effect", "moved", "--to-stop", "D"),
            ("Autre quai, D : raison non précisée", "OTHER_CAUSE", "STOP_MOVED"),
        ),
        (
            ("--stop", "C", "--effect", "cancelled", "--cause", "works"),
            ("Arrêt non desservi : travaux", "CONSTRUCTION", "NO_SERVICE"),
        ),
    ],
)
def test_cause_and_effect_are_what_was_said_in_words_and_in_what_other_programs_read(
    town: LiveTown, words: tuple[str, ...], told: tuple[str, str, str]
) -> None:
    """Works are works, and change no timetable by themselves."""
    added(town, *words, *UNTIL)
    (alert,) = read_realtime(town.client.get("/data/realtime/t.pb").data).alerts
    french = next(text for language, text in alert.header if language == "fr")
    assert (french, alert.cause, alert.effect) == told


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("fr", "Information Travaux"),
        ("br", "Kelaouenn Labourioù"),
        ("en", "Information Works"),
        ("fr-x-falc", "À savoir Il y a des travaux"),
    ],
)
def test_works_are_told_as_works_in_each_language(town: LiveTown, language: str, label: str) -> None:
    added(town, "--line", "Boat2", "--effect", "works", *UNTIL)
    page = text(shown(town, "/disruptions", language))
    assert label in page


def test_a_message_about_one_stop_names_it_wherever_the_stop_is_not_what_one_looks_at(town: LiveTown) -> None:
    added(town, "--stop", "E", "--effect", "works", "--from", "2026-06-03T06:00", *UNTIL)
    assert "Travaux E" in text(shown(town, "/lines/t_Boat2"))
    assert "Travaux E" in text(shown(town, "/offline"))
    assert "Travaux Du" in text(shown(town, "/stops/t_E"))
    form = {"from": "A", "to": "E", "when": "leave", "moment": "2026-06-03T07:58"}
    answer = town.client.post("/?lang=fr", data=form, headers={"Accept": "text/html"}).text
    assert "Travaux E" in text(answer)


def test_messages_are_listed_until_they_end(town: LiveTown) -> None:
    id = added(town, "--line", "Boat2", *UNTIL, "--effect", "works")
    (one,) = json.loads(said(town, "list", "--json")[1])
    assert (one["id"], one["line"], one["effect"], one["until"]) == (
        id,
        "t_Boat2",
        "works",
        "2026-06-03T12:00:00+02:00",
    )
    said(town, "end", id)
    assert json.loads(said(town, "list", "--json")[1]) == []
    assert said(town, "end", id)[0] == 1


def test_a_mass_cancellation_is_believed_when_an_operator_says_so(live_town: Make) -> None:
    town = live_town(lines=MANY)
    realtime = '[[realtime]]\nfeed = "t"\nlicence = "test"\ntrip_updates = "rt.pb"'
    (town.folder / "config.toml").write_text(MINIMAL + realtime)
    gone = [update(f"Bus1-{n} start_date:20260603 schedule_relationship:CANCELED") for n in range(1, 13)]
    town.say(*gone)
    assert "cancelled" not in board(town, stopId="t_A")[0]
    code, _ = said(town, "list")
    assert code == 0
    found = hent("live", "confirm", "t", "--config", town.folder / "config.toml", "--data", town.data, "--days", 31)
    assert found.exit_code == 0, found.output
    town.writer._typed_due_s = 0.0
    town.writer.look()
    assert "cancelled" in board(town, stopId="t_A")[0]
    shown = json.loads(
        hent("live", "status", "--config", town.folder / "config.toml", "--data", town.data, "--json").output
    )
    assert [(one["feed"], one["updates"], one["matched"]) for one in shown["feeds"]] == [("t", 12, 12)]


def test_a_mass_cancellation_is_believed_after_new_files_not_after_looks(live_town: Make) -> None:
    town = live_town(lines=MANY)
    gone = [update(f"Bus1-{n} start_date:20260603 schedule_relationship:CANCELED") for n in range(1, 13)]
    town.say(*gone)
    for _ in range(6):
        town.writer._said = None  # composed anew, as when another feed or an operator says something
        town.writer.look()
    assert "cancelled" not in board(town, stopId="t_A")[0]
    for minute in range(56, 60):
        town.now = f"2026-06-03 7:{minute}"
        town.say(*gone)
    town.writer.look()
    assert "cancelled" in board(town, stopId="t_A")[0]


def test_a_cancelled_line_runs_no_trip_that_its_feed_adds(town: LiveTown) -> None:
    day = "start_date:20260603"
    copied = 'trip_properties { trip_id: "b8" start_date: "20260603" start_time: "08:35:00" }'
    town.say(update(f"Boat2-1 {day} schedule_relationship:DUPLICATED", "D dep+0", more=copied))
    assert town.plan()[0].startswith("Bus1 A 8:00 > C 8:20 | Boat2 D 8:3")
    added(town, "--line", "Boat2", *UNTIL, "--effect", "cancelled")
    assert [one for one in town.plan() if "Boat2 D 8:" in one] == []


def test_the_file_of_messages_names_nobody_and_no_other_user_reads_it(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "cancelled")
    town.say()
    raw = town.data / "live" / "raw"
    assert json.loads((raw / "messages.json").read_bytes())[0]["message"]["by"] == ""
    assert {one.stat().st_mode & 0o077 for one in raw.glob("*")} == {0}
    assert not [one for one in raw.glob("*.json") if b"rt.pb" in one.read_bytes()]


def test_the_file_of_messages_is_written_again_where_somebody_removed_it(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "cancelled", "--cause", "weather")
    (town.data / "live" / "raw" / "messages.json").unlink()
    town.say(update("Bus1-1 start_date:20260603", "B dep+60"))
    ((message, _),) = kept_messages(town.data)
    assert (message.trip, message.cause) == ("t_Boat2-1", MessageCause.WEATHER)


def test_a_message_taken_back_is_forgotten_as_long_after_its_end_as_any(town: LiveTown) -> None:
    said(town, "list")  # makes the tables
    store, year_s = store_of(town), 365 * 86_400
    message = OperatorMessage("", MessageEffect.EVENT, MessageCause.EVENT, 0, year_s, line="t_Boat2", by="Anne")
    end_message(store, add_message(store, message).id, 100)
    (rule,) = rules()
    with store.writing() as connection:
        assert rule.apply(connection, 100 + OPERATOR_S - 1) == 0
        assert rule.apply(connection, 100 + OPERATOR_S) == 1


def test_no_message_is_taken_in_that_would_not_be_told(town: LiveTown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mobility.live.message_store.MOST", 1)
    message = OperatorMessage("", MessageEffect.EVENT, MessageCause.EVENT, 0, 1000, line="t_Boat2")
    said(town, "list")  # makes the tables
    add_message(store_of(town), message)
    with pytest.raises(InvalidQuery, match="in force"):
        add_message(store_of(town), message)


def test_a_message_that_takes_away_most_of_a_day_is_asked_about_again(live_town: Make) -> None:
    town = live_town(lines=MANY)
    (town.folder / "config.toml").write_text(MINIMAL)
    line = ("--line", "Bus1", "--from", "2026-06-03T06:00", *UNTIL, "--effect", "cancelled")
    code, printed = said(town, "add", *line)
    assert code != 0 and "takes away 12 of 12 runs of 2026-06-03: say --sure" in printed
    assert "cancelled" not in board(town, stopId="t_A")[0]
    added(town, *line, "--sure")
    assert "cancelled" in board(town, stopId="t_A")[0]


def test_half_of_a_day_is_not_most_of_it_but_two_halves_are(live_town: Make) -> None:
    town = live_town(lines=MANY)
    (town.folder / "config.toml").write_text(MINIMAL)
    early = ("--line", "Bus1", "--from", "2026-06-03T06:00", "--until", "2026-06-03T08:06", "--effect", "cancelled")
    late = ("--line", "Bus1", "--from", "2026-06-03T08:06", *UNTIL, "--effect", "cancelled")
    added(town, *early)
    code, printed = said(town, "add", *late)
    assert code != 0 and "takes away 12 of 12 runs" in printed


def test_of_a_line_it_is_said_how_many_departures_are_cancelled(town: LiveTown) -> None:
    line = ("--line", "Boat2", "--from", "2026-06-03T06:00", *UNTIL, "--effect", "cancelled")
    code, printed = said(town, "add", *line)
    assert (code, printed.splitlines()[0]) == (0, "2 departures are cancelled or shortened")
    assert json.loads(said(town, "add", *line, "--json")[1])["departures"] == 2
    assert said(town, "add", *RUN, *UNTIL, "--effect", "cancelled")[1].count("\n") == 1, "of one crossing its id alone"


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("y", 0)])
def test_who_types_it_at_a_terminal_is_asked_whether_that_is_meant(
    town: LiveTown, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(import_module("api.commands.messages"), "_is_typed", lambda: True)
    line = ("--line", "Boat2", "--from", "2026-06-03T06:00", *UNTIL, "--effect", "cancelled")
    assert said(town, "add", *line, typed=answer)[0] == code
    assert len(json.loads(said(town, "list", "--json")[1])) == (1 if code == 0 else 0)


def test_what_the_command_offers_is_what_there_is_to_say() -> None:
    """Its words stand apart, so that `hent --help` need not open the domain."""
    offered = import_module("api.commands.messages")
    assert (tuple(MessageEffect), tuple(MessageCause)) == (offered.EFFECTS, offered.CAUSES)
