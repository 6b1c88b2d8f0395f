"""The tickets of an answer's rides, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.present.pieces import Json


def told_once(rides: Iterable[Json]) -> list[Json]:
    """Rides of which the same is to be said stand together, each line named once (`lines`). counter: whose hours are
    told; None where what is said does not name it, as nothing is to be bought."""
    together: dict[tuple[str, str], list[Json]] = {}
    for ride in rides:
        together.setdefault((ride["sentence"], ride["link"]), []).append(ride)
    return [_told(same) for same in together.values()]


def _told(same: Sequence[Json]) -> Json:
    ride = same[0]
    counter = ride["counter"] if ride["counter"] and ride["counter"]["name"] in ride["sentence"] else None
    return ride | {"lines": list(dict.fromkeys(one["line"] for one in same)), "counter": counter}
