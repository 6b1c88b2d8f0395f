"""An extract as tilemaker wants it: what is drawn, and no way through a point that is not in the file.

An extract is cut at its edge, where ways and areas go on; tilemaker 2.2 ends with a fault at the first missing point.
"""

from __future__ import annotations

from pathlib import Path

import osmium

from mobility.errors import ConfigFault, InvalidConfig

KEYS = ("highway", "railway", "waterway", "natural", "landuse", "leisure", "building", "place")


def complete(extract: Path, out: Path) -> None:
    """Raises InvalidConfig, which names the file."""
    try:
        with osmium.SimpleWriter(out, overwrite=True) as kept:
            ways = _ways(extract)
            for thing in osmium.FileProcessor(extract).with_locations():
                if isinstance(thing, osmium.osm.Node):
                    kept.add_node(thing)
                elif isinstance(thing, osmium.osm.Way) and thing.id in ways:
                    _add_way(kept, thing)
                elif isinstance(thing, osmium.osm.Relation) and _is_drawn(thing.tags):
                    kept.add_relation(
                        thing.replace(members=[one for one in thing.members if one.type == "w" and one.ref in ways])
                    )
    except (RuntimeError, OSError) as error:
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}", ConfigFault.BAD_FILE) from error


def _ways(extract: Path) -> frozenset[int]:
    """Ways that are drawn, or are the edge of an area that is."""
    found: set[int] = set()
    for thing in osmium.FileProcessor(extract, osmium.osm.WAY | osmium.osm.RELATION):
        if isinstance(thing, osmium.osm.Way) and _is_drawn(thing.tags):
            found.add(thing.id)
        elif isinstance(thing, osmium.osm.Relation) and _is_drawn(thing.tags):
            found.update(member.ref for member in thing.members if member.type == "w")
    return frozenset(found)


def _is_drawn(tags: osmium.osm.TagList) -> bool:
    return any(key in tags for key in KEYS)


def _add_way(kept: osmium.SimpleWriter, way: osmium.osm.Way) -> None:
    nodes = [node.ref for node in way.nodes if node.location.valid()]
    if len(nodes) > 1:
        kept.add_way(way.replace(nodes=nodes))
