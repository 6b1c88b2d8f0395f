"""The ground of a map comes from a PMTiles archive that the config names, and is served by ranges."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import numpy as np
import pytest
from mapbox_vector_tile import decode, encode
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry import box

from api.config import Config, read_config
from api.pages.ground import water
from api.pages.ground_archive import ground_of_archive, version_of
from api.pages.sheet import sheet_round
from mobility.errors import InvalidConfig
from mobility.routing.territory import Territory
from tests.api.conftest import ROOT, app_of

ZOOM, X, Y = 9, 251, 178
"""The tile that holds the town of these tests."""
LAYERS = [
    {"name": "water", "features": [{"geometry": "POLYGON((0 0, 2000 0, 2000 4096, 0 4096, 0 0))", "properties": {}}]},
    {"name": "roads", "features": [{"geometry": "LINESTRING(2100 100, 4000 4000)", "properties": {"kind": "path"}}]},
    {
        "name": "landuse",
        "features": [
            {"geometry": "POLYGON((3000 0, 4000 0, 4000 1000, 3000 0))", "properties": {"kind": "park"}},
            {"geometry": "POLYGON((3000 2000, 4000 2000, 4000 3000, 3000 2000))", "properties": {"kind": "industrial"}},
        ],
    },
    {"name": "housenumbers", "features": [{"geometry": "POINT(1 1)", "properties": {}}]},
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "ground.pmtiles"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(
            zxy_to_tileid(ZOOM, X, Y), gzip.compress(encode(LAYERS, default_options={"y_coord_down": True}))
        )
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": ZOOM, "max_zoom": ZOOM,
            "min_lon_e7": -50000000, "min_lat_e7": 470000000, "max_lon_e7": -30000000, "max_lat_e7": 480000000,
            "center_zoom": ZOOM, "center_lon_e7": -33000000, "center_lat_e7": 477500000,
        }  # fmt: skip
        writer.finalize(header, {})
    return path


def config(archive: Path) -> Config:
    found = read_config(ROOT / "config.toml")
    return found.model_copy(update={"map": found.map.model_copy(update={"tiles": str(archive), "credit": "© us"})})


def test_streets_parks_and_water_are_drawn_and_nothing_else(archive: Path) -> None:
    sheet = sheet_round(np.array([47.7, 47.8]), np.array([-3.4, -3.3]))
    assert {patch.kind for patch in ground_of_archive(archive, sheet)} == {"water", "street", "green"}


def test_the_page_draws_them_and_names_whose_they_are(territory: Territory, archive: Path) -> None:
    page = app_of(territory, settings=config(archive)).test_client().get("/lines").text
    assert '<path class="street"' in page
    assert "© us" in page


def test_the_archive_is_served_by_ranges(territory: Territory, archive: Path) -> None:
    client = app_of(territory, settings=config(archive)).test_client()
    part = client.get("/map/basemap.pmtiles", headers={"Range": "bytes=0-6"})
    assert (part.status_code, part.data) == (206, b"PMTiles")
    assert app_of(territory).test_client().get("/map/basemap.pmtiles").status_code == 404


def test_a_tile_is_served_as_it_lies_there_and_may_be_kept_for_ever(territory: Territory, archive: Path) -> None:
    client = app_of(territory, settings=config(archive)).test_client()
    address = f"/map/tiles/{version_of(archive)}/{ZOOM}/{X}/{Y}.mvt"
    squeezed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (squeezed.headers["Content-Encoding"], "immutable" in squeezed.headers["Cache-Control"]) == ("gzip", True)
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    assert plain.data == gzip.decompress(squeezed.data)
    assert set(decode(plain.data)) == {"water", "roads", "landuse", "housenumbers"}


def test_there_are_no_tiles_beside_those_of_the_archive_in_service(territory: Territory, archive: Path) -> None:
    client = app_of(territory, settings=config(archive)).test_client()
    version = version_of(archive)
    assert client.get(f"/map/tiles/{version}/{ZOOM}/{X + 1}/{Y}.mvt").status_code == 204
    assert client.get(f"/map/tiles/{version}/2/9/1.mvt").status_code == 204
    assert client.get(f"/map/tiles/0123456789ab/{ZOOM}/{X}/{Y}.mvt").status_code == 404


def test_a_corner_of_the_coast_is_rounded_and_a_long_edge_stays_straight() -> None:
    sheet = sheet_round(np.array([47.5, 47.9]), np.array([-3.6, -3.2]))
    (drawn,) = water((box(-3.5, 47.6, -3.45, 47.65),), sheet)
    numbers = np.array(re.findall(r"-?[0-9]+", drawn), float).reshape(-1, 2)
    assert drawn.count("Q") == 4
    begins, corners, ends = numbers[0::3], numbers[1::3], numbers[2::3]
    assert np.allclose(np.abs(begins - corners).sum(1), 14, atol=1)
    assert np.allclose(np.abs(ends - corners).sum(1), 14, atol=1)


def test_an_archive_that_is_not_there_is_a_fault_of_the_config(tmp_path: Path) -> None:
    sheet = sheet_round(np.array([47.7, 47.8]), np.array([-3.4, -3.3]))
    with pytest.raises(InvalidConfig, match=r"map\.tiles"):
        ground_of_archive(tmp_path / "none.pmtiles", sheet)


def test_the_sea_goes_on_beyond_its_outline_and_a_river_does_not() -> None:
    sheet = sheet_round(np.array([47.5, 47.9]), np.array([-3.6, -3.2]))
    sea, river = box(-3.5, 47.6, -3.3, 47.7), box(-3.42, 47.7, -3.41, 47.8)
    seen, narrow = water((sea, river), sheet)
    assert "-" in seen, "out of sight on the left"
    assert "-" not in narrow
