"""The sections of config.toml about the territory: where and what it is, who answers for it, what it publishes."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator

from api.config.section import Latitude, Longitude, Section, Text, Url

Language = Annotated[str, Field(pattern="^[a-z]{2,3}$")]


class TerritorySection(Section):
    """centre: latitude, longitude. bbox: west, south, east, north in degrees; where absent, round the stops.
    country: two letters of ISO 3166-1, "" where it is not said. around: regions that people add behind a place."""

    name: Text
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    around: tuple[Text, ...] = ()
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

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


PLACES_TEXTS = frozenset({"addresses_licence", "addresses_source", "landmarks_licence", "landmarks_source"})
"""Keys of [places] that name no file."""


def _one_or_several(said: object) -> object:
    return (said,) if isinstance(said, str) else tuple(said) if isinstance(said, list) else said


class PlacesSection(Section):
    """Files of what is not in the feeds; GeoJSON or CSV, see docs/configuration.md. Absent: there is none.

    addresses, landmarks: one file or several; _licence, _source: theirs."""

    water: Text | None = None
    crossings: Text | None = None
    communes: Text | None = None
    town_centres: Text | None = None
    counters: Text | None = None
    third_places: Text | None = None
    carpool: Text | None = None
    taxi_ranks: Text | None = None
    car_parks: Text | None = None
    bike_shelters: Text | None = None
    on_demand: Text | None = None
    aliases: Text | None = None
    addresses: Annotated[tuple[Text, ...], BeforeValidator(_one_or_several)] = ()
    addresses_licence: Text = "Licence Ouverte 2.0"
    addresses_source: Text = "Base Adresse Nationale"
    landmarks: Annotated[tuple[Text, ...], BeforeValidator(_one_or_several)] = ()
    landmarks_licence: Text = "Licence Ouverte 2.0"
    landmarks_source: Text = "Les lieux du territoire"

    @property
    def files(self) -> tuple[str, ...]:
        """All that are named."""
        named = (value for key, value in self.model_dump().items() if key not in PLACES_TEXTS and value)
        return tuple(file for one in named for file in ((one,) if isinstance(one, str) else one))


class DataUseSection(Section):
    """Who answers for personal data, and where people can turn to (RGPD, article 13). basis: of what is offered to all,
    the paragraph of its article 6."""

    controller: Text
    contact: Text
    basis: Literal["6.1.e", "6.1.f"] = "6.1.e"
    more: str = ""


class OpenDataSection(Section):
    """publisher: absent: the controller of data_use. licence: of what is the territory's own. url: the public
    address of this service, where it is not the one that it is asked at."""

    publisher: str = ""
    email: Annotated[str, Field(pattern="^[^@\\s]+@[^@\\s]+$")] = "contact@localhost"
    licence: Text = "Licence Ouverte 2.0"
    meeting_points_licence: Text = "ODbL-1.0"
    url: Url | None = None
