"""From records to the bytes of a GTFS-Realtime feed, the whole truth of its moment (FULL_DATASET); see `decode`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from google.transit import gtfs_realtime_pb2 as pb

from gtfs.realtime.records import (
    Alert,
    EntitySelector,
    Period,
    RealtimeFeed,
    StopTimeEvent,
    StopTimeUpdate,
    Translations,
    TripDescriptor,
    TripProperties,
    TripUpdate,
)

VERSION = "2.0"
TRIP_RELATION: dict[str, Any] = dict(pb.TripDescriptor.ScheduleRelationship.items())
CALL_RELATION: dict[str, Any] = dict(pb.TripUpdate.StopTimeUpdate.ScheduleRelationship.items())
OCCUPANCY: dict[str, Any] = dict(pb.VehiclePosition.OccupancyStatus.items())
CAUSE: dict[str, Any] = dict(pb.Alert.Cause.items())
EFFECT: dict[str, Any] = dict(pb.Alert.Effect.items())
SEVERITY: dict[str, Any] = dict(pb.Alert.SeverityLevel.items())


def write_realtime(feed: RealtimeFeed) -> bytes:
    """Trip updates and alerts. Equal records are equal bytes."""
    return written_header(feed.timestamp_s, feed.feed_version) + written_entities(feed)


def written_header(timestamp_s: int | None, feed_version: str = "") -> bytes:
    """What a feed begins with; its entities may follow as they were written before."""
    message = pb.FeedMessage()
    message.header.gtfs_realtime_version = VERSION
    message.header.incrementality = pb.FeedHeader.FULL_DATASET
    if timestamp_s is not None:
        message.header.timestamp = timestamp_s
    if feed_version:
        message.header.feed_version = feed_version
    return message.SerializeToString(deterministic=True)


def written_entities(feed: RealtimeFeed) -> bytes:
    """What stands behind the header."""
    message = pb.FeedMessage()
    for update in feed.trip_updates:
        _write_update(message.entity.add(id=update.entity).trip_update, update)
    for alert in feed.alerts:
        _write_alert(message.entity.add(id=alert.entity).alert, alert)
    return message.SerializePartialToString(deterministic=True)


def _write_update(into: pb.TripUpdate, update: TripUpdate) -> None:
    _write_trip(into.trip, update.trip)
    if update.timestamp_s is not None:
        into.timestamp = update.timestamp_s
    if update.delay_s is not None:
        into.delay = update.delay_s
    if update.properties is not None:
        _write_properties(into.trip_properties, update.properties)
    for call in update.calls:
        _write_call(into.stop_time_update.add(), call)


def _write_trip(into: pb.TripDescriptor, trip: TripDescriptor) -> None:
    for name, value in (("trip_id", trip.trip_id), ("route_id", trip.route_id)):
        if value:
            setattr(into, name, value)
    if trip.direction is not None:
        into.direction_id = trip.direction
    if trip.start_date is not None:
        into.start_date = _date(trip.start_date)
    if trip.start_s is not None:
        into.start_time = _time(trip.start_s)
    into.schedule_relationship = TRIP_RELATION[trip.relation]


def _write_properties(into: pb.TripUpdate.TripProperties, said: TripProperties) -> None:
    named = (("trip_id", said.trip_id), ("trip_headsign", said.headsign), ("trip_short_name", said.short_name))
    for name, value in named:
        if value:
            setattr(into, name, value)
    if said.start_date is not None:
        into.start_date = _date(said.start_date)
    if said.start_s is not None:
        into.start_time = _time(said.start_s)


def _write_call(into: pb.TripUpdate.StopTimeUpdate, call: StopTimeUpdate) -> None:
    if call.sequence is not None:
        into.stop_sequence = call.sequence
    if call.stop_id:
        into.stop_id = call.stop_id
    for event, said in ((into.arrival, call.arrival), (into.departure, call.departure)):
        if said is not None:
            _write_event(event, said)
    into.schedule_relationship = CALL_RELATION[call.relation]
    if call.assigned_stop_id:
        into.stop_time_properties.assigned_stop_id = call.assigned_stop_id
    if call.headsign:
        into.stop_time_properties.stop_headsign = call.headsign
    if call.occupancy:
        into.departure_occupancy_status = OCCUPANCY[call.occupancy]


def _write_event(into: pb.TripUpdate.StopTimeEvent, event: StopTimeEvent) -> None:
    if event.time_s is not None:
        into.time = event.time_s
    if event.delay_s is not None:
        into.delay = event.delay_s
    if event.scheduled_s is not None:
        into.scheduled_time = event.scheduled_s


def _write_alert(into: pb.Alert, alert: Alert) -> None:
    for selector in alert.informed:
        _write_selector(into.informed_entity.add(), selector)
    # Readers of before 2026 know active_period alone. Where an impact is not said, to fill it would say one.
    _write_periods(into.active_period, alert.communication if alert.impact else ())
    if alert.communication != alert.impact:
        _write_periods(into.communication_period, alert.communication)
        _write_periods(into.impact_period, alert.impact)
    into.cause = CAUSE[alert.cause]
    into.effect = EFFECT[alert.effect]
    into.severity_level = SEVERITY[alert.severity]
    texts = (
        (into.header_text, alert.header), (into.description_text, alert.description), (into.url, alert.url),
        (into.tts_header_text, alert.tts_header), (into.tts_description_text, alert.tts_description),
        (into.cause_detail, alert.cause_detail), (into.effect_detail, alert.effect_detail),
    )  # fmt: skip
    for text, said in texts:
        _write_text(text, said)


def _write_selector(into: pb.EntitySelector, selector: EntitySelector) -> None:
    named = (("agency_id", selector.agency_id), ("route_id", selector.route_id), ("stop_id", selector.stop_id))
    for name, value in named:
        if value:
            setattr(into, name, value)
    if selector.route_type is not None:
        into.route_type = selector.route_type
    if selector.direction is not None:
        into.direction_id = selector.direction
    if selector.trip is not None:
        _write_trip(into.trip, selector.trip)


def _write_periods(into: Any, periods: Iterable[Period]) -> None:
    for period in periods:
        span = into.add()
        if period.from_s is not None:
            span.start = period.from_s
        if period.until_s is not None:
            span.end = period.until_s


def _write_text(into: pb.TranslatedString, said: Translations) -> None:
    for language, text in said:
        translation = into.translation.add(text=text)
        if language:
            translation.language = language


def _date(day: date) -> str:
    return day.strftime("%Y%m%d")


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
