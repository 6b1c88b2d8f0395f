"""What a leg and a row of a departure board say of a run alike."""

from __future__ import annotations

from api.present.pieces import KNOWN, Json, Pieces
from api.present.rows import ToldRide

ACCESSIBLE = ("NOT_ACCESSIBLE", "ACCESSIBLE", "NOT_ACCESSIBLE")
"""The API has two values only; what is not known counts as no, and `hent` says what is known."""


def display_name(pieces: Pieces, row: ToldRide) -> str:
    """What people look for."""
    return pieces.names(row.line, row.short_name, row.headsign)[0]


def towards(pieces: Pieces, row: ToldRide) -> str:
    """The headsign, "" where there is none, or a train's number stands in its place."""
    return pieces.names(row.line, row.short_name, row.headsign)[1]


def members(pieces: Pieces, row: ToldRide) -> Json:
    shared, short_name = pieces.pattern(row.pattern), pieces.text(row.short_name)
    display = display_name(pieces, row)
    told = {
        **shared,
        "tripId": row.trip_id,
        "tripShortName": short_name,
        "displayName": display,
        "headsign": towards(pieces, row) or shared["headsign"],
        "directionId": "1" if row.direction == 1 else "0",
        "bikesAllowed": row.bikes == 1,
        "wheelchairAccessible": ACCESSIBLE[row.wheelchair],
    }
    if pieces.dialect.short_name_is_display_name:
        told["routeShortName"] = display
    return told


def known(row: ToldRide, is_exact: bool) -> Json:
    """What the API's own members cannot say: what is unknown, and times that are only approximate."""
    told: Json = {"wheelchair": KNOWN[row.wheelchair], "bikes": KNOWN[row.bikes]}
    told["approximate"] = not is_exact or row.headway_s > 0
    if row.headway_s:
        told["headway"] = row.headway_s
    return told
