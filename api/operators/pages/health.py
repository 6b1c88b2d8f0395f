"""Whether all is well, one line each, from what stands on this machine: nobody is asked over the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from api.feeds.jobs import jobs
from api.portal.folder import open_folder
from api.service import Service
from api.web.remark_box import remarks_of
from mobility.errors import NetworkUnavailable
from mobility.feeds.expiry import endings
from mobility.feeds.state import feeds_in_service
from mobility.feeds.versions import waiting_feeds
from mobility.live.found_runs import Reason
from mobility.live.source_fault import NO_FAULT, SourceFault
from mobility.live.watch import LiveAlarm, WatchedFeed, WatchedSource, watched
from mobility.network.live_files import read_sources
from mobility.operators.jobs import JobState, Verb
from mobility.streets.storage import cannot_be_opened, version_in_service

LEAST_FREE = 2 * 2**30
SHORT = 12


@dataclass(frozen=True, slots=True)
class HealthLine:
    """about: key of its sentence. is_well: whether nobody need do anything. kinds: of what a source has; reasons: why
    how many of its updates change nothing; fault: why it says nothing new."""

    about: str
    is_well: bool
    gaps: dict[str, object] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    fault: SourceFault = NO_FAULT


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
    """Of each source its age and last fault, and of each feed how much of what it says was matched."""
    known = {one.feed: one for one in watched(read_sources(service.data()), service.now())}
    for feed in dict.fromkeys(one.feed for one in service.config.realtime):
        if feed not in known:
            yield HealthLine("no_realtime", False, {"feed": feed})
            continue
        yield from (_source(feed, one) for one in known[feed].sources)
        if known[feed].updates:
            yield _matched(known[feed])


def _source(feed: str, source: WatchedSource) -> HealthLine:
    """Silent: what it said last is too old to be told."""
    is_told = source.age_s is not None and not source.is_silent
    about, gaps = "realtime" if is_told else "no_realtime", {"feed": feed, "age": source.age_s or 0}
    return HealthLine(about, is_told and not source.fault.text, gaps, source.kinds, fault=source.fault)


def _matched(feed: WatchedFeed) -> HealthLine:
    is_well = LiveAlarm.UNMATCHED not in feed.alarms and Reason.MASS_CANCELLATION not in feed.reasons
    numbers = {"matched": feed.matched, "updates": feed.updates, "percent": int(100 * (feed.rate or 0))}
    return HealthLine("matched", is_well, {"feed": feed.feed, **numbers}, reasons=feed.reasons)


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
    if service.config.features.remarks and service.kept:
        unread = remarks_of(service.kept).unread()
        yield HealthLine("unread" if unread else "all_read", not unread, {"count": unread})
    if service.config.features.shares_rides:
        mail = service.config.mail
        yield HealthLine("mail" if mail else "no_mail", mail is not None, {"host": mail.host if mail else ""})
