"""The sections of config.toml about people: who travels, what tickets are kept on, what vehicles emit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.config.section import Count, Positive, Section, Speed

Emission = Annotated[float, Field(ge=0)]
ProfileName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


SHOP = r"^(https://[^\s{}]+([^\s{}]|\{(product|line|from|to)\})*)?$"
"""An address, with what it may tell the shop in braces: nothing else can be told."""


class ProfileSection(Section):
    """A kind of traveller (mobility/travellers/profiles.py). What is not said of walks stands in [walking]."""

    speed_mps: Speed | None = None
    cycling_mps: Speed | None = None
    access_s: Positive | None = None
    direct_s: Positive | None = None
    cycle_s: Count = 0
    change_minimum_s: Count = 0
    change_factor: Annotated[float, Field(ge=1, le=10)] = 1.0
    most_changes: Annotated[int, Field(ge=0, le=15)] = 7
    step_free: Literal["any", "preferred", "needed", "strict"] = "any"
    luggage: bool = False
    bike: bool = False
    car: bool = False
    party: Annotated[int, Field(gt=0, le=50)] = 1
    riders: tuple[str, ...] = ()
    change_cost_s: Count = 300
    walking_cost: Annotated[float, Field(ge=0, le=100)] = 1.5
    waiting_cost: Annotated[float, Field(ge=0, le=100)] = 0.5
    unknown_cost_s: Count = 0
    steps_cost_s: Count = 0


class FactorSection(Section):
    """What a vehicle emits, as in api/config/impact.toml. A number that is not given is unknown."""

    co2e_g: Emission | None = None
    nox_mg: Emission | None = None
    pm10_mg: Emission | None = None
    persons: Annotated[float, Field(gt=0)] = 1.0
    source: str = ""


class ImpactSection(Section):
    """factors: by mode, in place of those of api/config/impact.toml."""

    factors: dict[str, FactorSection] = Field(default_factory=dict)


class OperatorSection(Section):
    """How an operator sells (mobility/ranking/ride_tickets.py). modes: of its lines, empty for all of them."""

    agency: Annotated[str, Field(min_length=1)]
    modes: tuple[str, ...] = ()
    card: Literal["", "yes", "no", "unknown", "load"] = ""
    door: Literal["inform", "hand_over"] = "inform"
    shop: Annotated[str, Field(pattern=SHOP)] = ""
    sells: tuple[str, ...] = ()


class TicketsSection(Section):
    """card: the transit card of the territory; media of the feeds' fares whose name begins so are it. notes: a table of
    what timetables cannot say of prices. child: the rider category, by its id in the feeds, that children pay as."""

    card: str = ""
    child: str = "child"
    notes: str | None = None
    operators: tuple[OperatorSection, ...] = ()
