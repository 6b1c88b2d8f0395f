"""What texts of a network are in other languages than that of their feed."""

from __future__ import annotations

from dataclasses import dataclass

STOP_NAME, STOP_DESCRIPTION = "stop_name", "stop_description"
LINE_SHORT_NAME, LINE_LONG_NAME, AGENCY_NAME = "line_short_name", "line_long_name", "agency_name"
HEADSIGN, BOOKING_MESSAGE = "headsign", "booking_message"
FARE_PRODUCT, RIDER_CATEGORY, PUBLISHER = "fare_product", "rider_category", "publisher"


@dataclass(frozen=True, slots=True)
class Translation:
    """kind: of text, one of those above. row: of the network's table; of Network.texts for a headsign; of all products
    or riders of the feeds, one feed after the other; of the feed for its publisher. language: `br`. original: as the
    feed writes it in its own language."""

    kind: str
    row: int
    language: str
    text: str
    original: str
