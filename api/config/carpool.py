"""The sections of config.toml about carpooling and about the mail that it sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.config.section import Latitude, Longitude, Positive, Section, Text


class MeetingPointSection(Section):
    """A place where people get in and out that is neither stop nor carpool place."""

    id: Annotated[str, Field(pattern="^[A-Za-z0-9-]+$")]
    name: Text
    lat: Latitude
    lon: Longitude


class CarpoolSection(Section):
    """cost_cents_per_km: of the car, shared by all in it. sign_in_page: takes the code of a mail from its fragment.
    answer_within_h: then an ask that nobody answered has expired. waypoints: along an offer's way, at most. search:
    whether trips are looked for with a part by carpool; from margin_s on see mobility/routing/carpool/rules.py."""

    snap_m: Positive = 1000
    answer_within_h: Positive = 24
    cost_cents_per_km: Annotated[float, Field(ge=0, le=200)] = 52.9
    school_holidays: Text | None = None
    sign_in_page: Annotated[str, Field(pattern="^https?://[^#]+$")] | None = None
    points: tuple[MeetingPointSection, ...] = ()
    search: bool = True
    waypoints: Annotated[int, Field(ge=2, le=40)] = 20
    margin_s: Annotated[int, Field(ge=0, le=7200)] = 600
    early_s: Annotated[int, Field(ge=0, le=3600)] = 300
    nearer_m: Annotated[int, Field(ge=0)] = 1000
    nearer_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    most: Annotated[int, Field(gt=0, le=10)] = 3


class MailSection(Section):
    """The password comes from HENT_MAIL_PASSWORD in the environment. authority: a file of certificates."""

    host: Text
    sender: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]
    port: Annotated[int, Field(gt=0, le=65_535)] = 587
    tls: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    authority: Text | None = None
