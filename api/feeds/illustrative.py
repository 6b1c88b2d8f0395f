"""`hent serve --disturbed`: an invented day of the demo, played as a source of real time that says what it is.

It is written anew again and again, as a producer would, into a file that the config then names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from api.config import Config
from api.config.realtime import RealtimeSection
from api.web.sentences import LANGUAGES, sentences
from gtfs.realtime.encode import write_realtime
from gtfs.realtime.records import (
    Alert,
    CallRelation,
    EntitySelector,
    Period,
    RealtimeFeed,
    StopTimeEvent,
    StopTimeUpdate,
    Translations,
    TripDescriptor,
    TripRelation,
    TripUpdate,
)
from mobility.clock import instant, now_s
from mobility.errors import ConfigFault, InvalidConfig
from mobility.network.files import write_whole
from mobility.network.live_files import live_folder

if TYPE_CHECKING:
    from demo.records import Territory
    from demo.storm import DisturbedDay, DisturbedTrip

FILE, EVERY_S = "illustrative.pb", 20.0
OPTION = "--disturbed"


def disturbed(config: Config, data: Path) -> Config:
    """With the replay as the only source of the demo's feed. Raises InvalidConfig where there is no demo, or travellers
    go by this service."""
    if config.server.production:
        raise InvalidConfig(
            OPTION,
            "is for demonstrations; server.production says that travellers go by this service",
            ConfigFault.NOT_FOR_THE_PUBLIC,
        )
    feed = next((one for one in config.feeds if one.demo), None)
    if feed is None:
        raise InvalidConfig(OPTION, "plays on the demo, which no [[feeds]] names")
    file = str(file_of(data))
    section = RealtimeSection(feed=feed.id, trip_updates=file, alerts=file, licence=feed.licence, illustrative=True)
    others = tuple(one for one in config.realtime if one.feed != feed.id)
    return config.model_copy(update={"realtime": (*others, section)})


def folder_of(data: Path) -> Path:
    """Of the service that plays it: on a folder of its own, no other service ever tells what is invented."""
    return data / "disturbed"


def file_of(data: Path) -> Path:
    return (live_folder(data) / FILE).absolute()


@dataclass
class Replay:
    """Of several services that play it all write the same."""

    config: Config
    data: Path
    began_s: float = field(default_factory=now_s)
    clock: Callable[[], float] = now_s
    _ended: Event = field(default_factory=Event)

    def start(self) -> None:
        Thread(target=self._go_on, name="illustrative day", daemon=True).start()

    def _go_on(self) -> None:
        while True:
            self.write()
            if self._ended.wait(EVERY_S):
                return

    def write(self) -> None:
        """What is said at this moment. Raises OSError."""
        from demo.build import TERRITORY
        from demo.storm import disturbed_day
        from demo.tables import read

        territory, zone, at_s = read(TERRITORY), self.config.territory.zone, int(self.clock())
        began, now = (instant(int(moment)).astimezone(zone) for moment in (self.began_s, at_s))
        body = write_realtime(illustrative_feed(territory, disturbed_day(territory, began, now), now))
        file_of(self.data).parent.mkdir(parents=True, exist_ok=True)
        write_whole(file_of(self.data), body, settled=False)


def illustrative_feed(territory: Territory, day: DisturbedDay, now: datetime) -> RealtimeFeed:
    """now: in the territory's zone."""
    from demo.storm import CLOSED_STOP

    name, at_s = territory.stops[CLOSED_STOP].name, int(now.timestamp())
    updates, alerts = [_update(one, at_s) for one in day.trips], [_closed(name, CLOSED_STOP, _whole(now.date(), now))]
    if day.crossing:
        trip, service_day, shown = day.crossing
        gone = TripDescriptor(trip, start_date=service_day, relation=TripRelation.CANCELED)
        updates.append(TripUpdate(f"cancelled-{trip}", gone, timestamp_s=at_s))
        alerts.append(_cancelled(trip, service_day, shown, _whole(service_day, now)))
    return RealtimeFeed(timestamp_s=at_s, trip_updates=tuple(updates), alerts=tuple(alerts))


def _update(one: DisturbedTrip, at_s: int) -> TripUpdate:
    skipped = [StopTimeUpdate(place, stop, relation=CallRelation.SKIPPED) for place, stop in one.skipped]
    relation = TripRelation.SCHEDULED if one.is_exact else TripRelation.UNSCHEDULED
    start_s = None if one.start_min is None else 60 * one.start_min
    return TripUpdate(
        f"{one.trip_id}-{one.day}" + ("" if start_s is None else f"-{start_s}"),
        TripDescriptor(one.trip_id, start_date=one.day, start_s=start_s, relation=relation),
        (*_late(one), *skipped),
        at_s,
    )


def _late(one: DisturbedTrip) -> tuple[StopTimeUpdate, ...]:
    """From the first call on; a trip that begins at the closed stop is late from the next."""
    if one.late_s is None:
        return ()
    first = 1 if any(place == 0 for place, _ in one.skipped) else 0
    return (StopTimeUpdate(first, departure=StopTimeEvent(delay_s=one.late_s)),)


def _whole(day: date, now: datetime) -> Period:
    """A day, to the morning after."""
    begin = datetime.combine(day, time(), now.tzinfo)
    return Period(int(begin.timestamp()), int((begin + timedelta(hours=28)).timestamp()))


def _closed(name: str, stop: str, day: Period) -> Alert:
    return Alert(
        "closed-stop",
        (EntitySelector(stop_id=stop),),
        communication=(day,),
        impact=(day,),
        cause="WEATHER",
        effect="NO_SERVICE",
        severity="WARNING",
        header=_said("closed_stop", stop=name),
        description=_said("invented"),
    )


def _cancelled(trip: str, day: date, shown: str, span: Period) -> Alert:
    return Alert(
        "cancelled-crossing",
        (EntitySelector(trip=TripDescriptor(trip, start_date=day)),),
        communication=(replace(span, from_s=None),),
        impact=(span,),
        cause="WEATHER",
        effect="NO_SERVICE",
        severity="SEVERE",
        header=_said("cancelled_crossing", time=shown),
        description=_said("invented"),
    )


def _said(key: str, **gaps: str) -> Translations:
    return tuple((tag, str(sentences(tag)["illustrative"][key]).format(**gaps)) for tag in LANGUAGES)
