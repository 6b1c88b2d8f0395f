"""What the tags of a way in OpenStreetMap say of moving along it: who may, which way, over what ground.

A ferry is never a road, whatever else its tags say. Where tags are silent, the class of the highway decides, as a
country without rules of its own would have it. Source: wiki.openstreetmap.org, Key:highway, Key:access, Key:oneway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, IntFlag

Tags = Mapping[str, str]


class Use(IntFlag):
    """Who may move along a way, forward and backward, and what it is."""

    FOOT_FORWARD = 1
    FOOT_BACKWARD = 2
    BIKE_FORWARD = 4
    BIKE_BACKWARD = 8
    CAR_FORWARD = 16
    CAR_BACKWARD = 32
    STAIRS = 64
    CROSSING = 128
    PUSHED_BIKE = 256
    ROUNDABOUT = 512
    RAISED_KERB = 1024
    LOW_KERB = 2048


FOOT = Use.FOOT_FORWARD | Use.FOOT_BACKWARD
BIKE = Use.BIKE_FORWARD | Use.BIKE_BACKWARD
CAR = Use.CAR_FORWARD | Use.CAR_BACKWARD


class Surface(IntEnum):
    UNKNOWN = 0
    SMOOTH = 1
    ROUGH = 2
    BAD = 3


class Wheelchair(IntEnum):
    """What the tag itself says."""

    UNKNOWN = 0
    YES = 1
    NO = 2
    LIMITED = 3


UNKNOWN_SLOPE = 127

READ = frozenset(
    "access barrier bicycle conveying cycleway cycleway:both cycleway:left cycleway:left:oneway cycleway:right "
    "cycleway:right:oneway ferry foot foot:oneway footway highway incline junction kerb kerb:height "
    "maxspeed motor_vehicle motorcar oneway oneway:bicycle oneway:foot path public_transport railway ramp:wheelchair "
    "route smoothness surface vehicle wheelchair".split()
)
"""The keys that are read, beside the name: ways of equal values here are equal."""


@dataclass(frozen=True, slots=True)
class WayTags:
    """slope_percent: rising in the way's direction, UNKNOWN_SLOPE where not tagged; speed_kmh: of a car."""

    use: Use
    ground: Surface
    wheelchair: Wheelchair
    slope_percent: int
    speed_kmh: int


NOBODY = WayTags(Use(0), Surface.UNKNOWN, Wheelchair.UNKNOWN, UNKNOWN_SLOPE, 0)

NO = frozenset({"no", "private", "agricultural", "forestry", "military", "use_sidepath", "discouraged"})
NO_CAR = NO | {"delivery", "customers", "bus", "psv", "emergency"}
YES = frozenset({"yes", "designated", "permissive", "official", "destination"})

NOT_BUILT = frozenset({"construction", "proposed", "abandoned", "razed", "planned", "raceway", "rest_area", "services"})
MOTORWAYS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link"})
FOOT_ONLY = frozenset({"footway", "steps", "corridor", "elevator", "platform"})
NO_CAR_CLASSES = FOOT_ONLY | {"pedestrian", "path", "cycleway", "bridleway", "track", "busway", "bus_guideway", "trail"}
NO_FOOT_CLASSES = MOTORWAYS | {"bus_guideway", "busway"}
NO_BIKE_CLASSES = MOTORWAYS | {"steps", "corridor", "elevator", "bus_guideway", "busway"}

CAR_KMH = {
    "motorway": 115, "motorway_link": 60, "trunk": 90, "trunk_link": 50, "primary": 55, "primary_link": 40,
    "secondary": 48, "secondary_link": 35, "tertiary": 42, "tertiary_link": 32, "unclassified": 35, "residential": 25,
    "living_street": 12, "service": 12,
}  # fmt: skip
SLOW_KMH = 10
SHARE_OF_LIMIT = 0.85
"""Junctions and lights make a car slower than the limit."""

