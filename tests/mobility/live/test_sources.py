"""What a source says is believed or held: cut off, empty, old, from the future, half of it; and how old it grows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gtfs.realtime.decode import read_realtime
from gtfs.realtime.records import RealtimeFeed
from mobility.feeds.build.network import build
from mobility.live.composed import Composer, Sayings
from mobility.live.source import RealtimeSource
from mobility.live.source_fault import NO_FAULT
from mobility.live.sources import Heard, asked, said, taken_in
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import NO_WALKING, Now, update

AT = 1_780_466_100


def told(runs: int, at_s: int = AT) -> bytes:
    return realtime_feed(*(update(f"b{number}", "A dep+60") for number in range(runs)), header=f"timestamp: {at_s}")


def after(*bodies: bytes, now_s: int = AT) -> Heard:
    heard = Heard()
    for body in bodies:
        heard = taken_in(heard, body, now_s)
    return heard


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (told(3)[:20], "unreadable"),
        (b"", "unreadable"),
        (told(5, AT - 60), "older_than_before"),
        (told(5, AT + 3600), "from_the_future"),
        (told(0, AT + 1), "much_is_missing"),
    ],
)
def test_what_cannot_be_believed_changes_nothing(body: bytes, reason: str) -> None:
    found = after(told(3), body)
    assert (len(found.feed.trip_updates), found.fault.text, found.counts) == (3, reason, {reason: 1})


def test_one_empty_file_is_held_and_three_are_believed() -> None:
    """SoundTransit/soundtransit-rds#25."""
    empty = [told(0, AT + second) for second in (1, 2, 3)]
    assert len(after(told(3), *empty[:2]).feed.trip_updates) == 3
    assert len(after(told(3), *empty).feed.trip_updates) == 0
    assert len(after(told(3), empty[0], told(3, AT + 5), empty[1]).feed.trip_updates) == 3


def test_half_a_file_is_held() -> None:
    """mfdz/GTFS-Issues#157: 1.5 MB to 74 kB within two minutes."""
    assert len(after(told(100), told(5, AT + 30)).feed.trip_updates) == 100
    assert len(after(told(100), told(60, AT + 30)).feed.trip_updates) == 60


def test_what_is_held_is_believed_once_it_has_stood_for_three_looks(tmp_path: Path) -> None:
    source, file = RealtimeSource("t", str(tmp_path / "rt.pb"), every_s=1), tmp_path / "rt.pb"
    heard = Heard()
    for body, now_s in ((told(3), AT), (told(0, AT + 1), AT + 1.0)):
        file.write_bytes(body)
        heard = asked(source, str(file), heard, now_s)
    assert len(heard.feed.trip_updates) == 3
    assert len(asked(source, str(file), heard, AT + 2.0).feed.trip_updates) == 3
    assert len(asked(source, str(file), heard, AT + 4.0).feed.trip_updates) == 0


def test_a_file_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    source = RealtimeSource("t", str(tmp_path / "rt.pb"))
    assert asked(source, source.trip_updates, Heard(), AT).fault == NO_FAULT


def test_what_is_too_old_is_no_longer_told_and_news_last_longer() -> None:
    source = RealtimeSource("t", "rt.pb", "rt.pb", stale_s=300)
    body = realtime_feed(update("b1"), 'alert { header_text { translation { text: "a" } } }', header=f"timestamp: {AT}")
    heard = {"rt.pb": after(body)}
    found = [said(source, heard, AT + age_s) for age_s in (300, 301, 3601)]
    ages = [(len(one.trip_updates), len(one.alerts)) for one in found]
    assert ages == [(1, 1), (0, 1), (0, 0)]


MANY = "\n".join(f"Bus b{number}: A 8:{number:02} > B 9:{number:02}" for number in range(20))


def cancelled(count: int, confirmed: bool = False) -> tuple[int, int]:
    """Runs cancelled by a file that cancels so many of 20, and how many were held."""
    gone = [update(f"b{number} start_date:20260615 schedule_relationship:CANCELED") for number in range(count)]
    now = Now(feed(MANY), gone)
    body = read_realtime(realtime_feed(*gone, header=f"timestamp: {now.at_s}"))
    sayings = Sayings({"t": body}, confirmed=frozenset({"t"}) if confirmed else frozenset())
    state, (report,) = Composer(now.network).state(sayings, now.at_s)
    return len(state.runs), report.held


