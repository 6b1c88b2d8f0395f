"""config.toml as one frozen value. Every key is documented in docs/configuration.md; unknown keys are refused.

Knows the shape of the file and nothing of what is done with it. Secrets never stand here: they come from the
environment alone.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from api.config.carpool import CarpoolSection, MailSection
from api.config.covoiturage import CovoiturageSection
from api.config.feeds import FeedSection, GoldenSection, ReloadSection
from api.config.pages import AccessibilitySection, FeaturesSection, MapSection
from api.config.parts import FileSection, WantedSection
from api.config.people import ImpactSection, ProfileName, ProfileSection, TicketsSection
from api.config.realtime import RealtimeSection
from api.config.routing import LastKilometreSection, RentalSection, SearchSection, StreetsSection, WalkingSection
from api.config.section import Section
from api.config.service import LimitsSection, SecuritySection, ServerSection, StatisticsSection, StorageSection
from api.config.territory import PLACES_TEXTS, DataUseSection, OpenDataSection, PlacesSection, TerritorySection
from mobility.clock import NOW, now_said
from mobility.errors import ConfigFault, InvalidConfig
from mobility.live.source import KINDS, is_address

HOME = Path(__file__).parents[2]
"""The folder that the packages stand in."""
DEMO = HOME / "demo" / "config.toml"

FeedOrFile = FeedSection | RentalSection | FileSection


class Config(Section):
    territory: TerritorySection
    data_use: DataUseSection
    feeds: tuple[FeedSection, ...] = ()
    files: tuple[FileSection, ...] = ()
    wanted: tuple[WantedSection, ...] = ()
    golden: tuple[GoldenSection, ...] = ()
    reload: ReloadSection = ReloadSection()
    places: PlacesSection = PlacesSection()
    rentals: tuple[RentalSection, ...] = ()
    realtime: tuple[RealtimeSection, ...] = ()
    last_kilometre: LastKilometreSection = LastKilometreSection()
    streets: StreetsSection = StreetsSection()
    walking: WalkingSection = WalkingSection()
    profiles: dict[ProfileName, ProfileSection] = Field(default_factory=dict)
    tickets: TicketsSection = TicketsSection()
    impact: ImpactSection = ImpactSection()
    search: SearchSection = SearchSection()
    open_data: OpenDataSection = OpenDataSection()
    limits: LimitsSection = LimitsSection()
    server: ServerSection = ServerSection()
    storage: StorageSection = StorageSection()
    carpool: CarpoolSection = CarpoolSection()
    covoiturage: CovoiturageSection = CovoiturageSection()
    mail: MailSection | None = None
    features: FeaturesSection = FeaturesSection()
    statistics: StatisticsSection = StatisticsSection()
    security: SecuritySection = SecuritySection()
    map: MapSection = MapSection()
    accessibility: AccessibilitySection = AccessibilitySection()

    @field_validator("feeds", "rentals", "files")
    @classmethod
    def _ids_are_unique(cls, named: tuple[FeedOrFile, ...], info: ValidationInfo) -> tuple[FeedOrFile, ...]:
        ids = [one.id for one in named]
        if twice := {one for one in ids if ids.count(one) > 1}:
            raise ValueError(f"two {info.field_name} have the id {min(twice)!r}")
        return named

    @property
    def publisher(self) -> str:
        """Of the open data that are the territory's own."""
        return self.open_data.publisher or self.data_use.controller

    @property
    def public_address(self) -> str:
        """Under which the public reaches this service, without a slash at its end; "" where nobody wrote it down."""
        hosts = self.server.hosts
        return self.open_data.url.rstrip("/") if self.open_data.url else f"https://{hosts[0]}" if hosts else ""

    @property
    def address(self) -> str:
        """For what is kept or catalogued, which never names the host that a client happened to ask."""
        return self.public_address or f"http://{self.server.host}:{self.server.port}"

    @property
    def is_illustrative(self) -> bool:
        """Whether some of what is told of real time is invented."""
        return any(one.illustrative for one in self.realtime)

    @property
    def is_demo(self) -> bool:
        return any(one.demo for one in self.feeds)

    def feed(self, feed_id: str) -> FeedSection | None:
        return next((feed for feed in self.feeds if feed.id == feed_id), None)


def read_config(path: Path) -> Config:
    """The config in a file; relative paths in it count from its folder. Raises InvalidConfig."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise InvalidConfig(path.name, "does not exist", ConfigFault.MISSING_FILE) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidConfig(path.name, "cannot be read as UTF-8 text", ConfigFault.BAD_FILE) from error
    return parse_config(text, HOME if path == DEMO else path.absolute().parent, path.name)


def parse_config(text: str, folder: Path, file: str = "config.toml") -> Config:
    """Raises InvalidConfig, which names the dotted key, or the file where the fault is the whole."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidConfig(file, f"is no TOML: {error}", ConfigFault.BAD_FILE) from error
    try:
        found = Config.model_validate(_tuples(_with_whole_paths(document, folder)))
    except ValidationError as error:
        raise _fault(error, file) from error
    if found.server.production and now_said():
        raise InvalidConfig(
            "server.production",
            f"goes by the clock of the machine alone: take {NOW} away",
            ConfigFault.NOT_FOR_THE_PUBLIC,
        )
    return _switched(found)


def _switched(config: Config) -> Config:
    """Without what is switched off, so that nothing else has to ask."""
    off: dict[str, object] = {}
    if not config.features.rentals:
        off["rentals"] = ()
    if not config.features.carpool:
        off["carpool"] = config.carpool.model_copy(update={"search": False})
        off["covoiturage"] = CovoiturageSection()
    return config.model_copy(update=off)


def find_config(folder: Path) -> Path:
    """config.toml in the folder, else the demo territory's, which comes with the packages."""
    here = folder / "config.toml"
    return here if here.is_file() else DEMO


def _with_whole_paths(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    feeds, places = document.get("feeds"), document.get("places")
    single = [
        ("streets", "extract"),
        ("carpool", "school_holidays"),
        ("mail", "authority"),
        ("map", "tiles"),
        ("tickets", "notes"),
    ]
    named = [(document.get(section), key) for section, key in single]
    for listed in (feeds, document.get("files")):
        named += [(one, "path") for one in listed] if isinstance(listed, list) else []
    named += [(places, key) for key in places if key not in PLACES_TEXTS] if isinstance(places, dict) else []
    realtime = document.get("realtime")
    named += [(one, kind) for one in realtime for kind in KINDS] if isinstance(realtime, list) else []
    for section, key in named:
        if isinstance(section, dict) and isinstance(section.get(key), str) and not is_address(section[key]):
            section[key] = str(folder / section[key])
    if isinstance(places, dict) and isinstance(places.get("addresses"), list):
        places["addresses"] = [str(folder / file) if isinstance(file, str) else file for file in places["addresses"]]
    return document


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: a frozen value holds no list."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


FAULTS = {"extra_forbidden": ConfigFault.KEY_UNKNOWN, "missing": ConfigFault.KEY_MISSING}
"""By what pydantic calls them."""


def _fault(error: ValidationError, file: str) -> InvalidConfig:
    """The first fault in words, an unknown key before all others: it often explains why another one is missing."""
    faults = error.errors(include_url=False)
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    key = ".".join(str(part) for part in first["loc"]) or file
    reasons = {"extra_forbidden": "is no key of this section", "missing": "is missing"}
    reason = reasons.get(first["type"], first["msg"].removeprefix("Value error, "))
    code = FAULTS.get(first["type"], ConfigFault.KEY_WRONG)
    return InvalidConfig(key, reason[:1].lower() + reason[1:], code)