SMOOTH = frozenset(
    "paved asphalt concrete concrete:plates concrete:lanes paving_stones bricks wood metal tartan tiles acrylic "
    "compacted rubber chipseal".split()
)
ROUGH = frozenset(
    "cobblestone cobblestone:flattened sett fine_gravel gravel unpaved ground dirt earth grass grass_paver "
    "woodchips metal_grid stepping_stones artificial_turf clay".split()
)
BAD = frozenset("unhewn_cobblestone sand mud rock rocks stone pebblestone snow ice".split())
SMOOTH_ENOUGH = frozenset({"excellent", "good", "intermediate"})
TOO_ROUGH = frozenset({"very_bad", "horrible", "very_horrible", "impassable"})

PASSABLE_BARRIERS = frozenset({"kerb", "entrance", "toll_booth", "border_control", "height_restrictor", "sump_buster"})
FOOT_PASSES = frozenset(
    "bollard block cycle_barrier gate lift_gate swing_gate chain stile turnstile kissing_gate cattle_grid "
    "full-height_turnstile hampshire_gate bump_gate planter bus_trap sliding_gate horse_stile motorcycle_barrier "
    "rope log jersey_barrier door debris".split()
)
BIKE_PASSES = frozenset("bollard block cycle_barrier gate swing_gate lift_gate cattle_grid planter bus_trap".split())
CAR_PASSES = frozenset({"gate", "lift_gate", "swing_gate", "cattle_grid", "sliding_gate", "hampshire_gate"})
NO_WHEELCHAIR = frozenset(
    "stile turnstile kissing_gate full-height_turnstile cycle_barrier log debris cattle_grid".split()
)


def read_way(tags: Tags) -> WayTags | None:
    """None where nobody moves: no road, not built yet, a ferry."""
    kind = tags.get("highway") or _platform(tags)
    if not kind or kind in NOT_BUILT or tags.get("route") == "ferry" or tags.get("ferry") == "yes":
        return None
    use = _foot(tags, kind) | _bike(tags, kind) | _car(tags, kind)
    if not use & (FOOT | BIKE | CAR):
        return None
    wheelchair = _wheelchair(tags)
    if kind == "steps" and wheelchair != Wheelchair.YES:
        use |= Use.STAIRS
    if "crossing" in (tags.get("footway"), tags.get("cycleway"), tags.get("path"), kind):
        use |= Use.CROSSING
    if _is_roundabout(tags):
        use |= Use.ROUNDABOUT
    use |= read_kerb(tags)
    return WayTags(use, _ground(tags), wheelchair, _slope(tags.get("incline", "")), _speed(tags, kind))


def read_name(tags: Tags) -> str:
    return tags.get("name") or tags.get("ref") or ""


def read_node(tags: Tags) -> Use:
    """The uses of a way that end at one point of it, at a barrier; and the kerb there."""
    kerb, barrier = read_kerb(tags), tags.get("barrier", "")
    if not barrier or barrier in PASSABLE_BARRIERS:
        return kerb
    closed = Use(0)
    if not _may(tags, ("foot", "access"), barrier in FOOT_PASSES):
        closed |= FOOT
    if not _may(tags, ("bicycle", "vehicle", "access"), barrier in BIKE_PASSES):
        closed |= BIKE
    if not _may(tags, ("motorcar", "motor_vehicle", "vehicle", "access"), barrier in CAR_PASSES):
        closed |= CAR
    if barrier in NO_WHEELCHAIR or tags.get("wheelchair") == "no":
        kerb |= Use.RAISED_KERB
    return closed | kerb


def read_kerb(tags: Tags) -> Use:
    kerb = tags.get("kerb") or ("raised" if tags.get("barrier") == "kerb" and "kerb:height" not in tags else "")
    if kerb in ("raised", "yes", "rolled"):
        return Use.RAISED_KERB
    return Use.LOW_KERB if kerb in ("lowered", "flush", "no") else Use(0)


def _platform(tags: Tags) -> str:
    is_one = tags.get("railway") == "platform" or tags.get("public_transport") == "platform"
    return "platform" if is_one else ""


def _foot(tags: Tags, kind: str) -> Use:
    if not _may(tags, ("foot", "access"), kind not in NO_FOOT_CLASSES):
        return Use(0)
    one_way = tags.get("oneway:foot") or tags.get("foot:oneway")
    if kind in FOOT_ONLY and not one_way:
        one_way = {"forward": "yes", "backward": "-1"}.get(tags.get("conveying", ""))
    return _directions(one_way, Use.FOOT_FORWARD, Use.FOOT_BACKWARD)