def test_more_than_half_of_a_days_runs_cancelled_at_once_are_held_until_confirmed() -> None:
    """mfdz/GTFS-Issues#270."""
    assert cancelled(10) == (10, 0)
    assert cancelled(11) == (0, 11)
    assert cancelled(11, confirmed=True) == (11, 0)


def test_two_feeds_do_not_erase_each_other() -> None:
    """OTP#2175."""
    both = build([feed("Bus b1: A 8:00 > B 8:10", id="x"), feed("Tram t1: C 8:00 > D 8:10", id="y")], NO_WALKING)
    x = read_realtime(realtime_feed(update("b1 start_date:20260615", "A dep+60"), header=f"timestamp: {AT}"))
    y = read_realtime(realtime_feed(update("t1 start_date:20260615", "C dep+60"), header=f"timestamp: {AT}"))
    for feeds in ({"x": x, "y": y}, {"y": y, "x": x}, {"x": x, "y": y, "z": RealtimeFeed()}):
        state, _ = Composer(both).state(Sayings(feeds), AT)
        assert sorted(state.runs.trip.tolist()) == [0, 1]


def test_a_feed_that_counts_in_milliseconds_stops_no_other_feed() -> None:
    both = build([feed("Bus b1: A 8:00 > B 8:10", id="x"), feed("Tram t1: C 8:00 > D 8:10", id="y")], NO_WALKING)
    x = read_realtime(
        realtime_feed(
            update("b1", f"A dep@{AT * 1000}"),
            update("b9 route_id:Bus schedule_relationship:NEW", f"A dep@{AT * 1000}", f"B arr@{AT * 1000 + 60}"),
            update("b1 start_date:99991231", "A dep+60"),
            header=f"timestamp: {AT}",
        )
    )
    y = read_realtime(realtime_feed(update("t1 start_date:20260615", "C dep+60"), header=f"timestamp: {AT}"))
    state, reports = Composer(both).state(Sayings({"x": x, "y": y}), AT)
    assert state.runs.trip.tolist() == [1]
    assert reports[0].reasons == {"absurd_time": 2, "unreadable": 1}


def test_a_new_run_years_away_from_its_day_is_not_told() -> None:
    said = update("b9 route_id:Bus start_date:20260615 schedule_relationship:NEW", "A dep@7", "B arr@4102444799")
    now = Now(feed("Bus b1: A 8:00 > B 8:10"), [said])
    assert (now.runs, now.reasons) == ([], {"absurd_delay": 1})


def test_a_fault_of_one_feed_is_told_and_the_others_go_out() -> None:
    both = build([feed("Bus b1: A 8:00 > B 8:10", id="x"), feed("Tram t1: C 8:00 > D 8:10", id="y")], NO_WALKING)
    x = read_realtime(realtime_feed(update("b1 start_date:20260615", "A dep+60"), header=f"timestamp: {AT}"))
    y = read_realtime(realtime_feed(update("t1 start_date:20260615", "C dep+60"), header=f"timestamp: {AT}"))
    composer = Composer(both)
    composer.index("x").trips["b1"] = (77,)  # a row that the network does not have
    state, reports = composer.state(Sayings({"x": x, "y": y}), AT)
    assert (state.runs.trip.tolist(), reports[0].reasons) == ([1], {"fault": 1})


NEWS = 'alert { header_text { translation { text: "a" } } }'


@pytest.mark.parametrize("header", ["", f"timestamp: {AT}"])
def test_news_last_as_long_as_their_source_says_the_same(header: str) -> None:
    source, later_s = RealtimeSource("t", alerts="rt.pb", stale_s=300), AT + 4000
    heard = taken_in(after(realtime_feed(NEWS, header=header)), realtime_feed(NEWS, header=header), later_s - 10)
    assert len(said(source, {"rt.pb": heard}, later_s).alerts) == 1


def test_delays_that_bear_an_old_time_are_not_renewed_by_being_said_again() -> None:
    source, again = RealtimeSource("t", "rt.pb", stale_s=300), taken_in(after(told(3)), told(3), AT + 400)
    assert said(source, {"rt.pb": again}, AT + 400).trip_updates == ()
