"""Putting a network into service: save it beside the others, then move the pointer. No reader ever waits."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path

from mobility.clock import now_s
from mobility.errors import LoadTooLarge, MobilityError
from mobility.feeds.budget import within
from mobility.feeds.inputs import KEPT, LoadDesk
from mobility.feeds.lock import locked
from mobility.live.follow import match_anew
from mobility.network.current import NETWORKS, POINTER, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.network.network import Network
from mobility.network.storage import find_network, save
from mobility.places.storage import opened_places
from mobility.search.days import Days

LOG = logging.getLogger("hent.live")
POINTER_LOCK, ASK_AGAIN_S = ".pointing", 0.01


class Overtaken(Exception):
    """The pointer has moved since it was read: what was made is not of what is in service now."""


def publish(data: Path, network: Network, today: date | None = None) -> Path:
    """Save the network under its version and put it into service; its folder."""
    folder = save_beside(data, network, today)
    put_into_service(data, network.version)
    return folder


def save_beside(data: Path, network: Network, today: date | None = None) -> Path:
    """Save the network, in service or not, with what the first questions need: the place index and, where given, the
    day of today, laid out; see `make_quick`. Raises OSError."""
    folder = network_folder(data, network.version)
    if folder.exists() and find_network(folder) is None:
        shutil.rmtree(folder)  # damaged: it would stay as it is
    save(network, folder)
    opened_places(folder, network)
    if today is not None:
        days_of(folder, network).on(today)
    return folder


def days_of(folder: Path, network: Network) -> Days:
    """The searchable days of a published network, kept beside it."""
    return Days(network, folder / "days")


def put_into_service(data: Path, version: str, kept: int = KEPT, expected: str | None = None) -> None:
    """One pointer moves; the networks before stay, `kept` in all. expected: the version that it points to now.

    Raises Overtaken, OSError; then nothing has moved.
    """
    _match_anew(data, version)
    with locked(data / POINTER_LOCK, lambda: time.sleep(ASK_AGAIN_S)):
        before = published_versions(data)
        # Where the pointer is gone and this network's record alone is there, it is found in service before it is.
        if expected is not None and (before[0] if before else "") not in (expected, version):
            raise Overtaken
        versions = [version, *(other for other in before if other != version)]
        write_whole(data / POINTER, ("\n".join(versions[:kept]) + "\n").encode("ascii"))
    for old in versions[kept:]:
        shutil.rmtree(network_folder(data, old), ignore_errors=True)


def make_quick(desk: LoadDesk) -> None:
    """The shortcuts of today for the network in service, which answers already, made by who ordered its load once that
    is told, for all workers: each finds them beside the day. They may cost what the load before might. Where that
    fails, the day stays as slow as it is, and becomes quick by being asked for."""
    for version in published_versions(desk.data)[:1]:
        folder = network_folder(desk.data, version)
        if network := find_network(folder):
            _prepare(desk, days_of(folder, network))


def _prepare(desk: LoadDesk, days: Days) -> None:
    try:
        with within(desk.budget):
            days.prepare(desk.today)
    except (OSError, LoadTooLarge) as error:
        LOG.warning("a day could not be made quick", extra={"fault": type(error).__name__})


def _match_anew(data: Path, version: str) -> None:
    """The first request that meets the network meets with it what is known now. Where that fails the timetable holds
    until the writer has matched."""
    network = find_network(network_folder(data, version))
    if network is None:
        return
    try:
        match_anew(data, network, int(now_s()))
    except (OSError, MobilityError) as error:
        LOG.warning("the live state waits for its writer", extra={"fault": type(error).__name__})


def forget_networks(data: Path, waiting: Collection[str]) -> None:
    """Removes what loads that failed or were killed have left: all but the published networks and those that wait."""
    known = {*published_versions(data), *waiting}
    for folder in (data / NETWORKS).glob("*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)
