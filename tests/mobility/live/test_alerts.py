"""What news are about: AND within a selector, OR between selectors; when they are told, and in which language."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from api.present.alerts import alert_json, in_language
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.realtime.decode import read_realtime
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.live.alert_scopes import live_alerts
from mobility.live.timetable_index import TimetableIndex
from mobility.network.live_alerts import LiveAlerts, Subject
from mobility.network.terrain import OPEN_GROUND
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.gtfs.realtime.feeds import reference_data
from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import NO_WALKING

FAROE = ZoneInfo("Atlantic/Faroe")


@cache
def faroe() -> tuple[TimetableIndex, LiveAlerts]:
    source = FeedSource("f", "as stated")
    snapshot, _ = accept(reference_data("gtfs/faroe.zip"), source, ReadLimits(), date(2026, 3, 3))
    index = TimetableIndex(build([snapshot], OPEN_GROUND, "Atlantic/Faroe"), "f")
    said = read_realtime(reference_data("realtime/faroe_made/alerts.pb").read_bytes())
    return index, LiveAlerts.of(live_alerts(index, said.alerts)[0])


def probes() -> list[str]:
    return [str(number) for number in range(16)]


@pytest.mark.parametrize("probe", probes())
def test_the_alerts_of_a_storm_on_the_faroes_are_seen_where_they_belong(probe: str) -> None:
    """16 calls at a moment in a language, and the alerts to be seen: data/realtime/faroe_made/probes.csv."""
    with reference_data("realtime/faroe_made/probes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["probe"] == probe]
    index, alerts = faroe()
    first, network = rows[0], index.network
    line, stop = index.lines[first["route_id"]], index.stops.get(first["stop_id"])
    trips = index.trips.get(first["trip_id"], (-1,))
    day = datetime.strptime(first["start_date"], "%Y%m%d").date()  # noqa: DTZ007
    subject = Subject(
        feed=index.feed_row,
        agency=int(network.lines.agency[line]),
        type=int(first["route_type"]),
        line=line,
        direction=int(first["direction_id"]),
        trip=trips[0],
        day=day.toordinal(),
        stops=frozenset() if stop is None else frozenset({stop}),
    )
    seen_at = int(datetime.fromisoformat(first["seen_at_local"]).replace(tzinfo=FAROE).timestamp())
    found = {
        alert.id.removeprefix("f_"): alert_json(alert, first["language"])["headerText"]
        for alert in alerts.about(subject, seen_at)
    }
    expected = {row["alert"]: unescape(row["header"]) for row in rows if row["alert"]}
    assert found == expected


TWO_LINES = "Bus b1: A 8:00 > B 8:10\nTram t1: A 8:00 > C 8:10"


def told_about(selector: str, **subject: object) -> bool:
    index = TimetableIndex(build([feed(TWO_LINES)], NO_WALKING), "t")
    said = f'alert {{ {selector} header_text {{ translation {{ text: "Works" }} }} }}'
    alerts = LiveAlerts.of(live_alerts(index, read_realtime(realtime_feed(said)).alerts)[0])
    rows = defaultdict(lambda: -1, index.lines)
    stops = frozenset(index.stops[name] for name in str(subject.get("stops", "")))
    asked = Subject(feed=0, agency=0, type=3, line=rows[str(subject.get("line", ""))], stops=stops)
    return bool(alerts.about(asked, 0))


def test_an_alert_for_a_line_at_a_stop_is_not_for_the_whole_line() -> None:
    """maglev#568, OTP#3772."""
    selector = 'informed_entity { route_id: "Bus" stop_id: "B" }'
    assert told_about(selector, line="Bus", stops="B")
    assert not told_about(selector, line="Bus", stops="A")
    assert not told_about(selector, line="Tram", stops="B")
    either = 'informed_entity { route_id: "Bus" } informed_entity { stop_id: "C" }'
    assert told_about(either, line="Bus", stops="A") and told_about(either, line="Tram", stops="C")


def test_an_alert_about_what_the_network_does_not_have_is_about_nothing() -> None:
    assert not told_about('informed_entity { route_id: "Metro" }', line="Bus", stops="A")
    assert not told_about("informed_entity { }", line="Bus", stops="A")


@pytest.mark.parametrize(
    ("said", "language", "chosen"),
    [
        ((("", "one"),), "fr", "one"),
        ((("en", "one"), ("fr", "deux")), "br", "deux"),
        ((("fr-FR", "un"), ("en", "one")), "fr", "un"),
        ((("EN", "one"), ("", "other")), "en", "one"),
        ((("de", "eins"), ("", "other")), "fr", "other"),
        ((("de", "eins"),), "fr", "eins"),
    ],
)
def test_the_language_is_the_tag_its_base_the_usual_one_or_any(
    said: tuple[tuple[str, str], ...], language: str, chosen: str
) -> None:
    """HSLdevcom/digitransit-ui#436, #1328: none at all where only one was there."""
    assert in_language(said, language) == chosen
