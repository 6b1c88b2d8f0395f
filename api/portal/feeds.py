"""The timetables among the open data: each version as published, what was found in it, and the list of them."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from api.pages.frame import frame, page
from api.pages.report import MOST
from api.portal.datasets import BASE, LATEST
from api.portal.downloads import changed, sent, shared, told
from api.portal.folder import description_of
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from mobility.errors import NotFound
from mobility.feeds.versions import kept_version, report_of, stored_feed
from mobility.network.files import find_status
from mobility.network.network import FeedVersion
from mobility.privacy.register import NOTHING

GTFS = f"{BASE}/gtfs/<feed>"


def install_feeds(bp: Blueprint, service: Service) -> None:
    @bp.get(f"{GTFS}/{LATEST}")
    @uses(NOTHING)
    def latest(feed: str) -> Response:
        """As published, byte for byte; who keeps it asks whether it is still that one."""
        found = _feed(service, feed)
        response = sent(stored_feed(service.data(), found.id, found.sha256), found.sha256)
        response.headers["Content-Location"] = f"{BASE}/gtfs/{found.id}/{found.sha256}.zip"
        return response

    @bp.get(f"{GTFS}/<sha256>.zip")
    @uses(NOTHING)
    def published(feed: str, sha256: str) -> Response:
        """Any version that is kept; what an address gives never changes."""
        return sent(_version(service, feed, sha256), sha256, immutable=True)

    @bp.get(f"{GTFS}/<sha256>.report.json")
    @uses(NOTHING)
    def report_of_version(feed: str, sha256: str) -> Response:
        return sent(_version(service, feed, sha256).with_suffix(".json"), f"report-{sha256}")

    @bp.get(f"{GTFS}/report.json")
    @uses(NOTHING)
    def report(feed: str) -> Response:
        found = _feed(service, feed)
        return sent(stored_feed(service.data(), feed, found.sha256).with_suffix(".json"), f"report-{found.sha256}")

    @bp.get(f"{GTFS}/report.html")
    @uses(NOTHING)
    def report_page(feed: str) -> ResponseReturnValue:
        data, version = service.data(), _feed(service, feed)
        found, described = report_of(data, version), description_of(data, version)
        return shared(page("report.html", frame(service), report=found, described=described, most=MOST))

    @bp.get(f"{GTFS}/versions.json")
    @uses(NOTHING)
    def versions(feed: str) -> Response:
        return told(_versions(service, _feed(service, feed)))


def _feed(service: Service, name: str) -> FeedVersion:
    """Raises NotFound."""
    found = next((feed for feed in service.current.territory().network.feeds if feed.id == name), None)
    if found is None:
        raise NotFound("feed", "feed")
    return found


def _version(service: Service, feed: str, sha256: str) -> Path:
    """The file of a version that is kept. Raises NotFound."""
    kept = kept_version(service.data(), _feed(service, feed).id, sha256)
    if kept.sha256 != sha256:
        raise NotFound("version", "sha256")
    return stored_feed(service.data(), feed, sha256)


def _versions(service: Service, feed: FeedVersion) -> list[Json]:
    """The versions of a feed that are kept, the newest first; the addresses stay good as long as they are."""
    folder = stored_feed(service.data(), feed.id, feed.sha256).parent
    found = [(file, status) for file in folder.glob("*.zip") if (status := find_status(file))]
    return [
        {
            "sha256": file.stem,
            "url": f"{BASE}/gtfs/{feed.id}/{file.name}",
            "report": f"{BASE}/gtfs/{feed.id}/{file.stem}.report.json",
            "accepted": changed(status).isoformat(),
            "bytes": status.st_size,
            "inService": file.stem == feed.sha256,
            "notices": _counted(file.with_suffix(".json")),
        }
        for file, status in sorted(found, key=lambda one: one[1].st_mtime, reverse=True)
    ]


def _counted(report: Path) -> Json:
    """How many findings of each severity; none of a version that has just been forgotten."""
    try:
        found: Json = json.loads(report.read_bytes()).get("counts", {})
    except FileNotFoundError:
        return {}
    return found
