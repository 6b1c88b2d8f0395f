"""What the tables of the demo territory say, as values. What their columns mean: demo/lorient/README.md."""

from dataclasses import dataclass
from datetime import date

Point = tuple[float, float]
"""Latitude, longitude, in degrees."""


class TableError(ValueError):
    """A table of the demo cannot be used: says which file, row, field and value."""

    def __init__(self, file: str, row: int | str, field: str, value: object) -> None:
        super().__init__(f"{file}, row {row}: {field} = {value!r} cannot be used")
        self.file, self.row, self.field, self.value = file, row, field, value


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where one boards, or (`kind` station) the whole of several such places."""

    stop_id: str
    name: str
    commune: str
    point: Point
    kind: str
    station: str
    platform: str
    step_free: str


@dataclass(frozen=True, slots=True)
class Run:
    """Departures of a line on the days of one service; each of `at` is "HH:MM" or "HH:MM-HH:MM/minutes"."""

    service: str
    at: tuple[str, ...]
    way: str = "both"
    first_stop: str = ""
    last_stop: str = ""
    headway: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `minutes` since the first stop where they are given, else they follow from `speed_km_h`."""

    line_id: str
    name: str
    mode: str
    colour: str
    step_free: str
    bikes: str
    agency: str
    network: str
    speed_km_h: float
    detour: float
    minutes: tuple[int, ...]
    stops: tuple[str, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """The days on which trips run, before holidays: see services.csv."""

    service_id: str
    weekdays: tuple[bool, ...]
    public_holidays: str
    school: str
    season: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """School holidays, first to last day, both included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Transfer:
    """The least time of a change between two stops, or within one station."""

    from_stop_id: str
    to_stop_id: str
    least_s: int


@dataclass(frozen=True, slots=True)
class Rider:
    """Who pays; `default`: anybody who does not say."""

    rider_id: str
    name: str
    default: bool


@dataclass(frozen=True, slots=True)
class FareArea:
    """Stops that a ticket leads from or to."""

    area_id: str
    name: str
    stop_id: str


@dataclass(frozen=True, slots=True)
class Fare:
    """A ticket; `changes` blank means as many as one likes within `minutes` (0: it is not limited in time). rider: ""
    for everybody. between: two areas, both ways; () for all stops of the network. from_clock: of the evening, "" for
    the whole day."""

    fare_id: str
    name: str
    price: str
    currency: str
    network: str
    changes: str
    minutes: int
    medium: str
    rider: str = ""
    between: tuple[str, ...] = ()
    from_clock: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """What a ticket is kept on; `fare_media_type` as in GTFS."""

    medium_id: str
    name: str
    fare_media_type: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Who runs the lines, in name only."""

    agency_id: str
    name: str
    url: str
    phone: str


@dataclass(frozen=True, slots=True)
class Territory:
    """Everything that the feed is built from."""

    agencies: tuple[Agency, ...]
    stops: dict[str, Stop]
    lines: tuple[Line, ...]
    services: tuple[Service, ...]
    holidays: tuple[Holidays, ...]
    transfers: tuple[Transfer, ...]
    fares: tuple[Fare, ...]
    riders: tuple[Rider, ...]
    areas: tuple[FareArea, ...]
    media: tuple[Medium, ...]
    networks: dict[str, str]
    ways: dict[tuple[str, str], tuple[Point, ...]]
