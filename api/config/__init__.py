"""config.toml as one frozen value. Every key is documented in docs/configuration.md; unknown keys are refused.

Knows the shape of the file and nothing of what is done with it. Secrets never stand here: they come from the
environment alone.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from api.config.carpool import CarpoolSection, MailSection
from api.config.covoiturage import CovoiturageSection
from api.config.feeds import FEED_ID, FeedSection, GoldenSection, ReloadSection, Text
from api.config.limits import LimitsSection
from api.config.pages import AccessibilitySection, FeaturesSection, MapSection
from api.config.security import SecuritySection
from api.config.statistics import StatisticsSection
from api.config.travelling import (
    Count,
    ImpactSection,
    Positive,
    ProfileName,
    ProfileSection,
    Section,
    Speed,
    TicketsSection,
)
from mobility.errors import InvalidConfig

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Share = Annotated[float, Field(gt=0, le=1)]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]


class TerritorySection(Section):
    """centre: latitude, longitude. bbox: west, south, east, north in degrees; where absent, round the stops.
    country: two letters of ISO 3166-1, "" where it is not said."""

    name: Text
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    timezone: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    centre: tuple[Latitude, Longitude]
    zoom: Annotated[float, Field(ge=0, le=22)] = 12.0
    bbox: tuple[Longitude, Latitude, Longitude, Latitude] | None = None

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError) as error:
            raise ValueError("is no time zone of the IANA list") from error
        return name


class PlacesSection(Section):
    """Files of what is not in the feeds; GeoJSON or CSV, see docs/configuration.md. Absent: there is none."""

    water: Text | None = None
    communes: Text | None = None
    town_centres: Text | None = None
    counters: Text | None = None
    third_places: Text | None = None
    carpool: Text | None = None
    taxi_ranks: Text | None = None
    car_parks: Text | None = None
    bike_shelters: Text | None = None
    on_demand: Text | None = None


class RentalSection(Section):
    """Shared vehicles as GBFS. Nothing is fetched from other hosts than that of the url and those named here."""

    id: Annotated[str, Field(pattern=FEED_ID)]
    url: Annotated[str, Field(pattern="^https?://")]
    licence: str = ""
    hosts: tuple[Text, ...] = ()
    local: bool | None = None


class LastKilometreSection(Section):
    """What is looked for round doors, stops and town centres (mobility/routing/last_km_option.py)."""

    reach_m: Positive = 600
    worth_m: Count = 400
    shelter_m: Positive = 200
    drive_share: Share = 0.5
    driving_mps: Speed = 7.0
    parking_s: Count = 60
    centre_line_m: Positive = 1500
    parking_m: Positive = 1500
    centre_radius_m: Positive = 400
    telework_share: Share = 0.3
    telework_least_m: Positive = 5000


class StreetsSection(Section):
    """extract: of OpenStreetMap, .osm.pbf; read by `hent streets build`. valhalla: address of a server, asked first.
    Both absent: ways are straight lines."""

    extract: Text | None = None
    valhalla: Annotated[str, Field(pattern="^https?://")] | None = None


class WalkingSection(Section):
    """access_s, direct_s: longest walk at each end and all the way where neither query nor profile says; drive_s: the
    longest drive to a car park or a stop; longest_s: the most a query may ask for."""

    speed_mps: Speed = 1.33
    cycling_mps: Speed = 4.2
    detour_factor: Annotated[float, Field(ge=1, le=3)] = 1.3
    access_s: Positive = 900
    direct_s: Positive = 1800
    drive_s: Positive = 1200
    longest_s: Positive = 7200
    transfer_m: Positive = 600
    quay_m: Count = 50
    boat_margin_s: Count = 180


class SearchSection(Section):
    """window_s: searched where a query names no window; longest_window_s: the most a query may ask for.
    widest_window_s: how far a window is widened until there are `results`. most_options: what a traveller with a
    profile is shown."""

    window_s: Positive = 900
    longest_window_s: Positive = 86_400
    widest_window_s: Positive = 86_400
    results: Positive = 5
    page_results: Positive = 12
    most_results: Positive = 60
    most_rides: Annotated[int, Field(gt=0, le=16)] = 8
    minimum_change_s: Count = 60
    most_options: Positive = 5


class ServerSection(Section):
    """cors: origins whose pages may call the API, "*" for all. proxies: before Hent, that say who asks."""

    host: Text = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    workers: Annotated[int, Field(gt=0, le=256)] = 2
    threads: Annotated[int, Field(gt=0, le=256)] = 4
    cors: tuple[Text, ...] = ("*",)
    proxies: Annotated[int, Field(ge=0, le=10)] = 0


class StorageSection(Section):
    """url: of the database; absent: a SQLite file in the data folder. A password belongs in the environment."""

    url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql\+psycopg://)")] | None = None


class OpenDataSection(Section):
    """publisher: absent: the controller of data_use. licence: of what is the territory's own. url: the public
    address of this service, where it is not the one that it is asked at."""

    publisher: str = ""
    email: Annotated[str, Field(pattern="^[^@\\s]+@[^@\\s]+$")] = "contact@localhost"
    licence: Text = "Licence Ouverte 2.0"
    meeting_points_licence: Text = "ODbL-1.0"
    url: Annotated[str, Field(pattern="^https?://")] | None = None


class DataUseSection(Section):
    """Who answers for personal data, and where people can turn to (RGPD, article 13). basis: of what is offered to all,
    the paragraph of its article 6."""

    controller: Text
    contact: Text
    basis: Literal["6.1.e", "6.1.f"] = "6.1.e"
    more: str = ""


Named = FeedSection | RentalSection


class Config(Section):
    territory: TerritorySection
    data_use: DataUseSection
    feeds: tuple[FeedSection, ...] = ()
    golden: tuple[GoldenSection, ...] = ()
    reload: ReloadSection = ReloadSection()
    places: PlacesSection = PlacesSection()
    rentals: tuple[RentalSection, ...] = ()
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

    @field_validator("feeds", "rentals")
    @classmethod
    def _ids_are_unique(cls, named: tuple[Named, ...], info: ValidationInfo) -> tuple[Named, ...]:
        ids = [one.id for one in named]
        if twice := {one for one in ids if ids.count(one) > 1}:
            raise ValueError(f"two {info.field_name} have the id {min(twice)!r}")
        return named

    def feed(self, feed_id: str) -> FeedSection | None:
        return next((feed for feed in self.feeds if feed.id == feed_id), None)


def read_config(path: Path) -> Config:
    """The config in a file; relative paths in it count from its folder. Raises InvalidConfig."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise InvalidConfig(path.name, "does not exist") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidConfig(path.name, "cannot be read as UTF-8 text") from error
    return parse_config(text, path.absolute().parent)


