"""Files of places and areas: what is read, and how a fault is named."""

from pathlib import Path

import pytest

from demo.build import TERRITORY
from mobility.errors import InvalidConfig
from mobility.places.files import read_areas, read_places


def file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def fault(path: Path) -> str:
    with pytest.raises(InvalidConfig) as raised:
        read_places("counter", path)
    return str(raised.value).removeprefix("config: ")


def test_a_table_gives_a_place_a_row(tmp_path: Path) -> None:
    path = file(tmp_path, "counters.csv", "counter_id,name,lat,lon,phone\nC1,Boutique,47.75,-3.36,02 61 91 01 00\n")
    (place,) = read_places("counter", path)
    assert (place.id, place.name, place.lat, place.properties) == (
        "C1",
        "Boutique",
        47.75,
        {"counter_id": "C1", "phone": "02 61 91 01 00"},
    )


def test_the_carpool_registry_is_read_as_published() -> None:
    places = read_places("carpool_point", TERRITORY / "carpool.csv")
    assert (places[0].name, places[0].properties["insee"], round(places[0].lon, 3)) == (
        "Aire de covoiturage de Boul Sapin",
        "56021",
        -3.197,
    )


def test_points_of_geojson_are_places() -> None:
    centres = read_places("town_centre", TERRITORY / "town_centres.geojson")
    assert centres[0].properties["commune"] == "Lorient"


def test_the_water_is_read_as_polygons() -> None:
    assert {area.geom_type for area in read_areas(TERRITORY / "water.geojson")} <= {"Polygon", "MultiPolygon"}


def test_a_position_that_is_no_number_is_named_with_its_line(tmp_path: Path) -> None:
    path = file(tmp_path, "counters.csv", "name,lat,lon\nBoutique,47.75,-3.36\nGuichet,north,-3.36\n")
    assert fault(path) == "counters.csv: 3: lat is no number"


def test_a_position_outside_the_world_is_refused(tmp_path: Path) -> None:
    assert fault(file(tmp_path, "c.csv", "name,lat,lon\nX,147,-3\n")) == "c.csv: 2: lat lies outside -90..90"


def test_a_place_without_a_name_is_refused(tmp_path: Path) -> None:
    assert fault(file(tmp_path, "c.csv", "name,lat,lon\n,47,-3\n")) == "c.csv: 2: has no name"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.csv") == "none.csv: cannot be read as CSV in UTF-8"


def test_text_that_is_no_geojson_is_refused(tmp_path: Path) -> None:
    assert fault(file(tmp_path, "c.geojson", "{")) == "c.geojson: cannot be read as a GeoJSON FeatureCollection"


def test_a_line_is_no_area(tmp_path: Path) -> None:
    line = '{"features": [{"geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}]}'
    with pytest.raises(InvalidConfig, match="1: the feature is no valid polygon"):
        read_areas(file(tmp_path, "water.geojson", line))


SQUARE = '{"type": "Polygon", "coordinates": [[[-3.4, 47.7], [-3.2, 47.7], [-3.2, 47.8], [-3.4, 47.7]]]}'


def test_a_polygon_of_geojson_is_a_place_with_an_outline(tmp_path: Path) -> None:
    zone = f'{{"features": [{{"properties": {{"id": "Z", "name": "Nord", "price": 1.6}}, "geometry": {SQUARE}}}]}}'
    (place,) = read_places("on_demand", file(tmp_path, "zones.geojson", zone))
    assert (place.id, place.name, place.properties["price"]) == ("Z", "Nord", "1.6")
    assert place.area.startswith("POLYGON ((-3.4 47.7")
    assert 47.7 < place.lat < 47.8


def test_a_place_of_geojson_is_no_line(tmp_path: Path) -> None:
    shape = '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}'
    line = f'{{"features": [{{"properties": {{"name": "X"}}, "geometry": {shape}}}]}}'
    assert fault(file(tmp_path, "c.geojson", line)) == "c.geojson: 1: the feature is no valid polygon"


def test_the_zones_of_the_demo_are_read() -> None:
    zones = read_places("on_demand", TERRITORY / "on_demand.geojson")
    assert [zone.id for zone in zones] == ["tad-nord", "tad-est", "tad-groix"]
