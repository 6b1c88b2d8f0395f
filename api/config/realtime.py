"""[[realtime]]: where a feed's delays, cancellations, news and vehicles are published."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from api.config.feeds import FEED_ID
from api.config.section import Positive, Section, Text
from mobility.live.source import RealtimeSource

EVERY_S, ALERTS_EVERY_S = 30, 60


class RealtimeSection(Section):
    """trip_updates, alerts, positions: an address or a path each; one may hold all. hosts: to which addresses may be
    redirected. every_s: between two looks, absent 30, for alerts 60. stale_s: older is no longer told. illustrative:
    what it says is invented, and each page says so."""

    feed: Annotated[str, Field(pattern=FEED_ID)]
    trip_updates: Text | None = None
    alerts: Text | None = None
    positions: Text | None = None
    hosts: tuple[Text, ...] = ()
    licence: Text
    every_s: Positive | None = None
    stale_s: Positive = 300
    illustrative: bool = False

    @model_validator(mode="after")
    def _has_something(self) -> RealtimeSection:
        if not (self.trip_updates or self.alerts or self.positions):
            raise ValueError("names none of trip_updates, alerts, positions")
        return self

    @property
    def source(self) -> RealtimeSource:
        return RealtimeSource(
            feed=self.feed,
            trip_updates=self.trip_updates or "",
            alerts=self.alerts or "",
            positions=self.positions or "",
            every_s=self.every_s or EVERY_S,
            alerts_every_s=self.every_s or ALERTS_EVERY_S,
            stale_s=self.stale_s,
            licence=self.licence,
            hosts=self.hosts,
        )