def parse_config(text: str, folder: Path) -> Config:
    """Raises InvalidConfig, which names the dotted key."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidConfig("config.toml", f"is no TOML: {error}") from error
    try:
        return _switched(Config.model_validate(_tuples(_with_whole_paths(document, folder))))
    except ValidationError as error:
        raise _fault(error) from error


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
    """config.toml in the folder, else the one that stands beside this package: the demo territory's."""
    here = folder / "config.toml"
    return here if here.is_file() else Path(__file__).parents[2] / "config.toml"


def _with_whole_paths(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    feeds, places = document.get("feeds"), document.get("places")
    single = [("streets", "extract"), ("carpool", "school_holidays"), ("mail", "authority"), ("map", "tiles")]
    named = [(document.get(section), key) for section, key in single]
    named += [(feed, "path") for feed in feeds] if isinstance(feeds, list) else []
    named += [(places, key) for key in places] if isinstance(places, dict) else []
    for section, key in named:
        if isinstance(section, dict) and isinstance(section.get(key), str):
            section[key] = str(folder / section[key])
    return document


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: a frozen value holds no list."""
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _fault(error: ValidationError) -> InvalidConfig:
    """The first fault in words, an unknown key before all others: it often explains why another one is missing."""
    faults = error.errors(include_url=False)
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    key = ".".join(str(part) for part in first["loc"]) or "config.toml"
    reasons = {"extra_forbidden": "is no key of this section", "missing": "is missing"}
    reason = reasons.get(first["type"], first["msg"].removeprefix("Value error, "))
    return InvalidConfig(key, reason[:1].lower() + reason[1:])
