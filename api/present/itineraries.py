"""Itineraries as JSON: schema Itinerary of the MOTIS API."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from api.parse.plan import Wishes
from api.present.clock import stamp
from api.present.fares import fare_transfers
from api.present.legs import ride, source, walk
from api.present.pieces import Json, Pieces
from api.present.telling import sentence
from api.present.trip_id import parted as parted_trip_id
from api.present.trip_id import trip_id
from api.sentences import sentences
from mobility.errors import NotFound
from mobility.routing.itinerary import Itinerary, Leg, RideLeg, WalkLeg


def itinerary(pieces: Pieces, found: Itinerary, wishes: Wishes, zone: ZoneInfo) -> Json:
    groups = list(_groups(found.legs, wishes.join_interlined))
    told: Json = {
        "duration": found.duration_s,
        "startTime": stamp(found.departure_s),
        "endTime": stamp(found.arrival_s),
        "transfers": found.transfers,
        "id": identifier(found),
        "legs": [_leg(pieces, group, wishes) for group in groups],
        "hent": {
            "sentence": sentence(found, sentences(wishes.language), zone),
            "estimated": any(isinstance(leg, WalkLeg) and leg.estimated for leg in found.legs),
            "labels": list(found.labels),
            "walk": found.walk_m,
            "sources": sorted({source(leg.network, int(leg.network.lines.feed[leg.line])) for leg in found.rides}),
        },
    }
    if wishes.with_fares:
        _add_fares(pieces, told, groups)
    return told


def identifier(found: Itinerary) -> str:
    """Opaque: the runs with their positions. The ends of the trip do not stand in it."""
    runs = "\n".join(f"{trip_id(leg)}\t{leg.board}\t{leg.alight}" for leg in found.rides)
    return urlsafe_b64encode(runs.encode()).decode() if runs else found.legs[0].mode


def parted(text: str) -> list[tuple[tuple[date, int, str], tuple[int, int]]]:
    """Of an identifier: each run (service day, minute, trip) with its positions. Raises NotFound for any other text."""
    try:
        rows = [row.split("\t") for row in urlsafe_b64decode(text.encode()).decode().split("\n")]
        return [(parted_trip_id(name), (int(board), int(alight))) for name, board, alight in rows]
    except ValueError:
        raise NotFound("itinerary", "itineraryId") from None


def _leg(pieces: Pieces, group: Sequence[Leg], wishes: Wishes) -> Json:
    if isinstance(group[0], WalkLeg):
        return walk(pieces, group[0], wishes)
    return ride(pieces, [leg for leg in group if isinstance(leg, RideLeg)], wishes)


def _groups(legs: Sequence[Leg], joined: bool) -> Iterator[list[Leg]]:
    """Legs that are told as one: those of a vehicle that goes on as another trip, where they are to be joined."""
    group: list[Leg] = []
    for leg in legs:
        if group and not (joined and isinstance(leg, RideLeg) and leg.stays):
            yield group
            group = []
        group.append(leg)
    if group:
        yield group


def _add_fares(pieces: Pieces, told: Json, groups: Sequence[Sequence[Leg]]) -> None:
    rides = [group[0] for group in groups if isinstance(group[0], RideLeg)]
    told["fareTransfers"] = fare_transfers(pieces.network, rides)
    numbers = iter(range(len(rides)))
    for leg, group in zip(told["legs"], groups, strict=True):
        if isinstance(group[0], RideLeg):
            leg |= {"fareTransferIndex": next(numbers), "effectiveFareLegIndex": 0}
