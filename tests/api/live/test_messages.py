"""What an operator types: it changes the search, outranks the feed in whatever order they come, and is taken back."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from api.web.message_texts import message_texts
from mobility.errors import InvalidQuery
from mobility.live.message_store import StoredMessages, add_message, end_message, rules
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.privacy.periods import OPERATOR_S
from mobility.storage.store import Store, open_store, sqlite_url
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import Make, board
from tests.api.terminal import hent
from tests.api.test_config import MINIMAL
from tests.mobility.live.now import update

BOAT = "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"
LATER = "Bus1 A 8:00 > C 8:20 | Boat2 D 8:45 > E 9:05"
NEXT_BOAT = "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"
RUN = ("--trip", "20260603_08:30_t_Boat2-1")
UNTIL = ("--until", "2026-06-03T12:00")


@pytest.fixture
def town(live_town: Make, monkeypatch: pytest.MonkeyPatch) -> LiveTown:
    made = live_town()
    (made.folder / "config.toml").write_text(MINIMAL)
    return made


def said(town: LiveTown, *words: str) -> tuple[int, str]:
    """Exit code and what is printed; the writer has looked since."""
    found = hent("messages", *words, "--config", town.folder / "config.toml", "--data", town.data)
    town.messages = StoredMessages(store_of(town), message_texts)
    town.writer.messages = town.messages
    if found.exit_code == 0:
        town.writer._typed_due_s = 0.0
        town.writer.look()
    return found.exit_code, found.output


def store_of(town: LiveTown) -> Store:
    return open_store(sqlite_url(town.data / "hent.sqlite3"))


def added(town: LiveTown, *words: str) -> str:
    code, printed = said(town, "add", *words, "--json")
    assert code == 0, printed
    return str(json.loads(printed)["id"])


def plan(town: LiveTown) -> object:
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"}
    return town.client.get("/api/v6/plan", query_string=asked).data


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock of the machine shows, messages are typed that morning."""
    monkeypatch.setattr(import_module("api.commands.messages"), "now_s", lambda: 1_780_466_100)


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
        (("--line", "Boat9", *UNTIL, "--effect", "cancelled"), "no such line"),
        ((*RUN, "--until", "2026-06-03T07:00", "--effect", "works"), "until: is not after the beginning"),
        ((*RUN, "--until", "soon", "--effect", "works"), "--until: is no ISO 8601 time"),
        ((*UNTIL, "--effect", "works"), "one of trip, line and stop is needed"),
    ],
)
def test_what_says_too_little_is_refused(town: LiveTown, words: tuple[str, ...], told: str) -> None:
    code, printed = said(town, "add", *words)
    assert code != 0 and told in printed


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


MANY = "\n".join(["", "    Bus1", "    A B", *(f"    8:{minute:02} 9:{minute:02}" for minute in range(12)), ""])


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


def test_a_moved_crossing_is_ridden_at_its_new_hour_and_taken_back_the_plan_is_as_before(town: LiveTown) -> None:
    before = plan(town)
    id = added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "08:45")
    assert town.plan()[0] == LATER
    assert board(town, stopId="t_D")[0] == "Boat2 8:30 8:45"
    said(town, "end", id)
    assert plan(town) == before


def test_a_crossing_moved_ahead_of_its_feeder_is_not_promised(town: LiveTown) -> None:
    """An hour earlier: a feed would not be believed, an operator is."""
    added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "07:30")
    assert town.plan()[0] == NEXT_BOAT


def test_a_crossing_leaves_from_another_quay(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:30 > E 8:50"
    assert board(town, stopId="t_D")[0] == "Boat2 9:30 9:30"


def test_a_feeds_delay_holds_where_only_the_quay_is_another(town: LiveTown) -> None:
    town.say(update("Boat2-1 start_date:20260603", "D dep+300"))
    added(town, *RUN, *UNTIL, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:35 > E 8:55"


def test_a_stop_moved_for_a_while_is_called_at_elsewhere_by_all(town: LiveTown) -> None:
    until = ("--from", "2026-06-03T08:00", "--until", "2026-06-03T09:00")
    added(town, "--stop", "D", *until, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:30 > E 8:50"
    assert board(town, stopId="t_D")[0] == "Boat2 9:30 9:30"


def test_a_trip_moved_runs_though_its_line_is_cancelled(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "08:45")
    added(town, "--line", "Boat2", *UNTIL, "--effect", "cancelled")
    assert board(town, stopId="t_D") == ["Boat2 8:30 8:45", "Boat2 9:30 9:30 cancelled"]


@pytest.mark.parametrize(("last", "found"), [("cancelled", NEXT_BOAT), ("moved", LATER)])
def test_of_two_words_about_one_trip_the_later_typed_holds(town: LiveTown, last: str, found: str) -> None:
    for effect in sorted(("cancelled", "moved"), key=lambda one: one == last):
        added(town, *RUN, *UNTIL, "--effect", effect, *(("--clock", "08:45") if effect == "moved" else ()))
    assert town.plan()[0] == found


@pytest.mark.parametrize(
    ("effect", "more", "french", "easy"),
    [
        ("moved", ("--clock", "08:45"), "Départ déplacé à 08:45 : météo", "L’heure change : départ à 08:45"),
        ("moved", ("--to-stop", "C"), "Autre quai, C : météo", "Le quai change : allez à C"),
        ("at_risk", ("--clock", "18:00"), "Risque de suppression : météo. Décision à 18:00", "Nous le saurons à 18:00"),
    ],
)
def test_the_new_hour_and_quay_are_told_in_every_language(
    town: LiveTown, effect: str, more: tuple[str, ...], french: str, easy: str
) -> None:
    added(town, *RUN, *UNTIL, "--effect", effect, "--cause", "weather", *more)
    told = {tag: header(town, tag) for tag in ("fr", "fr-x-falc", "br", "en")}
    assert told["fr"] == french and easy in told["fr-x-falc"]
    assert len(set(told.values())) == 4, told


def header(town: LiveTown, language: str) -> str:
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00", "language": language}
    found = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
    return next(alert["headerText"] for leg in found for alert in leg.get("alerts", ()))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--effect", "cancelled", "--clock", "08:45"), "clock: goes with"),
        (("--effect", "moved", "--clock", "8h45"), "clock: is no time of day"),
        (("--effect", "works", "--to-stop", "C"), "to_stop: goes with"),
    ],
)
def test_an_hour_or_a_quay_that_means_nothing_is_refused(town: LiveTown, words: tuple[str, ...], told: str) -> None:
    code, printed = said(town, "add", *RUN, *UNTIL, *words)
    assert code != 0 and told in printed


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


def test_what_the_command_offers_is_what_there_is_to_say() -> None:
    """Its words stand apart, so that `hent --help` need not open the domain."""
    offered = import_module("api.commands.messages")
    assert (tuple(MessageEffect), tuple(MessageCause)) == (offered.EFFECTS, offered.CAUSES)
