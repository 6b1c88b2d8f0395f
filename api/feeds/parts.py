"""All parts of a territory that its config names, fetched and put into service one after the other: files (streets,
addresses, places that people name), timetables, vehicles for hire. What fails leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from api.config.feeds import FeedSection
from api.config.parts import FileSection
from api.config.surroundings import rental_sources
from api.feeds.desk import Desk, fetch, load_one, renew
from api.feeds.download import download
from api.feeds.inputs import incoming
from api.present.feeds import days_said
from api.territory.names import load_named_addresses, load_named_landmarks, mapped
from gtfs.counted import counted
from gtfs.errors import FeedError, RejectedFeed, UnreadableRealtime
from gtfs.realtime.decode import read_realtime
from mobility.errors import MobilityError
from mobility.feeds.outcome import LoadState, Outcome
from mobility.feeds.state import feeds_in_service
from mobility.live.fetch import Mark
from mobility.live.fetch import fetch as fetch_realtime
from mobility.live.source import RealtimeSource
from mobility.remote.errors import Unfetchable
from mobility.rentals import gbfs
from mobility.rentals.gbfs_fetch import RentalSource, fetch_all
from mobility.streets.build import build_streets
from mobility.streets.storage import put_in_service, save_streets, streets_folder, version_in_service, version_of

NO_LICENCE = "..."
"""As it stands in a config that nobody has finished."""


class PartState(StrEnum):
    LOADED = "loaded"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """kind: of the section of the config. needed: the service cannot do without it."""

    kind: str
    id: str
    state: PartState
    detail: str = ""
    needed: bool = False

    @property
    def bars(self) -> bool:
        return self.needed and self.state in (PartState.FAILED, PartState.MISSING)

    def __str__(self) -> str:
        need = ", which the service cannot do without" if self.bars else ""
        return f"{self.state:9} {self.kind} {self.id}{need}" + (f": {self.detail}" if self.detail else "")


def fetch_parts(desk: Desk, said: Callable[[str], None]) -> Iterator[PartOutcome]:
    """Each part as it ends. said: told each step. Files come first, as networks are built on streets."""
    before = version_in_service(desk.data)
    yield from (_file(desk, file, said) for file in desk.config.files)
    yield from _names(desk, said)
    for feed in desk.config.feeds:
        yield _feed(desk, feed)
    if version_in_service(desk.data) != before and feeds_in_service(desk.data):
        yield _renewed(desk)
    for section in desk.config.realtime:
        yield from (_realtime(section.source, place, said) for place in section.source.places())
    yield from (_rental(source, said) for source in rental_sources(desk.config))
    for wanted in desk.config.wanted:
        yield PartOutcome("part", wanted.name, PartState.MISSING, f"no address is known; {wanted.find}")


def _file(desk: Desk, file: FileSection, said: Callable[[str], None]) -> PartOutcome:
    try:
        is_new = download(file, desk.data, said)
        detail = f"{file.path}, {file.licence}"
        if desk.config.streets.extract and Path(file.path) == Path(desk.config.streets.extract):
            detail = f"{detail}; {_streets(desk, Path(file.path), said)}"
    except Unfetchable as error:
        kept = "; the one before stays" if Path(file.path).is_file() else ""
        return PartOutcome("file", file.id, PartState.FAILED, f"{error}{kept}")
    except (MobilityError, OSError) as error:
        return PartOutcome("file", file.id, PartState.FAILED, str(error))
    return PartOutcome("file", file.id, PartState.LOADED if is_new else PartState.UNCHANGED, detail)


def _names(desk: Desk, said: Callable[[str], None]) -> Iterator[PartOutcome]:
    """Addresses and landmarks, where they are made of a file that is fetched."""
    config, places = desk.config, desk.config.places
    made_of = {Path(file) for file in (*places.addresses, *places.landmarks, config.streets.extract) if file}
    if made_of.isdisjoint(Path(file.path) for file in config.files):
        return
    source = mapped(config, None)
    try:
        addresses = load_named_addresses(desk.data, config, ((), source), said)
        if addresses is not None:
            state = PartState.LOADED if addresses.rows else PartState.UNCHANGED
            streets = counted(len(addresses.index), "street")
            yield PartOutcome("names", "addresses", state, f"{streets}, {addresses.index.licence}")
        landmarks = load_named_landmarks(desk.data, config, source, said)
        if landmarks is not None:
            state = PartState.LOADED if landmarks.is_new else PartState.UNCHANGED
            counts = f"{counted(len(landmarks.index.places), 'place')} that people name"
            yield PartOutcome("names", "landmarks", state, f"{counts}, {landmarks.index.sources}")
    except (MobilityError, OSError) as error:
        yield PartOutcome("names", "addresses and landmarks", PartState.FAILED, f"{error}; what was in service stays")


def _streets(desk: Desk, extract: Path, said: Callable[[str], None]) -> str:
    """Raises InvalidConfig where it is no extract."""
    version = version_of(extract)
    if streets_folder(desk.data, version).is_dir():
        put_in_service(desk.data, version)
        return "its streets are in service"
    built = build_streets(extract, said=said)
    save_streets(desk.data, version, built)
    return f"{counted(len(built.segments), 'piece')} of street in service"


def _feed(desk: Desk, feed: FeedSection) -> PartOutcome:
    needed = not feed.optional
    if feed.licence.strip() == NO_LICENCE:
        return PartOutcome("feed", feed.id, PartState.MISSING, "read its licence and write it into the config", needed)
    try:
        outcome = fetch(desk, feed.id) if feed.url else load_one(desk, incoming(feed, desk.data / "demo", desk.today))
    except RejectedFeed as error:
        faults = sum(count for code, count in error.report.counts.items() if code in error.report.blocking)
        reason = f"refused for {faults} blocking faults, first {error.report.faults[0]}"
        return PartOutcome("feed", feed.id, PartState.FAILED, reason, needed and not _serves(desk, feed.id))
    except (FeedError, MobilityError) as error:
        return PartOutcome("feed", feed.id, PartState.FAILED, str(error), needed and not _serves(desk, feed.id))
    return _came_of(outcome, feed, desk.today)


def _came_of(outcome: Outcome, feed: FeedSection, today: date) -> PartOutcome:
    version = next((one for one in (*outcome.waiting, *outcome.feeds) if one.id == feed.id), None)
    days = f"{days_said(version, today)}, {feed.licence}" if version else ""
    findings = sum(sum(report.counts.values()) for report in outcome.reports)
    waits = ", waits for its first day" if outcome.state is LoadState.WAITING else ""
    if outcome.state is LoadState.UNCHANGED:
        return PartOutcome("feed", feed.id, PartState.UNCHANGED, days)
    return PartOutcome("feed", feed.id, PartState.LOADED, f"{days}{waits}, {counted(findings, 'finding')}")


def _serves(desk: Desk, feed: str) -> bool:
    """Whether a version from before is in service: then the service goes on with it."""
    return any(one.id == feed for one in feeds_in_service(desk.data))


def _renewed(desk: Desk) -> PartOutcome:
    """Feeds that were in service already are put on the new streets."""
    try:
        renew(desk)
    except MobilityError as error:
        return PartOutcome("network", "streets", PartState.FAILED, str(error))
    return PartOutcome("network", "streets", PartState.LOADED, "timetables stand on the new streets")


def _realtime(source: RealtimeSource, place: str, said: Callable[[str], None]) -> PartOutcome:
    """It is fetched by the service all the time; here it is tried."""
    kinds = ", ".join(source.places()[place])
    said(f"asking for {kinds} of {source.feed}")
    try:
        came = fetch_realtime(place, Mark(), source.hosts)
        if came is None:
            return PartOutcome("realtime", source.feed, PartState.MISSING, f"{kinds}: the file is not there yet")
        feed = read_realtime(came.body)
    except (Unfetchable, UnreadableRealtime) as error:
        return PartOutcome("realtime", source.feed, PartState.FAILED, f"{kinds}: {error}")
    counts = f"{counted(len(feed.trip_updates), 'trip')}, {counted(len(feed.alerts), 'alert')}"
    return PartOutcome("realtime", source.feed, PartState.LOADED, f"{kinds}: {counts}, {source.licence}")


def _rental(source: RentalSource, said: Callable[[str], None]) -> PartOutcome:
    """It is fetched by the service while people ask; here it is tried."""
    said(f"asking {source.id}")
    try:
        system = gbfs.system(source.id, fetch_all(source), source.languages, source.local)
    except Unfetchable as error:
        return PartOutcome("rental", source.id, PartState.FAILED, str(error))
    counts = f"{counted(len(system.stations), 'station')}, {counted(len(system.vehicles), 'vehicle')}"
    return PartOutcome("rental", source.id, PartState.LOADED, f"{counts}, {source.licence or 'no licence stated'}")
