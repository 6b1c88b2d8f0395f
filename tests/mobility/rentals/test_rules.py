"""May one take it, ride it, give it back, leave it; what does it cost: a small GBFS system, one rule a row.

Each row patches the documents of the system and asks about it on a Tuesday at 9:00.
"""

import csv
import json
import os
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import shapely

from mobility.geo import Point
from mobility.rentals import gbfs
from mobility.rentals.rules import (
    ANYWHERE,
    given_back,
    goes_m,
    has_less,
    is_closed,
    may_return,
    plan_of,
    vehicles_at,
)
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.routing.last_kilometre.zones import RiddenLine, parking, riding, takeable

if "HENT_REFERENCE_DATA" not in os.environ:
    pytest.skip("HENT_REFERENCE_DATA is not set", allow_module_level=True)
DATA = Path(os.environ["HENT_REFERENCE_DATA"]) / "gbfs"
NINE = datetime(2027, 1, 12, 9, tzinfo=ZoneInfo("Europe/Paris"))
GOAL = Point(47.7501, -3.3510)
YES_OR_NO = {True: "yes", False: "no", None: "perhaps"}


def cases() -> list[dict[str, str]]:
    with (DATA / "rules.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def patched(patch: str) -> RentalSystem:
    documents: Any = json.loads((DATA / "rules_world.json").read_text("utf-8"))
    for path, value in json.loads(patch).items():
        *parents, last = path.split("/")
        at = documents
        for part in parents:
            at = at[int(part)] if isinstance(at, list) else at[part]
        if value is None:
            del at[last]
        else:
            at[last] = value
    return gbfs.system("ville", documents)


def setting() -> Any:
    """What a trip end would bring along."""
    return SimpleNamespace(
        at_s=NINE.timestamp(),
        at=NINE,
        vehicles={},
        parkings={},
        rules=SimpleNamespace(reach_m=600.0),
        walking=SimpleNamespace(speed_mps=1.33),
    )


class Asked:
    def __init__(self, system: RentalSystem) -> None:
        self.system, self.setting = system, setting()

    def station(self, id: str) -> RentalStation:
        return next(one for one in self.system.stations if one.id == id)

    def vehicle(self, id: str) -> RentalVehicle:
        return next(one for one in (*self.system.vehicles, *self.system.docked) if one.id == id)

    def take(self, type: str, where: str, party: str) -> str:
        kind = self.system.type(type)
        if where == "F1":
            free = takeable(self.setting, self.system, self.vehicle(where).point)
            return YES_OR_NO["F1" in {one.id for one in free}]
        station = self.station(where)
        if is_closed(self.system, station, NINE) or has_less(vehicles_at(self.system, station, kind), int(party)):
            return "no"
        return YES_OR_NO[True if station.renting else None]

    def return_(self, type: str, station: str) -> str:
        home = self.vehicle("K1").home or "A"
        if is_closed(self.system, self.station(station), NINE):
            return "no"
        return YES_OR_NO[may_return(self.system.type(type), self.station(station), home)]

    def leave(self, type: str, _: str) -> str:
        """In the street; all but the scooter were taken at a station."""
        kind = self.system.type(type)
        if given_back(kind, at_station=type != "scooter") != ANYWHERE:
            return "no"
        found = parking(self.setting, self.system, type, GOAL)
        if self.system.zones is None or (found.allowed is None and not kind.guessed):
            return "yes" if found.place == GOAL else "no"
        return YES_OR_NO[found.allowed]

    def ride(self, type: str, vehicle: str, *how: str) -> str:
        one, kind = self.vehicle(vehicle), self.system.type(type)
        if how[0] == "through":
            way = RiddenLine(type, 4.0, one.point, GOAL, 1500.0)
            return YES_OR_NO[riding(self.setting, self.system, way).forbidden_m == 0]
        if how[1] == "min":
            return YES_OR_NO[one.until_s is None or NINE.timestamp() + 60 * float(how[0]) <= one.until_s]
        far = goes_m(one, kind)
        return YES_OR_NO[far is not None and far >= float(how[0])]

    def pay(self, case: str, minutes: str, km: str) -> str:
        """With the plan of the bike; the last row asks about the scooter that stands free."""
        scooter = self.vehicle("F1")
        kind = self.system.type("scooter" if scooter.plan else "bike")
        plan = plan_of(self.system, kind, scooter.plan)
        assert plan is not None, case
        paid = plan.minor(float(minutes), float(km))
        return f"{paid // 100}.{paid % 100:02} {plan.currency}" + ("" if plan.taxed else " + tax")


def answer(case: dict[str, str]) -> str:
    asked, (verb, *words) = Asked(patched(case["patch"])), case["question"].split()
    if verb == "pay":
        return asked.pay(case["case"], words[0], words[2])
    named = {"take": asked.take, "return": asked.return_, "leave": asked.leave, "ride": asked.ride}
    return named[verb](*words)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_a_shared_vehicle_is_offered_as_its_operator_allows(case: dict[str, str]) -> None:
    found = answer(case)
    if case["expected"] == "not yes":
        assert found != "yes", case["why"]
    else:
        assert found == case["expected"], case["why"]


def test_the_area_of_a_virtual_station_is_read() -> None:
    area = Asked(patched("{}")).station("C").area
    assert area is not None and area.covers(shapely.Point(-3.35, 47.752))


@pytest.mark.parametrize(("at_station", "back"), [(True, "ANY_STATION"), (False, "NONE")])
def test_before_version_2_3_a_vehicle_goes_back_to_where_its_like_stand(at_station: bool, back: str) -> None:
    assert given_back(VehicleType("bike", returned="NONE", guessed=True), at_station) == back
