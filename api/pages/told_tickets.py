"""The tickets of an answer's rides, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.present.pieces import Json


def told_once(rides: Iterable[Json]) -> list[Json]:
    """Rides of which the same is to be said stand together, each line named once (`lines`)."""
    together: dict[tuple[str, str], list[Json]] = {}
    for ride in rides:
        together.setdefault((ride["sentence"], ride["link"]), []).append(ride)
    return [_told(same) for same in together.values()]


def _told(same: Sequence[Json]) -> Json:
    return same[0] | {"lines": list(dict.fromkeys(one["line"] for one in same))}
