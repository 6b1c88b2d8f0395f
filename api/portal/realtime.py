"""Real time among the open data: each feed as GTFS-Realtime with all that is known, the operator's word alone, and the
files of its sources as they were fetched, so that others need not ask the source again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, request

from api.portal.datasets import REALTIME
from api.portal.downloads import MEDIA, sent, shared
from api.privacy.uses import uses
from api.service import Service
from gtfs.realtime.encode import written_header
from mobility.errors import NotFound
from mobility.live.composed import Composer
from mobility.live.feed_out import typed_state, written_entities
from mobility.live.raw import kept_file
from mobility.live.source import KINDS
from mobility.network.changed_runs import ChangedRuns, no_runs
from mobility.network.files import find_status
from mobility.network.live_alerts import LiveAlert
from mobility.network.live_files import read_sources
from mobility.privacy.register import NOTHING
from mobility.routing.territory import Territory

FRESH_S = 10
SILENT_S = 60
"""Nobody vouches for what a writer that has told nothing for so long had said: the file grows old."""
KEPT = 8


def install_realtime(bp: Blueprint, service: Service) -> None:
    published = PublishedRealtime(service)

    @bp.get(f"{REALTIME}/<feed>.pb")
    @uses(NOTHING)
    def realtime(feed: str) -> Response:
        """All that is known: what sources say and operators type, in order, matched with the timetable in service."""
        return published.answer(feed, typed_alone=False)

    @bp.get(f"{REALTIME}/<feed>/typed.pb")
    @uses(NOTHING)
    def typed(feed: str) -> Response:
        """What operators have typed, for who has the sources already."""
        return published.answer(feed, typed_alone=True)

    @bp.get(f"{REALTIME}/<feed>/<filename>.pb")
    @uses(NOTHING)
    def fetched(feed: str, filename: str) -> Response:
        """What a source said last and was believed, byte for byte."""
        file = _fetched_files(service, feed).get(filename)
        status = find_status(file) if file else None
        if file is None or status is None:
            raise NotFound("file", "filename", _names(service, feed))
        return sent(file, f"{status.st_mtime_ns:x}-{status.st_size:x}")


def _fetched_files(service: Service, feed: str) -> dict[str, Path]:
    """By kind, those that are there."""
    sources = [one.source for one in service.config.realtime if one.feed == feed]
    files = {kind: kept_file(service.data(), source, kind) for source in sources for kind in KINDS}
    return {kind: file for kind, file in files.items() if file is not None and file.is_file()}


def _names(service: Service, feed: str) -> tuple[str, ...]:
    """What there is below the address, of the feed, or of all where there is no such feed."""
    known = [one.id for one in service.current.territory().network.feeds]
    feeds = [feed] if feed in known else known
    return tuple(
        name
        for one in feeds
        for name in (f"{one}.pb", f"{one}/typed.pb", *(f"{one}/{kind}.pb" for kind in _fetched_files(service, one)))
    )


class PublishedRealtime:
    """What is told is written once for as long as it stays so; the header says when it was asked for. Safe between
    threads."""

    def __init__(self, service: Service) -> None:
        self._service, self._lock = service, Lock()
        self._composer: Composer | None = None
        self._written: dict[tuple[object, ...], bytes] = {}

    def answer(self, feed: str, typed_alone: bool) -> Response:
        """Raises NotFound, StorageUnavailable, NetworkUnavailable."""
        territory = self._service.current.territory()
        if all(one.id != feed for one in territory.network.feeds):
            raise NotFound("file", "feed", _names(self._service, feed))
        made_s, known_s = self._moments(feed)
        body = written_header(made_s) + self._entities(territory, feed, typed_alone, known_s)
        response = Response(body, mimetype=MEDIA["pb"])
        response.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
        response.add_etag()
        return shared(response.make_conditional(request))

    def _moments(self, feed: str) -> tuple[int, int]:
        """Epoch seconds: of the file, which does not go back, and of what its source last said."""
        now_s, told = self._service.now(), read_sources(self._service.data())
        written_s = int(told.get("writtenAt") or now_s)
        made_s = min(now_s, written_s + SILENT_S)
        of_feed = [one for one in told.get("sources", ()) if one["feed"] == feed and "trip_updates" in one["kinds"]]
        return made_s, min([made_s, *(one["madeAt"] or written_s for one in of_feed or [{"madeAt": written_s}])])

    def _entities(self, territory: Territory, feed: str, typed_alone: bool, known_s: int) -> bytes:
        planned, live = territory.as_planned.network, territory.live
        key = feed, typed_alone, live.live_version if live else "", known_s
        with self._lock:
            if self._composer is None or self._composer.network.version != planned.version:
                self._composer = Composer(planned)
                self._written.clear()
            if key not in self._written:
                while len(self._written) >= KEPT:
                    del self._written[next(iter(self._written))]
                known = self._known(territory, typed_alone)
                self._written[key] = written_entities(self._composer.index(feed), *known, known_s)
            return self._written[key]

    def _known(self, territory: Territory, typed_alone: bool) -> tuple[ChangedRuns, Sequence[LiveAlert]]:
        """Nothing where the writer has been silent for too long."""
        live = territory.live
        if live is None:
            return no_runs(), ()
        if typed_alone:
            assert self._composer
            return typed_state(self._composer, self._service.data(), self._service.now())
        return live.changed, territory.alerts.every
