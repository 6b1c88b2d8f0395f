"""The tickets of an answer's rides, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.present.pieces import Json


def told_once(rides: Iterable[Json]) -> list[Json]:
    """Rides of which the same is to be said stand together, each line named once (`lines`); what is paid for stands by
    itself, so that the prices told are those that make up the whole."""
    together: dict[tuple[str, str, int], list[Json]] = {}
    for number, ride in enumerate(rides):
        paid = number if ride["price"] and ride["price"]["minor"] else -1
        together.setdefault((ride["sentence"], ride["link"], paid), []).append(ride)
    return [_told(same) for same in together.values()]


def _told(same: Sequence[Json]) -> Json:
    return same[0] | {"lines": list(dict.fromkeys(one["line"] for one in same))}
