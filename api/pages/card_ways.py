"""The last kilometre under a card: told where it is long or there is something to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.pages import icons
from api.present.last_kilometre import option as told
from api.web.sentences import Sentences
from mobility.routing.itinerary import Itinerary
from mobility.routing.last_kilometre.both_ends import LastKilometres
from mobility.routing.last_kilometre.option import End, Option

Json = Mapping[str, Any]
A_CHOICE_S = 180
"""A vehicle that saves no more than that is no choice: one walks."""
WALK, STEP_FREE = "walk", "step_free_walk"


def card_ways(known: LastKilometres, itinerary: Itinerary, said: Sentences) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    """By end: the ways there, as the API tells them, with a picture. None where nothing is boarded: there is no
    last stop."""
    return tuple(_sides(known, itinerary, said)) if itinerary.has_vehicle else ()


def _sides(known: LastKilometres, itinerary: Itinerary, said: Sentences) -> Iterator[tuple[str, tuple[Json, ...]]]:
    worth_m = known.territory.last_km.worth_m
    every = [one for side in known.of(itinerary) for one in side if one.distance_m != 0]
    for end in End:
        shown = _shown([one for one in every if one.end is end], known.excludes_steps, worth_m)
        if shown:
            yield end.value, tuple({**told(one, said), "icon": icons.of_way(one.kind)} for one in shown)


def _shown(ways: Sequence[Option], excludes_steps: bool, worth_m: float) -> list[Option]:
    """The pace of a wheelchair is told to who asked for a way without steps, instead of the other; not to who only
    prefers one: they walk."""
    smooth = [one for one in ways if one.kind == STEP_FREE]
    walked = smooth if excludes_steps and smooth else [one for one in ways if one.kind == WALK]
    others = [one for one in ways if one.kind not in (WALK, STEP_FREE)]
    is_choice = bool(others) if excludes_steps else bool(walked) and _is_choice(walked[0], others)
    if not walked or _is_far(walked[0], worth_m) or is_choice:
        return [one for one in ways if one in walked or one in others]
    return []


def _is_far(walk: Option, worth_m: float) -> bool:
    return walk.distance_m is not None and walk.distance_m > worth_m


def _is_choice(walk: Option, others: Sequence[Option]) -> bool:
    walk_s = walk.duration_s or 0
    return any(one.duration_s is not None and one.duration_s + A_CHOICE_S <= walk_s for one in others)