def _bike(tags: Tags, kind: str) -> Use:
    said = tags.get("bicycle")
    if not _may(tags, ("bicycle", "vehicle", "access"), kind not in NO_BIKE_CLASSES) or kind == "steps":
        walked = _foot(tags, kind) if said == "dismount" and kind != "steps" else Use(0)
        return Use(int(walked) << 2) | Use.PUSHED_BIKE if walked else Use(0)
    pushed = Use.PUSHED_BIKE if kind in FOOT_ONLY | {"pedestrian"} and said not in YES else Use(0)
    return _directions(_bike_one_way(tags), Use.BIKE_FORWARD, Use.BIKE_BACKWARD) | pushed


def _bike_one_way(tags: Tags) -> str | None:
    if own := tags.get("oneway:bicycle"):
        return own
    lanes = (tags.get("cycleway"), tags.get("cycleway:left"), tags.get("cycleway:right"), tags.get("cycleway:both"))
    if any(lane and lane.startswith("opposite") for lane in lanes):
        return None
    if "no" in (tags.get("cycleway:left:oneway"), tags.get("cycleway:right:oneway")):
        return None
    return "yes" if _is_roundabout(tags) else tags.get("oneway")


def _car(tags: Tags, kind: str) -> Use:
    keys = ("motorcar", "motor_vehicle", "vehicle", "access")
    said = next((tags[key] for key in keys if key in tags), "")
    if said in NO_CAR or kind in FOOT_ONLY or (kind in NO_CAR_CLASSES and said not in YES):
        return Use(0)
    if kind not in CAR_KMH and said not in YES:
        return Use(0)
    one_way = tags.get("oneway") or ("yes" if _is_roundabout(tags) or kind in MOTORWAYS - {"trunk"} else None)
    return _directions(one_way, Use.CAR_FORWARD, Use.CAR_BACKWARD)


def _may(tags: Tags, keys: tuple[str, ...], otherwise: bool) -> bool:
    """The most special key that is there decides; the last, general one opens nothing that the class closes."""
    key = next((key for key in keys if key in tags), "")
    said = tags[key] if key else ""
    if said in NO:
        return False
    if said in YES:
        return otherwise or key != keys[-1]
    return otherwise and said != "dismount"


def _directions(one_way: str | None, forward: Use, backward: Use) -> Use:
    if one_way in ("yes", "true", "1"):
        return forward
    return backward if one_way in ("-1", "reverse") else forward | backward


def _is_roundabout(tags: Tags) -> bool:
    return tags.get("junction") in ("roundabout", "circular")


def _ground(tags: Tags) -> Surface:
    smoothness, surface = tags.get("smoothness", ""), tags.get("surface", "").split(";")[0].strip()
    if smoothness in TOO_ROUGH or surface in BAD:
        return Surface.BAD
    if smoothness in SMOOTH_ENOUGH or surface in SMOOTH:
        return Surface.SMOOTH if smoothness != "bad" else Surface.ROUGH
    return Surface.ROUGH if smoothness == "bad" or surface in ROUGH else Surface.UNKNOWN


def _wheelchair(tags: Tags) -> Wheelchair:
    said = tags.get("wheelchair", "")
    if said in ("yes", "designated") or tags.get("ramp:wheelchair") == "yes":
        return Wheelchair.YES
    return {"no": Wheelchair.NO, "limited": Wheelchair.LIMITED}.get(said, Wheelchair.UNKNOWN)


def _slope(text: str) -> int:
    """`8%`, `-3.5 %`, `5°`; what else is written (up, down, steep) is no measure."""
    found = re.fullmatch(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*(%|°)\s*", text)
    if not found:
        return UNKNOWN_SLOPE
    value = float(found[1]) * (1.75 if found[2] == "°" else 1)
    return round(value) if abs(value) <= 100 else UNKNOWN_SLOPE


def _speed(tags: Tags, kind: str) -> int:
    usual = CAR_KMH.get(kind, SLOW_KMH)
    limit = re.fullmatch(r"(\d{1,3})( mph)?", tags.get("maxspeed", ""))
    if not limit or kind == "service":
        return usual
    return max(5, min(130, round(int(limit[1]) * (1.609 if limit[2] else 1) * SHARE_OF_LIMIT)))
