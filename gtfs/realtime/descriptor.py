"""Which run a message of GTFS-Realtime is about: the descriptor that all kinds of them have."""

from __future__ import annotations

from functools import lru_cache

from google.protobuf.unknown_fields import UnknownFieldSet
from google.transit import gtfs_realtime_pb2 as pb

from gtfs.realtime.records import TripDescriptor, TripRelation
from gtfs.realtime.times import said_date, said_seconds

KNOWN_TRIPS = 8192
"""So many descriptors of runs are kept from file to file, a few megabytes."""
LONGEST_KNOWN_BYTES = 256
"""A longer one is read each time: no feed may fill the memory with names."""
RELATION_OF_TRIP = 4
"""The number of schedule_relationship in TripDescriptor."""

_TRIP_RELATION = {number: TripRelation(name) for name, number in pb.TripDescriptor.ScheduleRelationship.items()}


def read_descriptor(trip: pb.TripDescriptor) -> TripDescriptor:
    said = trip.SerializeToString()
    return _known(said) if len(said) <= LONGEST_KNOWN_BYTES else _read(said)


@lru_cache(KNOWN_TRIPS)
def _known(said: bytes) -> TripDescriptor:
    """A file names the runs that the one before it has named, and says other times of them."""
    return _read(said)


def _read(said: bytes) -> TripDescriptor:
    trip = pb.TripDescriptor.FromString(said)
    start_date, start_s = said_date(trip.start_date), said_seconds(trip.start_time)
    relation = _TRIP_RELATION[trip.schedule_relationship]
    if is_unknown(trip, RELATION_OF_TRIP):
        relation = TripRelation.UNKNOWN
    unread = (trip.start_date and start_date is None) or (trip.start_time and start_s is None)
    return TripDescriptor(
        trip_id=trip.trip_id,
        route_id=trip.route_id,
        direction=trip.direction_id if trip.HasField("direction_id") else None,
        start_date=start_date,
        start_s=start_s,
        relation=relation,
        is_sound=not unread and not trip.HasField("modified_trip"),
    )


def is_unknown(message: pb.TripDescriptor | pb.TripUpdate.StopTimeUpdate, number: int) -> bool:
    """Whether it says something under that number that the bindings do not know, such as a later value."""
    unknown = UnknownFieldSet(message)
    return any(unknown[i].field_number == number for i in range(len(unknown)))
