"""From the bytes of a GTFS-Realtime feed to its records. Each message is read once, and only what is set in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from google.protobuf.internal import api_implementation
from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as pb

from gtfs.collector import uncollected
from gtfs.errors import FeedFault, UnreadableRealtime
from gtfs.realtime.descriptor import is_unknown, read_descriptor
from gtfs.realtime.records import (
    Alert,
    CallRelation,
    EntitySelector,
    Period,
    RealtimeFeed,
    StopTimeEvent,
    StopTimeUpdate,
    Translations,
    TripProperties,
    TripUpdate,
    VehiclePosition,
)
from gtfs.realtime.text import plain_text
from gtfs.realtime.times import LATEST_S, AbsurdTime, said_date, said_delay, said_moment, said_seconds

MOST_BYTES = 16 * 2**20
MOST_ENTITIES = 200_000
RELATION_OF_CALL = 5
"""The number of schedule_relationship in StopTimeUpdate."""

_CALL_RELATION = {
    number: CallRelation(name) for name, number in pb.TripUpdate.StopTimeUpdate.ScheduleRelationship.items()
}
_made = tuple.__new__
ABSURD = "absurd_time"
_OCCUPANCY = {number: name for name, number in pb.VehiclePosition.OccupancyStatus.items()}


def read_realtime(body: bytes) -> RealtimeFeed:
    """Raises UnreadableRealtime: too large, no GTFS-Realtime, cut off, or changes alone (DIFFERENTIAL)."""
    message = _message(body)
    # A value that the bindings do not know reads as its default: looked for only where something unknown is there.
    reader = _FeedReader(has_unknown=_has_unknown(message))
    with uncollected():
        for entity in message.entity:
            reader.read(entity)
    header = message.header
    return RealtimeFeed(
        timestamp_s=header.timestamp or None,
        feed_version=header.feed_version,
        trip_updates=tuple(reader.trip_updates),
        alerts=tuple(reader.alerts),
        positions=tuple(reader.positions),
        left_out=dict(reader.left_out),
    )


def assert_fast() -> None:
    """Raises RuntimeError where protobuf runs in Python alone, 190 times slower (measured on 542 kB)."""
    if api_implementation.Type() != "upb":
        raise RuntimeError(f"protobuf runs as {api_implementation.Type()!r}, not as 'upb'")


def _message(body: bytes) -> pb.FeedMessage:
    assert_fast()
    if len(body) > MOST_BYTES:
        raise UnreadableRealtime(FeedFault.REALTIME_TOO_LARGE, mib=MOST_BYTES // 2**20)
    message = pb.FeedMessage()
    try:
        message.ParseFromString(body)
    except DecodeError as error:
        raise UnreadableRealtime(FeedFault.NO_REALTIME) from error
    if not message.IsInitialized():
        raise UnreadableRealtime(FeedFault.REALTIME_INCOMPLETE)
    if message.header.incrementality == pb.FeedHeader.DIFFERENTIAL:
        raise UnreadableRealtime(FeedFault.REALTIME_DIFFERENTIAL)
    if len(message.entity) > MOST_ENTITIES:
        raise UnreadableRealtime(FeedFault.TOO_MANY_ENTITIES, count=MOST_ENTITIES)
    return message


def _has_unknown(message: pb.FeedMessage | pb.TripUpdate) -> bool:
    known = type(message)()
    known.CopyFrom(message)  # type: ignore[arg-type]
    known.DiscardUnknownFields()
    return known.ByteSize() != message.ByteSize()


class _FeedReader:
    def __init__(self, has_unknown: bool) -> None:
        self.trip_updates: list[TripUpdate] = []
        self.alerts: list[Alert] = []
        self.positions: list[VehiclePosition] = []
        self.left_out: Counter[str] = Counter()
        self._has_unknown = has_unknown

    def read(self, entity: pb.FeedEntity) -> None:
        found = False
        if entity.is_deleted:
            self.left_out["deleted"] += 1
            return
        if entity.HasField("trip_update"):
            found = True
            try:
                self.trip_updates.append(self._trip_update(entity.id, entity.trip_update))
            except AbsurdTime:
                self.left_out[ABSURD] += 1
        if entity.HasField("alert"):
            found = True
            self.alerts.append(self._alert(entity.id, entity.alert))
        if entity.HasField("vehicle"):
            found = True
            self._position(entity.id, entity.vehicle)
        if not found:
            self.left_out["other"] += 1

    def _trip_update(self, entity: str, update: pb.TripUpdate) -> TripUpdate:
        trip = read_descriptor(update.trip)
        if self._has_unknown:  # extensions of the trip itself are frequent, and say nothing of its calls
            update.trip.DiscardUnknownFields()
        has_unknown = self._has_unknown and _has_unknown(update)
        return TripUpdate(
            entity=entity,
            trip=trip,
            calls=_calls(update.stop_time_update, has_unknown),
            timestamp_s=said_moment(update.timestamp),
            delay_s=said_delay(update.delay) if update.HasField("delay") else None,
            properties=_properties(update.trip_properties) if update.HasField("trip_properties") else None,
        )

    def _alert(self, entity: str, alert: pb.Alert) -> Alert:
        active = _periods(alert.active_period)
        communication, impact = _periods(alert.communication_period), _periods(alert.impact_period)
        return Alert(
            entity=entity,
            informed=tuple(self._selector(one) for one in alert.informed_entity),
            communication=communication or active,
            impact=impact or active,
            cause=pb.Alert.Cause.Name(alert.cause),
            effect=pb.Alert.Effect.Name(alert.effect),
            severity=pb.Alert.SeverityLevel.Name(alert.severity_level),
            header=_translations(alert.header_text),
            description=_translations(alert.description_text),
            url=_translations(alert.url),
            tts_header=_translations(alert.tts_header_text),
            tts_description=_translations(alert.tts_description_text),
            cause_detail=_translations(alert.cause_detail),
            effect_detail=_translations(alert.effect_detail),
        )

    def _selector(self, selector: pb.EntitySelector) -> EntitySelector:
        return EntitySelector(
            agency_id=selector.agency_id,
            route_id=selector.route_id,
            route_type=selector.route_type if selector.HasField("route_type") else None,
            direction=selector.direction_id if selector.HasField("direction_id") else None,
            trip=read_descriptor(selector.trip) if selector.HasField("trip") else None,
            stop_id=selector.stop_id,
        )

    def _position(self, entity: str, vehicle: pb.VehiclePosition) -> None:
        position = vehicle.position
        if not (vehicle.HasField("position") and -90 <= position.latitude <= 90 and -180 <= position.longitude <= 180):
            self.left_out["position_without_a_place"] += 1
            return
        self.positions.append(
            VehiclePosition(
                entity=entity,
                trip=read_descriptor(vehicle.trip) if vehicle.HasField("trip") else None,
                lat=position.latitude,
                lon=position.longitude,
                bearing=position.bearing if position.HasField("bearing") else None,
                speed_mps=position.speed if position.HasField("speed") else None,
                sequence=vehicle.current_stop_sequence if vehicle.HasField("current_stop_sequence") else None,
                stop_id=vehicle.stop_id,
                status=pb.VehiclePosition.VehicleStopStatus.Name(vehicle.current_status),
                timestamp_s=self._timestamp(vehicle.timestamp),
                occupancy=_OCCUPANCY[vehicle.occupancy_status] if vehicle.HasField("occupancy_status") else "",
                vehicle=vehicle.vehicle.label or vehicle.vehicle.id,
            )
        )

    def _timestamp(self, said: int) -> int | None:
        """Where a vehicle is counts without its time as well."""
        try:
            return said_moment(said)
        except AbsurdTime:
            self.left_out[ABSURD] += 1
            return None


def _calls(updates: Iterable[pb.TripUpdate.StopTimeUpdate], has_unknown: bool) -> tuple[StopTimeUpdate, ...]:
    """The inner loop of a city's file: a record is made as the tuple that it is, without the call of its class."""
    found = []
    for update in updates:
        has, relation = update.HasField, update.schedule_relationship
        properties = update.stop_time_properties if has("stop_time_properties") else None
        said = (
            update.stop_sequence if has("stop_sequence") else None,
            update.stop_id,
            _event(update.arrival) if has("arrival") else None,
            _event(update.departure) if has("departure") else None,
            _CALL_RELATION[relation] if relation else _call_relation(update, has_unknown),
            "" if properties is None else properties.assigned_stop_id,
            "" if properties is None else properties.stop_headsign,
            _OCCUPANCY[update.departure_occupancy_status] if has("departure_occupancy_status") else "",
        )
        found.append(_made(StopTimeUpdate, said))
    return tuple(found)


