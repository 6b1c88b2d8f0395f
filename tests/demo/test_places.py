"""What stands beside the feed: communes, centres, carpool places, counters, third places."""

import csv
import json
import re

import pytest

import demo
from demo.geometry import distance_m
from mobility.places.landmarks.kinds import BY_NAME
from tests.demo.places import Water

Rows = list[dict[str, str]]

FICTION = re.compile(r"02 61 91 \d\d \d\d")
"""Numbers that Arcep keeps for works of fiction."""


def table(name: str) -> Rows:
    with (demo.TERRITORY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_of_every_table_is_whole() -> None:
    for path in sorted(demo.TERRITORY.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_the_thirty_communes_are_there() -> None:
    communes = table("communes.csv")
    assert len({row["insee"] for row in communes}) == 30
    assert sum(int(row["population"]) for row in communes) == 227_695


@pytest.mark.parametrize("name", ["counters.csv", "third_places.csv"])
def test_invented_places_say_so_and_have_fictional_numbers(name: str) -> None:
    rows = table(name)
    assert len(rows) >= 8
    assert {"(illustrati" in row["name"] and bool(FICTION.fullmatch(row["phone"])) for row in rows} == {True}
    assert {row["step_free"] for row in rows} == {"yes", "no", "unknown"}


def test_invented_places_lie_on_land_in_their_commune(water: Water) -> None:
    centre = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in table("communes.csv")}
    for row in table("counters.csv") + table("third_places.csv"):
        point = float(row["lat"]), float(row["lon"])
        assert not water.holds(point), row["name"]
        assert distance_m(point, centre[row["commune"]]) < 3_000, row["name"]


LEFT_OR_FOUND = ["taxi_ranks.csv", "car_parks.csv", "bike_shelters.csv"]


@pytest.mark.parametrize("name", LEFT_OR_FOUND)
def test_places_to_leave_a_vehicle_or_find_one_say_that_they_are_illustrative(name: str, water: Water) -> None:
    rows = table(name)
    assert len(rows) >= 5
    assert [
        row["name"] for row in rows if "(illustrati" not in row["name"] or "(illustrati" not in row["operator"]
    ] == []
    assert [row["name"] for row in rows if water.holds((float(row["lat"]), float(row["lon"])))] == []
    assert [row["phone"] for row in rows if row.get("phone") and not FICTION.fullmatch(row["phone"])] == []


@pytest.mark.parametrize("name", LEFT_OR_FOUND)
def test_places_to_leave_a_vehicle_or_find_one_lie_in_their_commune(name: str) -> None:
    centre = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in table("communes.csv")}
    for row in table(name):
        assert distance_m((float(row["lat"]), float(row["lon"])), centre[row["commune"]]) < 3_000, row["name"]


def test_zones_of_transport_on_demand_are_illustrative_and_say_how_to_book() -> None:
    features = json.loads((demo.TERRITORY / "on_demand.geojson").read_text("utf-8"))["features"]
    for properties in (feature["properties"] for feature in features):
        assert "(illustrati" in properties["name"]
        assert FICTION.fullmatch(properties["phone"])
        assert all(properties[key] for key in ("booking", "booking_br", "booking_en", "operator"))
    notices = {feature["properties"]["zone_id"]: feature["properties"].get("notice") for feature in features}
    assert notices == {"tad-nord": "1d 17:00", "tad-est": "120", "tad-groix": None}


def test_town_centres_lie_in_their_commune() -> None:
    communes = {row["insee"]: row for row in table("communes.csv")}
    features = json.loads((demo.TERRITORY / "town_centres.geojson").read_text("utf-8"))["features"]
    assert {"Lorient", "Lanester", "Hennebont", "Ploemeur", "Port-Louis", "Groix"} <= {
        feature["properties"]["commune"] for feature in features
    }
    for feature in features:
        commune = communes[feature["properties"]["insee"]]
        lon, lat = feature["geometry"]["coordinates"]
        assert distance_m((lat, lon), (float(commune["lat"]), float(commune["lon"]))) < 2_000, feature["properties"]


def test_carpool_places_lie_on_land(water: Water) -> None:
    rows = table("carpool.csv")
    assert len(rows) == 14
    assert [row["nom_lieu"] for row in rows if water.holds((float(row["Ylat"]), float(row["Xlong"])))] == []


def test_addresses_are_illustrative_and_lie_on_land_in_their_commune(water: Water) -> None:
    centre = {row["insee"]: (float(row["lat"]), float(row["lon"])) for row in table("communes.csv")}
    rows = table("addresses.csv")
    assert {row["note"] for row in rows} == {"illustratif"}
    assert len({(row["nom_voie"], row["code_insee"]) for row in rows}) == 60
    for row in rows:
        point = float(row["lat"]), float(row["lon"])
        assert not water.holds(point), row["id"]
        assert distance_m(point, centre[row["code_insee"]]) < 2_000, row["id"]


def test_places_that_people_name_are_illustrative_and_of_known_kinds() -> None:
    rows = table("pois.csv")
    assert (len(rows), {row["note"] for row in rows}) == (150, {"illustratif"})
    assert len({row["poi_id"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} <= set(BY_NAME)
    assert {"town_hall", "hospital", "swimming_pool", "beach", "supermarket", "airport"} <= {
        row["kind"] for row in rows
    }
    assert {row["commune"] for row in rows} == {row["name"] for row in table("communes.csv")}


def test_places_that_people_name_lie_on_land_on_the_right_side_of_the_water(water: Water) -> None:
    """From a stop, or the centre, of the commune that a row names one gets there without crossing water."""
    near = [(row["commune"], (float(row["lat"]), float(row["lon"]))) for row in table("stops.csv")]
    near += [(row["name"], (float(row["lat"]), float(row["lon"]))) for row in table("communes.csv")]
    for row in table("pois.csv"):
        point = float(row["lat"]), float(row["lon"])
        assert not water.holds(point), row["name"]
        here = [other for commune, other in near if commune == row["commune"] and distance_m(point, other) < 400]
        assert any(not water.between(point, other) for other in here), row["name"]


def test_each_commune_has_its_breton_name_with_a_source() -> None:
    breton = [row for row in table("aliases.csv") if row["language"] == "br" and row["source"].startswith("Office")]
    assert {row["name"] for row in table("communes.csv")} <= {row["name"] for row in breton}


def test_every_file_is_explained() -> None:
    readme = (demo.TERRITORY / "README.md").read_text("utf-8")
    names = [path.name for path in demo.TERRITORY.iterdir()]
    assert [name for name in names if name != "README.md" and f"`{name}`" not in readme] == []
