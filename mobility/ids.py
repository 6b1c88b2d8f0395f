"""The kinds of identifier, so that mypy refuses a trip where a stop belongs.

Every id that Hent shows is `FEED_LOCAL`: the feed's name in the config, an underscore, the id in the feed.
A feed's name has no underscore, so the first one parts the two.
"""

from typing import NewType

FeedId = NewType("FeedId", str)
StopId = NewType("StopId", str)
LineId = NewType("LineId", str)
TripId = NewType("TripId", str)


def namespaced(feed: str, local: str) -> str:
    """`lorient`, `GARE` -> `lorient_GARE`."""
    return f"{feed}_{local}"


def feed_of(shown: str) -> str:
    """`lorient_GARE` -> `lorient`."""
    return shown.partition("_")[0]