def _call_relation(update: pb.TripUpdate.StopTimeUpdate, has_unknown: bool) -> CallRelation:
    if has_unknown and is_unknown(update, RELATION_OF_CALL):
        return CallRelation.UNKNOWN
    return CallRelation.SCHEDULED


def _event(event: pb.TripUpdate.StopTimeEvent) -> StopTimeEvent:
    """Raises AbsurdTime."""
    delay_s = said_delay(event.delay) if event.HasField("delay") else None
    return _made(StopTimeEvent, (said_moment(event.time), delay_s, said_moment(event.scheduled_time)))


def _properties(said: pb.TripUpdate.TripProperties) -> TripProperties:
    return TripProperties(
        said.trip_id,
        said_date(said.start_date),
        said_seconds(said.start_time),
        said.trip_headsign,
        said.trip_short_name,
    )


def _periods(ranges: Iterable[pb.TimeRange]) -> tuple[Period, ...]:
    """An end that nobody will see is none; what begins so late never holds."""
    return tuple(
        Period(min(one.start, LATEST_S) or None, one.end if 0 < one.end < LATEST_S else None) for one in ranges
    )


def _translations(said: pb.TranslatedString) -> Translations:
    """Those that say something; the first of each language."""
    found: dict[str, str] = {}
    for one in said.translation:
        text = plain_text(one.text)
        if text:
            found.setdefault(one.language, text)
    return tuple(found.items())
