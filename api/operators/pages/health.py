"""Whether all is well, one line each, from what stands on this machine: nobody is asked over the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.feeds.jobs import jobs
from api.portal.folder import open_folder
from api.present.pieces import Json
from api.service import Service
from mobility.errors import NetworkUnavailable
from mobility.feeds.ending import endings
from mobility.feeds.state import feeds_in_service
from mobility.feeds.versions import waiting_feeds
from mobility.live.sources import ALERTS_LAST
from mobility.network.live_files import read_sources
from mobility.operators.jobs import JobState, Verb
from mobility.streets.storage import cannot_be_opened, version_in_service

LEAST_FREE = 2 * 2**30
SHORT = 12


@dataclass(frozen=True, slots=True)
class HealthLine:
    """about: key of its sentence. is_well: whether nobody need do anything."""

    about: str
    is_well: bool
    gaps: dict[str, object] = field(default_factory=dict)


def health(service: Service) -> list[HealthLine]:
    return [
        *_network(service),
        *_timetables(service),
        *_realtime(service),
        _disk(service),
        _streets(service),
        *_people(service),
    ]


def _network(service: Service) -> Iterator[HealthLine]:
    try:
        network = service.current.territory().network
    except NetworkUnavailable:
        yield HealthLine("no_network", False)
        return
    sizes = {"lines": len(network.lines.id), "stops": int((network.stops.kind == 0).sum())}
    yield HealthLine("network", True, {"version": network.version[:SHORT], **sizes})
    is_made = open_folder(service.data(), network.version).is_dir()
    yield HealthLine("open_data" if is_made else "open_data_later", True)


def _timetables(service: Service) -> Iterator[HealthLine]:
    serving = feeds_in_service(service.data())
    ending = [one for one in endings(serving, waiting_feeds(service.data()), service.today()) if not one.waiting]
    yield HealthLine("ending" if ending else "lasting", not ending, {"feeds": ", ".join(one.feed for one in ending)})
    asked = [one for one in service.config.feeds if one.every_h]
    done = [one for one in jobs(service.data()) if one.order.verb is Verb.FETCH]
    latest = {one.id: next((job for job in done if job.order.feed == one.id), None) for one in asked}
    failed = [id for id, job in latest.items() if job and job.state in (JobState.FAILED, JobState.LOST)]
    if asked:
        yield HealthLine("fetch_failed" if failed else "fetched", not failed, {"feeds": ", ".join(failed or latest)})


def _realtime(service: Service) -> Iterator[HealthLine]:
    """A source is well while what it said last is told: news longer than the rest."""
    told = read_sources(service.data()).get("sources", ())
    for feed in dict.fromkeys(one.feed for one in service.config.realtime):
        ages = [_age_s(one, service.now()) for one in told if one["feed"] == feed]
        known = [age for age in ages if age is not None]
        is_well = bool(ages) and len(known) == len(ages)
        yield HealthLine(
            "realtime" if is_well else "no_realtime", is_well, {"feed": feed, "age": max(known, default=0)}
        )


def _age_s(source: Json, now: int) -> int | None:
    """None where it is too old to be told, or was never heard."""
    last_s = source["staleS"] * (ALERTS_LAST if source["kinds"] == ["alerts"] else 1)
    age_s = now - source["madeAt"] if source["madeAt"] else None
    return max(age_s, 0) if age_s is not None and age_s <= last_s else None


def _disk(service: Service) -> HealthLine:
    free = shutil.disk_usage(service.data()).free
    return HealthLine("disk" if free >= LEAST_FREE else "disk_full", free >= LEAST_FREE, {"free": free / 2**30})


def _streets(service: Service) -> HealthLine:
    data, wanted = service.data(), service.config.streets.extract is not None
    if version := version_in_service(data):
        return HealthLine("streets", True, {"version": version[:SHORT]})
    return HealthLine("no_streets", not wanted and not cannot_be_opened(data))


def _people(service: Service) -> Iterator[HealthLine]:
    """The database has answered by now: who looks at this is signed in."""
    yield HealthLine("database", True, {"kind": "SQLite" if service.database().is_sqlite else "PostgreSQL"})
    if service.config.features.shares_rides:
        mail = service.config.mail
        yield HealthLine("mail" if mail else "no_mail", mail is not None, {"host": mail.host if mail else ""})
