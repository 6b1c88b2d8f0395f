"""An extract becomes one archive of tiles by tilemaker and our own profile."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from mapbox_vector_tile import decode
from pmtiles.reader import MmapSource, Reader, all_tiles

from mobility.errors import InvalidConfig
from mobility.ground.build import NotDrawn, build_ground
from mobility.ground.storage import GROUND, archive_in_service, archive_of, version_of
from tests.mobility.streets.tiny import opl

DRAWING = """
    A 1500 500, B -1500 500, C 0 0, D 200 0, E 200 200, F 0 200, G 300 0, H 300 300, I 20 20, J 60 20, K 60 60, N 0 900
    A B | natural=coastline
    C D E F C | leisure=park name=Jardin
    D G | highway=residential name=Rue_Haute name:br=Straed_Uhel
    G H | highway=steps
    I J K I | building=yes
    C H | power=line
    C | place=town name=Bourg population=1234
    """
needs_tilemaker = pytest.mark.skipif(shutil.which("tilemaker") is None, reason="tilemaker is not installed")


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town before the sea; a way of it goes on to a point that the extract does not hold."""
    file = tmp_path_factory.mktemp("extract") / "town.opl"
    file.write_text(opl(DRAWING) + "w90 v1 Thighway=footway Nn3,n4,n999\nw91 v1 Thighway=footway Nn3,n998\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def layers(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Of all tiles of the nearest zoom together: what each thing says of itself."""
    archive = tmp_path_factory.mktemp("ground") / "town.pmtiles"
    build_ground(extract, archive, lambda _: None)
    found: dict[str, list[dict[str, Any]]] = {}
    with archive.open("rb") as file:
        for (zoom, _, _), body in all_tiles(Reader(MmapSource(file)).get_bytes):
            for name, layer in (decode(gzip.decompress(body)) if zoom == 14 else {}).items():
                found.setdefault(name, []).extend(one["properties"] for one in layer["features"])
    return found


@needs_tilemaker
def test_each_thing_stands_in_its_layer_with_its_names(layers: dict[str, list[dict[str, Any]]]) -> None:
    assert {"kind": "street", "name": "Rue Haute", "name_br": "Straed Uhel"} in layers["roads"]
    assert {"kind": "town", "name": "Bourg", "people": 1234} in layers["places"]
    assert {"kind": "park", "name": "Jardin"} in layers["landuse"]
    assert {one["kind"] for one in layers["roads"]} == {"street", "steps", "path"}
    assert {one["kind"] for one in layers["buildings"]} == {"building"}


@needs_tilemaker
def test_the_sea_is_water(layers: dict[str, list[dict[str, Any]]]) -> None:
    assert {one["kind"] for one in layers["water"]} == {"sea"}


@needs_tilemaker
def test_what_no_map_needs_is_left_out(layers: dict[str, list[dict[str, Any]]]) -> None:
    assert set(layers) == {"water", "landuse", "buildings", "roads", "places"}


def test_without_tilemaker_it_is_said_what_to_install(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotDrawn, match="apt-get install tilemaker"):
        build_ground(extract, tmp_path / "ground.pmtiles", lambda _: None)


@needs_tilemaker
def test_what_is_no_extract_is_named(tmp_path: Path) -> None:
    file = tmp_path / "letter.osm.pbf"
    file.write_text("Dear all,")
    with pytest.raises(InvalidConfig, match=r"letter\.osm\.pbf"):
        build_ground(file, tmp_path / "ground.pmtiles", lambda _: None)
    assert not (tmp_path / "ground.pmtiles").exists()


def test_one_archive_is_in_service_until_it_is_taken_out(extract: Path, tmp_path: Path) -> None:
    version = version_of(extract)
    archive = archive_of(tmp_path, version)
    archive.parent.mkdir(parents=True)
    archive.write_bytes(b"PMTiles")
    assert archive_in_service(tmp_path) is None
    GROUND.put_in_service(tmp_path, version)
    assert archive_in_service(tmp_path) == archive
    GROUND.take_out(tmp_path)
    assert archive_in_service(tmp_path) is None
    assert archive.exists()
