"""How a stop that is served on request only is booked: GTFS booking_rules.txt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """message, phone, url: as published, "" not said. notice: how long ahead, `30` minutes or `1d 17:00`, the day
    before until then; "" not said (mobility/routing/last_kilometre/notice.py reads it)."""

    message: str = ""
    phone: str = ""
    url: str = ""
    notice: str = ""
