"""What a load is given: the data folder, what is known of the territory, and the feeds that come in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from gtfs.archive import ReadLimits
from gtfs.canonical import Engine, no_engine
from gtfs.snapshot import FeedSource
from mobility.feeds.budget import UNBOUNDED, LoadBudget
from mobility.feeds.golden_query import GoldenQuery
from mobility.feeds.progress import Watch, unwatched
from mobility.network.network import FeedVersion
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.streets.graph import Streets

KEPT = 5


@dataclass(frozen=True, slots=True, eq=False)
class BuildInputs:
    """What is known of a territory beside its feeds. zone: IANA name, "" for that of the first feed's first agency;
    home_zone: where no agency says one that can be read.
    streets_version: of `streets`, "" without. extend: ids of feeds whose calendar goes on past its end.

    golden: what every network must answer before it is published. kept: networks, and versions of each feed, that
    stay on disk to go back to. holidays: days without school. engine: asks the canonical rules about what is new.
    strict: what would be left out of optional tables refuses a feed. fetch_s: that a whole feed may take to come;
    named_hosts: of the config, which it may come from though they have no public address.
    """

    zone: str
    terrain: Terrain = OPEN_GROUND
    places: tuple[TerritoryPlace, ...] = ()
    limits: ReadLimits = field(default_factory=ReadLimits)
    fetch_s: float = 120.0
    named_hosts: frozenset[str] = frozenset()
    streets: Streets | None = None
    streets_version: str = ""
    extend: frozenset[str] = frozenset()
    golden: tuple[GoldenQuery, ...] = ()
    kept: int = KEPT
    holidays: frozenset[date] = frozenset()
    engine: Engine = no_engine
    strict: bool = False
    home_zone: str = "UTC"


@dataclass(frozen=True, slots=True, eq=False)
class LoadContext:
    """The circumstances of one load. data: the folder of all state; today: the territory's date.

    watch: is told each step; what it raises ends the load, and nothing has changed.
    """

    data: Path
    inputs: BuildInputs
    today: date
    watch: Watch = unwatched
    budget: LoadBudget = UNBOUNDED

    def stays(self, feed: FeedVersion) -> bool:
        return True

    def context(self, ids: Collection[str]) -> LoadContext:
        """A desk that knows all beforehand."""
        return self


class LoadDesk(Protocol):
    """Who orders a load. What depends on the feeds in service is asked once the lock is held, not before: until then
    another load may change them."""

    @property
    def data(self) -> Path: ...

    @property
    def today(self) -> date: ...

    @property
    def watch(self) -> Watch: ...

    @property
    def budget(self) -> LoadBudget: ...

    def stays(self, feed: FeedVersion) -> bool:
        """Whether a feed in service stays beside what comes in."""

    def context(self, ids: Collection[str]) -> LoadContext:
        """ids: of the feeds that the network will have."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A feed to load. file: a path (zip or folder) or an http address. only_new: where the address still gives what
    came from it last, accepted or not, it is left alone. force: it takes the place of the version in service though it
    reaches less far."""

    source: FeedSource
    file: str
    only_new: bool = False
    force: bool = False
