"""A stormy morning on the demo, invented for pictures: late and cancelled departures of a stop, no boat to Groix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from api.config import Config
from api.config.realtime import RealtimeSection
from gtfs.realtime.encode import write_realtime
from gtfs.realtime.records import (
    Alert,
    EntitySelector,
    Period,
    RealtimeFeed,
    StopTimeEvent,
    StopTimeUpdate,
    TripDescriptor,
    TripRelation,
    TripUpdate,
)
from mobility.live.follow import NoMessages, Writer
from mobility.network.network import Network
from mobility.routing.departures import BoardQuery, board, equivalents

FEED, STOP, ISLAND_LINE = "lorient", "gare", "GX"
LATE_S = (0, 420, None, 0, 180, 60, None)
"""Of the next departures at the stop, one after the other; None: it does not run."""
HOUR_S = 3_600


def with_a_storm(config: Config, data: Path, network: Network, now_s: int) -> Config:
    """Its news are in force beside the network in service from then on."""
    file = data / "storm.pb"
    file.write_bytes(write_realtime(storm(network, now_s)))
    section = RealtimeSection(feed=FEED, trip_updates=str(file), alerts=str(file), licence="EUPL-1.2")
    Writer(data, [section.source], NoMessages(), lambda: now_s).look()
    return config.model_copy(update={"realtime": (section,)})


def storm(network: Network, now_s: int) -> RealtimeFeed:
    updates = (*_at_the_stop(network, now_s), *_to_the_island(network, now_s))
    return RealtimeFeed(timestamp_s=now_s, trip_updates=updates, alerts=_news(now_s))


def _at_the_stop(network: Network, now_s: int) -> Iterator[TripUpdate]:
    stops = equivalents(network, network.stop(f"{FEED}_{STOP}"))
    calls = board(network, BoardQuery(stops, now_s, count=len(LATE_S))).calls
    for call, late_s in zip(calls, LATE_S, strict=False):
        yield _update(network, call.ride.trip, call.ride.service_day, late_s)


def _to_the_island(network: Network, now_s: int) -> Iterator[TripUpdate]:
    """Its boats of that day, both ways."""
    line, day = network.lines.id.find(f"{FEED}_{ISLAND_LINE}"), date.fromtimestamp(now_s)  # noqa: DTZ012
    running = network.services.active[network.trips.service, (day - network.services.first_day).days] != 0
    for trip in np.flatnonzero(running & (network.patterns.line[network.trips.pattern] == line)).tolist():
        yield _update(network, trip, day, None)


def _update(network: Network, trip: int, day: date, late_s: int | None) -> TripUpdate:
    name = network.trips.id[int(network.trips.id_row[trip])].removeprefix(f"{FEED}_")
    relation = TripRelation.CANCELED if late_s is None else TripRelation.SCHEDULED
    calls = () if late_s is None else (StopTimeUpdate(1, departure=StopTimeEvent(delay_s=late_s)),)
    return TripUpdate(f"{name} {day}", TripDescriptor(name, start_date=day, relation=relation), calls)


def _news(now_s: int) -> tuple[Alert, ...]:
    return (
        _alert(
            *("storm", "Tempête : pas de bateau pour Groix ce matin"),
            (EntitySelector(route_id=ISLAND_LINE),),
            (Period(now_s - HOUR_S, now_s + 8 * HOUR_S), "WEATHER", "NO_SERVICE"),
            "Vent fort annoncé. Décision pour l’après-midi à 11 h. Exemple inventé.",
        ),
        _alert(
            *("works", "Travaux devant la gare : quai B déplacé de 50 m"),
            (EntitySelector(stop_id=STOP),),
            (Period(), "CONSTRUCTION", "STOP_MOVED"),
        ),
        _alert(
            *("detour", "Déviation rue de Verdun"),
            (EntitySelector(route_id="B1"), EntitySelector(route_id="T1", stop_id=STOP)),
            (Period(now_s - HOUR_S), "CONSTRUCTION", "DETOUR"),
        ),
    )


def _alert(
    entity: str, header: str, about: Sequence[EntitySelector], when_why: tuple[Period, str, str], text: str = ""
) -> Alert:
    period, cause, effect = when_why
    return Alert(
        entity,
        informed=tuple(about),
        communication=(period,),
        impact=(period,),
        cause=cause,
        effect=effect,
        header=(("fr", header),),
        description=(("fr", text),) if text else (),
    )
