"""The network of some versions of feeds, made beside the one in service: found on disk, or built, saved and asked.

DIR/networks/VERSION/recipe   what a network was made of; who asks for the same again is given it at once
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from errno import ENOSPC
from importlib.metadata import version as version_of_package
from pathlib import Path

import orjson
import shapely

from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.snapshot import FeedSnapshot
from mobility.errors import FolderFault, FolderUnavailable, LoadTooLarge
from mobility.feeds.budget import MIB
from mobility.feeds.build.extension import extended, extended_feeds
from mobility.feeds.build.network import BuildPlace, build, build_looked_at
from mobility.feeds.build.straits import unmapped_boats
from mobility.feeds.golden import ask_all
from mobility.feeds.inputs import BuildInputs, LoadContext
from mobility.feeds.kept_snapshot import snapshot_to_build_of
from mobility.feeds.outcome import NotAnswered
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.publish import days_of, save_beside
from mobility.feeds.state import find_record
from mobility.network.current import NETWORKS, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.network.network import FeedVersion, Network
from mobility.network.storage import FORMAT, find_network, open_network, size_of
from mobility.network.structure import write_structure
from mobility.network.terrain import Terrain
from mobility.places.storage import opened_places
from mobility.routing.territory import Territory
from mobility.streets.router import router_of

RECIPE = "recipe"
Fresh = tuple[FeedVersion, FeedSnapshot]


def network_of(at: LoadContext, feeds: Sequence[FeedVersion], fresh: Sequence[Fresh] = ()) -> str:
    """The version of the network that these feeds make, which then stands on disk. fresh: those that were just read.

    Raises NotAnswered, or OSError where it cannot be saved.
    """
    wanted, read = recipe(at, feeds), {feed.id: snapshot for feed, snapshot in fresh}
    version = _made_of(at.data, wanted)
    if not version:
        lasting = extended_feeds(feeds, at.inputs.extend, at.today)
        version = _saved(at, [extended(read.get(feed.id) or _again(at, feed), feed.extended_days) for feed in lasting])
    _ask(at, version, max([at.today, *(feed.first_day for feed, _ in fresh if feed.first_day)]))
    write_whole(network_folder(at.data, version) / RECIPE, wanted.encode())
    return version


def recipe(at: LoadContext, feeds: Sequence[FeedVersion]) -> str:
    """A digest of all that a network is made of. Networks of equal recipes are equal."""
    inputs, lasting = at.inputs, extended_feeds(feeds, at.inputs.extend, at.today)
    terrain = [getattr(inputs.terrain, field.name) for field in fields(Terrain) if field.name != "barriers"]
    barriers = [shapely.to_wkb(area, hex=True) for area in inputs.terrain.barriers]
    places = [asdict(place) for place in inputs.places]
    made_by = version_of_package("hent"), FORMAT
    parts = [
        made_by,
        inputs.zone,
        inputs.streets_version,
        terrain,
        barriers,
        places,
        [asdict(one) for one in lasting],
    ]
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def recipe_of(data: Path, version: str) -> str:
    """ "" where it is not known."""
    file = network_folder(data, version) / RECIPE
    return file.read_text("ascii") if file.exists() else ""


def published_with(data: Path, feeds: Sequence[FeedVersion]) -> str:
    """The network published last of those on disk that hold just these versions, "" without."""
    wanted = {(feed.id, feed.sha256) for feed in feeds}
    for version in published_versions(data):
        feeds_of_it = {(feed.id, feed.sha256) for feed in find_record(data, version)}
        if feeds_of_it == wanted and is_sound(data, version):
            return version
    return ""


def is_sound(data: Path, version: str) -> bool:
    """Whether it stands on disk, whole and in the form that this version of Hent reads."""
    return find_network(network_folder(data, version)) is not None


def _made_of(data: Path, wanted: str) -> str:
    """One that cannot be opened is removed, so that it can be made again."""
    for folder in (data / NETWORKS).glob("*"):
        if recipe_of(data, folder.name) == wanted:
            if find_network(folder):
                return folder.name
            shutil.rmtree(folder)
    return ""


def _again(at: LoadContext, feed: FeedVersion) -> FeedSnapshot:
    """A version that was accepted before is not judged once more. Raises UnreadableFeed, which says that it is not what
    was just loaded that cannot be read."""
    at.watch(Progress(LoadStep.READ, feed.id))
    try:
        return snapshot_to_build_of(at.data, feed, at.inputs.limits)
    except UnreadableFeed as fault:
        file = f"feeds/{feed.id}/{feed.sha256}.zip"
        raise UnreadableFeed(FeedFault.STAYS_UNREADABLE, file=file, feed=feed.id, reason=fault.reason) from fault


def built(inputs: BuildInputs, snapshots: Sequence[FeedSnapshot]) -> Network:
    """The network that feeds make in a territory, in memory."""
    return build(snapshots, inputs.terrain, _zone(inputs, snapshots), inputs.places, inputs.streets)


def _zone(inputs: BuildInputs, snapshots: Sequence[FeedSnapshot]) -> str:
    known = (agency.timezone for feed in snapshots for agency in feed.agencies if agency.timezone)
    return inputs.zone or next(known, inputs.home_zone)


def _saved(at: LoadContext, snapshots: Sequence[FeedSnapshot]) -> str:
    at.watch(Progress(LoadStep.BUILD))
    inputs = at.inputs
    where = BuildPlace(inputs.terrain, _zone(inputs, snapshots), inputs.places, inputs.streets)
    network, found = build_looked_at(snapshots, where)
    found = replace(found, boats_unmapped=_unmapped_boats(inputs, network))
    _fits(at, network)
    write_structure(save_beside(at.data, network, at.today), found)
    return network.version


def _fits(at: LoadContext, network: Network) -> None:
    """Raises LoadTooLarge, or FolderUnavailable where the disk has no room for it."""
    size, most_mib = size_of(network), at.budget.disk_mib
    if most_mib and size > most_mib * MIB:
        raise LoadTooLarge("disk", f"{most_mib} MiB")
    if size > shutil.disk_usage(at.data).free:
        needed = f"{os.strerror(ENOSPC)}: {size // MIB} MiB are needed"
        raise FolderUnavailable(needed, FolderFault.DISK_FULL)


def _unmapped_boats(inputs: BuildInputs, network: Network) -> tuple[str, ...]:
    return unmapped_boats(network, router_of(inputs.streets, network)) if network.terrain.straits else ()


def _ask(at: LoadContext, version: str, day: date) -> None:
    """Raises NotAnswered; then a network that was never in service is gone."""
    if not at.inputs.golden:
        return
    at.watch(Progress(LoadStep.ASK))
    folder = network_folder(at.data, version)
    try:
        ask_all(_territory(folder, open_network(folder), at.inputs), at.inputs.golden, day)
    except NotAnswered:
        if version not in published_versions(at.data):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _territory(folder: Path, network: Network, inputs: BuildInputs) -> Territory:
    streets = router_of(inputs.streets, network)
    return Territory(network, streets, days_of(folder, network), opened_places(folder, network))
