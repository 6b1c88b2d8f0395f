"""What closed stops and lines cut off, and what cannot be reached: as JSON, and in an operator's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.present.json_value import Json
from gtfs.counted import counted
from mobility.network.structure import CutOff, Structure

NAMED = 5


def structure_json(found: Structure) -> Json:
    return {
        "lookedAt": found.is_known,
        "stops": found.stops,
        "boatsWithoutMap": list(found.boats_unmapped),
        "cutOff": [_cut_off_json(one) for one in found.cut_off],
        "cannotBeReached": list(found.cannot_be_reached),
        "cannotBeLeft": list(found.cannot_be_left),
        "oneWayOnly": list(found.one_way_only),
        "stepFree": [
            {"station": one.station, "name": one.name, "yes": one.yes, "no": one.no, "notKnown": one.not_known}
            for one in found.step_free
        ],
    }


def _cut_off_json(one: CutOff) -> Json:
    return {
        "closed": {"kind": one.closed, "id": one.id},
        "name": one.name,
        "stops": list(one.stops),
        "communes": list(one.communes),
        "people": one.people,
    }


def structure_lines(found: Structure, most: int = 0) -> Iterator[str]:
    """most: of the closures that are named one by one, the worst first; 0 names all."""
    yield from map(_unmapped, found.boats_unmapped)
    if not found.is_known:
        yield f"connections: not looked at, the network has {counted(found.stops, 'stop')}"
        return
    yield from _listed(found.cannot_be_reached, "cannot be reached on any day")
    yield from _listed(found.cannot_be_left, "cannot be left on any day")
    yield from _listed(found.one_way_only, "can be reached or left, but not both")
    if not found.cannot_be_reached and not found.cannot_be_left:
        yield f"connections: each of {counted(found.stops, 'stop')} can be reached and left"
    shown = found.cut_off[:most] if most else found.cut_off
    yield from map(_sentence, shown)
    if len(shown) < len(found.cut_off):
        more = counted(len(found.cut_off) - len(shown), "more stop or line", "more stops and lines")
        yield f"{more} would cut something off: hent graph check"
    for one in found.step_free:
        reached = counted(one.yes, "stop")
        yield f"without steps from {one.name}: {reached}, {one.no} not, of {one.not_known} nobody knows"


def _listed(ids: Sequence[str], what: str) -> Iterator[str]:
    if ids:
        more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
        yield f"{counted(len(ids), 'stop or place', 'stops or places')} {what}: {', '.join(ids[:NAMED])}{more}"


def _unmapped(line: str) -> str:
    return (
        f"boat {line}: neither water nor streets are known round its quays, so nobody is sent on foot between them "
        "or across its course; name water in places.water, or build streets"
    )


def _sentence(one: CutOff) -> str:
    closed = f"line {one.name}" if one.closed == "line" else f"stop {one.name}"
    towns = f", and {counted(one.people, 'person', 'people')}: {', '.join(one.communes)}" if one.communes else ""
    stops = counted(len(one.stops), "stop is", "stops are")
    return f"without {closed} ({one.id}) {stops} cut off{towns}"
