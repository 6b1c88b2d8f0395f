"""Profiles and ranking rules as the config says them, made once for the domain."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from api.config import Config
from api.config.people import FactorSection, ProfileSection
from mobility.fares.notes import read_notes
from mobility.impact import Factor, Factors
from mobility.ranking.costs import RankingSettings
from mobility.ranking.sales import TICKETS, SalesDoor, Selling
from mobility.travellers.profiles import Costs, Profile, StepFree

ADULT, WHEELCHAIR = "adult", "reduced_mobility"
TABLE = Path(__file__).parent / "impact.toml"


def names(config: Config) -> list[str]:
    """Of the profiles that may be asked for; an adult and a wheelchair are always among them."""
    return list(dict.fromkeys([ADULT, *config.profiles, WHEELCHAIR]))


def profile(config: Config, name: str) -> Profile:
    """One of `names`."""
    usual = ProfileSection(speed_mps=1.0, step_free="needed") if name == WHEELCHAIR else ProfileSection()
    return _profile(name, config.profiles.get(name, usual), config)


def rules(config: Config) -> RankingSettings:
    return RankingSettings(factors(config), config.tickets.card, config.search.most_options, selling(config))


def selling(config: Config) -> Selling:
    """Raises InvalidConfig for notes that cannot be read."""
    doors = (
        SalesDoor(
            agency=one.agency,
            modes=frozenset(one.modes),
            card=one.card,
            door=one.door,
            shop=one.shop,
            sells=frozenset(one.sells) or TICKETS,
        )
        for one in config.tickets.operators
    )
    return Selling(tuple(doors), read_notes(Path(config.tickets.notes)) if config.tickets.notes else ())


def factors(config: Config) -> Factors:
    table = _table()
    named = {mode: FactorSection.model_validate(row) for mode, row in table["factors"].items()} | config.impact.factors
    source = f"{table['source']['co2e']}; {table['source']['air']}"
    return Factors({mode: _factor(row) for mode, row in named.items()}, source)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def _factor(row: FactorSection) -> Factor:
    nox_mg, pm10_mg = (None if value is None else value / row.persons for value in (row.nox_mg, row.pm10_mg))
    return Factor(row.co2e_g, nox_mg, pm10_mg, row.source)


def _profile(name: str, section: ProfileSection, config: Config) -> Profile:
    usual = config.walking
    return Profile(
        name=name,
        speed_mps=section.speed_mps or usual.speed_mps,
        cycling_mps=section.cycling_mps or usual.cycling_mps,
        access_s=section.access_s or usual.access_s,
        direct_s=section.direct_s or usual.direct_s,
        cycle_s=section.cycle_s,
        change_minimum_s=section.change_minimum_s,
        change_factor=section.change_factor,
        most_changes=section.most_changes,
        step_free=StepFree(section.step_free),
        luggage=section.luggage,
        bike=section.bike,
        car=section.car,
        party=section.party,
        riders=section.riders,
        costs=Costs(
            section.change_cost_s,
            section.walking_cost,
            section.waiting_cost,
            section.unknown_cost_s,
            section.steps_cost_s,
        ),
    )
