"""From config.toml to what the last kilometre is looked for with, who follows vehicles for hire, and the days without
school."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from api.config import Config
from mobility.carpool.holidays import read_school_holidays
from mobility.rentals.current import FollowedRentals
from mobility.rentals.gbfs_fetch import RentalSource
from mobility.routing.last_kilometre.option import LastKilometreRules


def last_kilometre_rules(config: Config) -> LastKilometreRules:
    asked, pace = config.last_kilometre, config.profiles.get("reduced_mobility")
    return LastKilometreRules(
        reach_m=asked.reach_m,
        worth_m=asked.worth_m,
        shelter_m=asked.shelter_m,
        drive_share=asked.drive_share,
        centre_line_m=asked.centre_line_m,
        parking_m=asked.parking_m,
        radius_m=asked.centre_radius_m,
        telework_share=asked.telework_share,
        telework_least_m=asked.telework_least_m,
        driving_mps=asked.driving_mps,
        parking_s=asked.parking_s,
        boat_margin_s=config.walking.boat_margin_s,
        carpool=config.features.carpool,
        step_free_mps=pace.speed_mps if pace and pace.speed_mps else LastKilometreRules().step_free_mps,
    )


def followed_rentals(config: Config) -> FollowedRentals:
    """Fetches nothing before somebody asks."""
    return FollowedRentals(rental_sources(config))


def rental_sources(config: Config) -> tuple[RentalSource, ...]:
    languages = tuple(config.territory.languages)
    return tuple(RentalSource(one.id, one.url, one.hosts, one.licence, one.local, languages) for one in config.rentals)


def school_holidays(config: Config) -> frozenset[date]:
    """Raises InvalidConfig for a file that cannot be read."""
    file = config.carpool.school_holidays
    return read_school_holidays(Path(file)) if file else frozenset()
