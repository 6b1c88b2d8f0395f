"""How a traveller moves, read alike by every query: the profile, and what the query says against it."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from api.config import Config, travellers
from api.parse.modes import named
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from api.web.dialect import Dialect
from mobility.errors import InvalidQuery
from mobility.routing.query import Query, Walking
from mobility.routing.runs import OnFoot
from mobility.search.pace import Change
from mobility.travellers.profiles import Profile, StepFree

LONGEST_CHANGE_MINUTES = 24 * 60
FARTHEST_M = 1e9
CHANGE_MINUTES = ("minTransferTime", "additionalTransferTime")
LARGEST_PARTY = 50
COUNTS = ("adults", "children")
MOST_OF_EACH = LARGEST_PARTY // len(COUNTS)
ACCESS_MODES = ("WALK", "BIKE", "CAR_PARKING", "CAR_DROPOFF")
EGRESS_MODES = ("WALK", "BIKE", "CAR_DROPOFF")
"""In the order in which they are searched; nobody has a car waiting at the other end."""


def traveller(values: Values, config: Config) -> Profile:
    """`profile`, or what `pedestrianProfile` means where it is not given; stepFree and how many travel go before what
    the profile says. Raises InvalidQuery."""
    in_wheelchair = _pedestrian(values) == "WHEELCHAIR"
    known = travellers.names(config)
    name = values.text("profile") or (travellers.WHEELCHAIR if in_wheelchair else travellers.ADULT)
    if name not in known:
        raise InvalidQuery("profile", RequestFault.NONE_OF, known=", ".join(known))
    found = travellers.profile(config, name)
    riders = _riders(values, found, config.tickets.child)
    return replace(found, step_free=_step_free(values, found, in_wheelchair), party=len(riders), riders=riders)


def _riders(values: Values, profile: Profile, child: str) -> tuple[str, ...]:
    """What each of those who travel together pays as; adults and children go before passengers. child: the rider that
    children pay as. An adult goes along: a child alone is told by fareRider."""
    if not any(values.text(name) for name in COUNTS):
        return profile.paying_as(values.whole("passengers", profile.party, 1, LARGEST_PARTY))
    usual = profile.paying_as(profile.party)
    grown = tuple(rider for rider in usual if rider != child)
    adults = values.whole("adults", max(1, len(grown)), 1, MOST_OF_EACH)
    children = values.whole("children", len(usual) - len(grown), 0, MOST_OF_EACH)
    return (*(*grown, *[""] * adults)[:adults], *[child] * children)


def with_own_bike(profile: Profile, values: Values) -> Profile:
    """Who takes a bicycle along, and walks beside nobody, has it at hand at both ends. A client of MOTIS says so by
    modes."""
    rides = profile.party == 1 and not profile.luggage and not profile.step_free.excludes_steps
    return replace(profile, bike=True) if rides and values.flag("requireBikeTransport") else profile


def with_rides(asked: Query, values: Values, dialect: Dialect) -> Query:
    """maxTransfers: one ride more than transfers; before version 3 the number of rides itself. Without it the profile
    says how many changes are too many."""
    if not values.text("maxTransfers"):
        return replace(asked, most_rides=min(asked.profile.most_changes + 1, asked.most_rides))
    most = values.whole("maxTransfers", 0) + (not dialect.counts_rides_as_transfers)
    return replace(asked, most_rides=min(most, asked.most_rides)) if most else replace(asked, modes=frozenset())


def walking(values: Values, config: Config, profile: Profile) -> Walking:
    """Without WALK among its modes an end has no way on foot: only the very stop asked for is boarded there.

    maxPreTransitTime and maxPostTransitTime hold for every mode; by car there is more time where they are not given.
    """
    longest_s = config.walking.longest_s
    speed_mps = walking_mps(values, profile)
    access_s = values.up_to(longest_s, "maxPreTransitTime", profile.access_s)
    egress_s = values.up_to(longest_s, "maxPostTransitTime", profile.access_s)
    if values.text("radius"):
        access_s = egress_s = min(ceil(values.number("radius", 0, 0, FARTHEST_M) / speed_mps), longest_s)
    return Walking(
        speed_mps=speed_mps,
        access_s=access_s,
        egress_s=egress_s,
        direct_s=values.up_to(longest_s, "maxDirectTime", profile.direct_s),
        cycling_mps=values.number("cyclingSpeed", profile.cycling_mps, 0.5, 15),
        drive_s=max(access_s, egress_s) if _are_limited(values) else config.walking.drive_s,
        cycle_s=0 if _are_limited(values) else profile.cycle_s,
        access_modes=_access_modes(values, profile),
        egress_modes=_egress_modes(values, profile),
    )


def walking_mps(values: Values, profile: Profile) -> float:
    return values.number("pedestrianSpeed", profile.speed_mps, 0.2, 5)


def on_foot(values: Values, config: Config, profile: Profile) -> OnFoot:
    return OnFoot(walking(values, config, profile), change(values, profile), profile.step_free.excludes_steps)


def _are_limited(values: Values) -> bool:
    return any(values.text(name) for name in ("maxPreTransitTime", "maxPostTransitTime", "radius"))


def _access_modes(values: Values, profile: Profile) -> tuple[str, ...]:
    """Whose bike or car is at hand comes by it, unless steps are in the way of that, too. A car that is only said to
    be one has to be left somewhere."""
    own = [mode for mode, at_hand in (("BIKE", profile.bike), ("CAR_PARKING", profile.car)) if at_hand]
    usual = ["WALK", *([] if profile.step_free.excludes_steps else own)]
    asked = ["CAR_PARKING" if mode == "CAR" else mode for mode in named(values, "preTransitModes", usual)]
    return tuple(mode for mode in ACCESS_MODES if mode in asked)


def _egress_modes(values: Values, profile: Profile) -> tuple[str, ...]:
    """A bike is at the other end where it was taken along, or where the query says so."""
    along = values.flag("requireBikeTransport") and "BIKE" in _access_modes(values, profile)
    asked = named(values, "postTransitModes", ["WALK", "BIKE"] if along else ["WALK"])
    return tuple(mode for mode in EGRESS_MODES if mode in asked)


def change(values: Values, profile: Profile) -> Change:
    least, more = (values.whole(name, 0, 0, LONGEST_CHANGE_MINUTES) for name in CHANGE_MINUTES)
    return Change(
        minimum_s=60 * least if values.text("minTransferTime") else profile.change_minimum_s,
        additional_s=60 * more,
        factor=values.number("transferTimeFactor", profile.change_factor, 1.0, 100.0),
    )


def _pedestrian(values: Values) -> str:
    profile = values.text("pedestrianProfile") or "FOOT"
    if profile not in {"FOOT", "WHEELCHAIR"}:
        raise InvalidQuery("pedestrianProfile", RequestFault.NO_PEDESTRIAN_PROFILE)
    return profile


def _step_free(values: Values, profile: Profile, in_wheelchair: bool) -> StepFree:
    text = values.text("stepFree")
    if text and text not in set(StepFree):
        raise InvalidQuery("stepFree", RequestFault.NONE_OF, known=", ".join(StepFree))
    if text:
        return StepFree(text)
    return StepFree.NEEDED if in_wheelchair and not profile.step_free.excludes_steps else profile.step_free
