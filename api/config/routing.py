"""The sections of config.toml about the search of trips: streets, walks, windows, last kilometre, vehicles for hire."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from api.config.feeds import FEED_ID
from api.config.section import Count, Positive, Section, Share, Speed, Text, Url
from mobility.network.modes import MODES, TRAINS


def _is_mode(name: str) -> str:
    if name not in MODES:
        raise ValueError(f"no mode of the MOTIS API: {name}")
    return name


ModeName = Annotated[str, AfterValidator(_is_mode)]


class SearchSection(Section):
    """window_s: searched where a query names no window; longest_window_s: the most a query may ask for.
    widest_window_s: how far a window is widened until there are `results`. station_change_s, stop_change_s: least time
    between two vehicles by mode, within a station and elsewhere, where the feed says nothing. most_options: what a
    traveller with a profile is shown."""

    window_s: Positive = 900
    longest_window_s: Positive = 86_400
    widest_window_s: Positive = 86_400
    results: Positive = 5
    page_results: Positive = 12
    most_results: Positive = 60
    most_rides: Annotated[int, Field(gt=0, le=16)] = 8
    minimum_change_s: Count = 60
    station_change_s: dict[ModeName, Count] = Field(default_factory=lambda: dict.fromkeys(sorted(TRAINS), 300))
    stop_change_s: dict[ModeName, Count] = Field(default_factory=lambda: dict.fromkeys(sorted(TRAINS), 300))
    most_options: Positive = 5


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


class StreetsSection(Section):
    """extract: of OpenStreetMap, .osm.pbf; read by `hent streets build`. valhalla: address of a server, asked first.
    Both absent: ways are straight lines."""

    extract: Text | None = None
    valhalla: Url | None = None


class LastKilometreSection(Section):
    """What is looked for round doors, stops and town centres (mobility/routing/last_kilometre/option.py)."""

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


class RentalSection(Section):
    """Shared vehicles as GBFS. Nothing is fetched from other hosts than that of the url and those named here."""

    id: Annotated[str, Field(pattern=FEED_ID)]
    url: Url
    licence: str = ""
    hosts: tuple[Text, ...] = ()
    local: bool | None = None
