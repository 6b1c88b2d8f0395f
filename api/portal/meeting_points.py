"""Meeting points as the national base takes them: the schema etalab/schema-lieux-covoiturage 0.2.0.

Its key `id_lieu` is INSEE-C-number. A place that has none of that form, or one that another has already, gets the next
free number of its commune; what is required and not known is what holds of a carpool place unless somebody says
otherwise; what the schema would refuse is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from mobility.geo import Point, distance_m
from mobility.network.place import TerritoryPlace

BNLC = (
    "id_lieu", "nom_lieu", "ad_lieu", "com_lieu", "insee", "type", "date_maj", "ouvert", "source", "Xlong", "Ylat",
    "nbre_pl", "nbre_pmr", "duree", "horaires", "proprio", "lumiere", "comm",
)  # fmt: skip
INSEE = re.compile(r"([013-9]\d|2[AB1-9])\d{3}")
ID = re.compile(rf"{INSEE.pattern}-C-\d{{3}}")
TYPES = (
    "Aire de covoiturage", "Sortie d'autoroute", "Parking", "Supermarché", "Parking relais", "Délaissé routier",
    "Auto-stop",
)  # fmt: skip
WHOLE = re.compile(r"\d+")
SIREN = re.compile(r"\d{9}")
YES_OR_NO = re.compile("true|false")
OPTIONAL = {"nbre_pl": WHOLE, "nbre_pmr": WHOLE, "duree": WHOLE, "source": SIREN, "lumiere": YES_OR_NO}
MOST = 999
"""The number has three digits."""
Row = dict[str, object]


def bnlc_rows(points: Sequence[TerritoryPlace], communes: Sequence[TerritoryPlace], today: date) -> Iterator[Row]:
    """Those in no commune that is known are left out, as nobody could name them. today: of places without a date."""
    taken: set[str] = set()
    for place in sorted(points, key=lambda one: (not ID.fullmatch(one.properties.get("id_lieu", "")), one.id)):
        if insee := _insee(place, communes):
            key = _key(place, insee, taken)
            if key:
                taken.add(key)
                yield _row(place, {"id_lieu": key, "insee": insee}, today)


def _key(place: TerritoryPlace, insee: str, taken: set[str]) -> str:
    known = place.properties.get("id_lieu", "")
    if ID.fullmatch(known) and known not in taken:
        return known
    free = (f"{insee}-C-{number:03}" for number in range(1, MOST + 1))
    return next((one for one in free if one not in taken), "")


def _insee(place: TerritoryPlace, communes: Sequence[TerritoryPlace]) -> str:
    """As it says, else of the commune whose centre is nearest."""
    known = place.properties.get("insee", "")
    if INSEE.fullmatch(known):
        return known
    here = Point(place.lat, place.lon)
    named = [(distance_m(here, Point(one.lat, one.lon)), one.id.rpartition("/")[2]) for one in communes]
    return min(((away_m, code) for away_m, code in named if INSEE.fullmatch(code)), default=(0.0, ""))[1]


def _row(place: TerritoryPlace, own: Row, today: date) -> Row:
    known = {name: place.properties.get(name, "") for name in BNLC}
    for name, form in OPTIONAL.items():
        if not form.fullmatch(known[name]):
            known[name] = ""
    return (
        known
        | own
        | {
            "nom_lieu": place.name,
            "type": known["type"] if known["type"] in TYPES else TYPES[0],
            "date_maj": known["date_maj"] if _is_date(known["date_maj"]) else today.isoformat(),
            "ouvert": known["ouvert"] if YES_OR_NO.fullmatch(known["ouvert"]) else "true",
            "Xlong": round(place.lon, 6),
            "Ylat": round(place.lat, 6),
        }
    )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
