"""Rules of MobilityData's GTFS-Realtime validator that concern what we publish: no vehicles, one file at a time.

Source: MobilityData/gtfs-realtime-validator, RULES.md. `test_rules.py` holds that this finds what that one finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from google.transit import gtfs_realtime_pb2 as pb

from tests.gtfs.realtime.published import Timetable, seconds

Said = Iterator[str]
TRIP, CALL = pb.TripDescriptor, pb.TripUpdate.StopTimeUpdate
MINIMUM_S, MAXIMUM_S = 1_000_000_000, 10_000_000_000


@dataclass(frozen=True)
class Checked:
    """now_s: when it was read."""

    message: pb.FeedMessage
    timetable: Timetable
    now_s: int
    found: set[str] = field(default_factory=set)

    @property
    def updates(self) -> list[pb.TripUpdate]:
        return [one.trip_update for one in self.message.entity if one.HasField("trip_update")]

    @property
    def alerts(self) -> list[pb.Alert]:
        return [one.alert for one in self.message.entity if one.HasField("alert")]

    @property
    def trips(self) -> list[pb.TripDescriptor]:
        told = [update.trip for update in self.updates]
        vehicles = [one.vehicle.trip for one in self.message.entity if one.vehicle.HasField("trip")]
        return told + vehicles


def broken(body: bytes, timetable: Timetable, now_s: int) -> set[str]:
    """The codes of the rules that a file breaks."""
    message = pb.FeedMessage.FromString(body)
    checked = Checked(message, timetable, now_s)
    return {code for rule in RULES for code in rule(checked)}


def header(at: Checked) -> Said:
    said, second = at.message.header, at.message.header.gtfs_realtime_version == "2.0"
    if said.gtfs_realtime_version not in ("1.0", "2.0"):
        yield "E038"
    if not said.HasField("timestamp"):
        yield "W001"
        if second:
            yield "E048"
    elif at.now_s - said.timestamp > 65:
        yield "W008"
    if second and not said.HasField("incrementality"):
        yield "E049"
    if said.incrementality == pb.FeedHeader.FULL_DATASET and any(
        one.HasField("is_deleted") for one in at.message.entity
    ):
        yield "E039"


def moments(at: Checked) -> Said:
    said = at.message.header.timestamp
    vehicles = [one.vehicle for one in at.message.entity if one.HasField("vehicle")]
    if any(not one.HasField("timestamp") for one in (*at.updates, *vehicles)):
        yield "W001"
    found = [one.timestamp for one in (*at.updates, *vehicles) if one.HasField("timestamp")]
    events = [
        event.time
        for update in at.updates
        for call in update.stop_time_update
        for event in (call.arrival, call.departure)
        if event.HasField("time")
    ]
    if any(not MINIMUM_S < one < MAXIMUM_S for one in [*found, *events, *([said] if said else [])]):
        yield "E001"
    if said and any(said < one for one in found):
        yield "E012"
    if any(at.now_s + 60 < one < MAXIMUM_S * 1000 for one in [*found, said]):
        yield "E050"


def descriptors(at: Checked) -> Said:
    for trip in at.trips:
        if not trip.trip_id:
            yield "W006"
        if not trip.HasField("schedule_relationship"):
            yield "W009"
        if trip.route_id and trip.route_id not in at.timetable.routes:
            yield "E004"
        if trip.start_time and not re.fullmatch(r"\d?\d:\d\d:\d\d", trip.start_time):
            yield "E020"
        if trip.start_date and not re.fullmatch(r"\d{8}", trip.start_date):
            yield "E021"
        yield from known_trip(at.timetable, trip)


def known_trip(timetable: Timetable, trip: pb.TripDescriptor) -> Said:
    known = timetable.trips.get(trip.trip_id)
    is_added = trip.schedule_relationship == TRIP.ADDED
    if trip.trip_id and known is None and not is_added:
        yield "E003"
    if known is None:
        return
    if is_added:
        yield "E016"
    if trip.route_id and known["route_id"] != trip.route_id:
        yield "E035"
    if trip.HasField("direction_id") and known.get("direction_id", "") != str(trip.direction_id):
        yield "E024"
    runs = timetable.repeated.get(trip.trip_id)
    if timetable.is_approximate(trip.trip_id):
        if not (trip.start_time and trip.start_date):
            yield "E006"
        if trip.HasField("schedule_relationship") and trip.schedule_relationship != TRIP.UNSCHEDULED:
            yield "E013"
    elif runs and trip.start_time:
        apart = [(seconds(trip.start_time) - seconds(row["start_time"]), int(row["headway_secs"])) for row in runs]
        if all(late_s % every_s for late_s, every_s in apart):
            yield "E019"
    elif trip.start_time and trip.start_time.zfill(8) != timetable.calls[trip.trip_id][0]["arrival_time"].zfill(8):
        yield "E023"


def calls(at: Checked) -> Said:
    for update in at.updates:
        said = update.stop_time_update
        if not said and update.trip.schedule_relationship not in (TRIP.CANCELED, TRIP.DELETED):
            yield "E041"
        sequences = [one.stop_sequence for one in said if one.HasField("stop_sequence")]
        if any(before >= after for before, after in pairwise(sequences)):
            yield "E002"
        for before, after in pairwise(said):
            if before.HasField("stop_sequence") and before.stop_sequence == after.stop_sequence:
                yield "E036"
            if before.stop_id and before.stop_id == after.stop_id:
                yield "E037"
        for one in said:
            yield from call(at.timetable, one)
        yield from against(at.timetable, update)


def call(timetable: Timetable, said: pb.TripUpdate.StopTimeUpdate) -> Said:
    relation, events = said.schedule_relationship, [name for name in ("arrival", "departure") if said.HasField(name)]
    if not said.HasField("schedule_relationship"):
        yield "W009"
    if not said.stop_id and not said.HasField("stop_sequence"):
        yield "E040"
    if relation == CALL.NO_DATA and events:
        yield "E042"
    if relation == CALL.SCHEDULED and not events:
        yield "E043"
    if relation == CALL.SCHEDULED:
        told = [getattr(said, name) for name in events]
        if any(not event.HasField("time") and not event.HasField("delay") for event in told):
            yield "E044"
    if said.stop_id and said.stop_id not in timetable.stops:
        yield "E011"
    elif said.stop_id and timetable.stops[said.stop_id].get("location_type", "") not in ("", "0"):
        yield "E015"


def against(timetable: Timetable, update: pb.TripUpdate) -> Said:
    """The calls of a trip and what is said of them. Those of a trip in the place of another (REPLACEMENT) are its
    own; the validator is older than it."""
    planned = timetable.calls.get(update.trip.trip_id, [])
    if not planned or update.trip.schedule_relationship == TRIP.REPLACEMENT:
        return
    visits_again, ahead = len({row["stop_id"] for row in planned}) < len(planned), list(planned)
    for said in update.stop_time_update:
        key, value = (
            ("stop_sequence", str(said.stop_sequence)) if said.HasField("stop_sequence") else ("stop_id", said.stop_id)
        )
        if visits_again and key == "stop_id":
            yield "E009"
        place = next((at for at, row in enumerate(ahead) if row[key].strip() == value), None)
        if place is None:
            yield from ("E051",) if key == "stop_sequence" else ("E002",) if value else ()
            continue
        row, ahead = ahead[place], ahead[place + 1 :]
        if said.stop_id and row["stop_id"] != said.stop_id:
            yield "E045"
        for name in ("arrival", "departure"):
            event = getattr(said, name)
            if said.HasField(name) and not event.HasField("time") and not row[f"{name}_time"]:
                yield "E046"


def times(at: Checked) -> Said:
    for update in at.updates:
        before: list[int] = []
        for said in update.stop_time_update:
            told = [e.time for e in (said.arrival, said.departure) if e.HasField("time")]
            if len(told) == 2 and told[1] < told[0]:
                yield "E025"
            if any(later <= earlier for later in told for earlier in before):
                yield "E022"
            before = told or before


def alerts(at: Checked) -> Said:
    for alert in at.alerts:
        if not alert.informed_entity:
            yield "E032"
        for one in alert.informed_entity:
            yield from selector(at.timetable, one)


def selector(timetable: Timetable, said: pb.EntitySelector) -> Said:
    named: list[Any] = [said.agency_id, said.route_id, said.stop_id, said.trip.trip_id, said.trip.route_id]
    if not any(named) and not said.HasField("route_type") and not said.trip.HasField("start_date"):
        yield "E033"
    if said.agency_id and said.agency_id not in timetable.agencies:
        yield "E034"
    if said.stop_id and said.stop_id not in timetable.stops:
        yield "E011"
    if said.route_id and said.route_id not in timetable.routes:
        yield "E004"
    if said.HasField("trip"):
        yield from known_alert_trip(timetable, said)


def known_alert_trip(timetable: Timetable, said: pb.EntitySelector) -> Said:
    known = timetable.trips.get(said.trip.trip_id)
    if said.trip.route_id and said.route_id and said.trip.route_id != said.route_id:
        yield "E031"
    if known and said.route_id and known["route_id"] != said.route_id:
        yield "E030"
    if known and said.trip.route_id and known["route_id"] != said.trip.route_id:
        yield "E035"


RULES: tuple[Callable[[Checked], Said], ...] = (header, moments, descriptors, calls, times, alerts)
CODES = frozenset(
    "E001 E002 E003 E004 E006 E009 E011 E012 E013 E015 E016 E019 E020 E021 E022 E023 E024 E025 E030 E031 E032 E033 "
    "E034 E035 E036 E037 E038 E039 E040 E041 E042 E043 E044 E045 E046 E048 E049 E050 E051 W001 W006 W008 W009".split()
)
