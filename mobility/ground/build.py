"""From an extract to one archive: tilemaker draws the tiles by our own profile, the pmtiles package makes one file."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import osmium
import shapely
from shapely.geometry import MultiPolygon, Polygon

from mobility.errors import ConfigFault, InvalidConfig
from mobility.ground.complete import complete
from mobility.ground.profile import CONFIG, PROCESS
from mobility.ground.sea import sea_of
from mobility.streets.drawn_shores import read_shores

Said = Callable[[str], None]

PROGRAM = "tilemaker"
DEGREES = "EPSG:4326"
LAST_WORDS = 3
"""So many lines of what tilemaker said are told where it fails."""


class NotDrawn(Exception):
    """No archive was made; what is in service stays. reason: with what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the map's ground was not made: {reason}")
        self.reason = reason


def build_ground(extract: Path, archive: Path, said: Said) -> None:
    """Raises NotDrawn, InvalidConfig."""
    if shutil.which(PROGRAM) is None:
        raise NotDrawn(f"{PROGRAM} is not there (Debian: apt-get install {PROGRAM})")
    with TemporaryDirectory(prefix="ground-") as folder:
        whole, tiles = Path(folder) / "extract.osm.pbf", Path(folder) / "tiles.mbtiles"
        said("reading the extract")
        complete(extract, whole)
        box = box_of(extract)
        said("closing the sea")
        config = _config(Path(folder), sea_of(read_shores(extract), box))
        said("drawing tiles")
        _draw(whole, tiles, config, box)
        said("making one file")
        _pack(tiles, archive, box)


def box_of(extract: Path) -> Polygon:
    """What the extract says that it holds, else the box round its points, in degrees. Raises InvalidConfig."""
    try:
        with osmium.io.Reader(str(extract)) as reader:
            told = reader.header().box()
        if told.valid():
            low, high = told.bottom_left, told.top_right
            return shapely.box(low.lon, low.lat, high.lon, high.lat)
        nodes = (one for one in osmium.FileProcessor(extract, osmium.osm.NODE) if isinstance(one, osmium.osm.Node))
        return shapely.box(*shapely.total_bounds([shapely.Point(one.location.lon, one.location.lat) for one in nodes]))
    except (RuntimeError, OSError) as error:
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}", ConfigFault.BAD_FILE) from error


def _config(folder: Path, sea: MultiPolygon) -> Path:
    """The profile with the file of this sea in it, which tilemaker reads as a shapefile."""
    profile = json.loads(CONFIG.read_text("utf-8"))
    if sea.is_empty:
        del profile["layers"]["sea"]
    else:
        file = folder / "sea.shp"
        geopandas.GeoDataFrame({"kind": ["sea"]}, geometry=[sea], crs=DEGREES).to_file(file)
        profile["layers"]["sea"]["source"] = str(file)
    config = folder / "profile.json"
    config.write_text(json.dumps(profile), "utf-8")
    return config


def _draw(extract: Path, tiles: Path, config: Path, box: Polygon) -> None:
    files = ("--input", extract, "--output", tiles, "--config", config, "--process", PROCESS)
    corners = ",".join(f"{one:.7f}" for one in box.bounds)
    done = subprocess.run(
        [PROGRAM, *files, "--bbox", corners], capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode or not tiles.exists():
        words = " / ".join((done.stdout + done.stderr).strip().splitlines()[-LAST_WORDS:])
        raise NotDrawn(f"{PROGRAM} ended with {done.returncode}: {words}")


def _pack(tiles: Path, archive: Path, box: Polygon) -> None:
    """Under its name at once, or not at all. tilemaker tells no box of its own where it is given one."""
    try:
        from pmtiles.convert import mbtiles_to_pmtiles
    except ImportError as error:
        raise NotDrawn("it needs the extra `map`: pip install 'hent[map]'") from error
    archive.parent.mkdir(parents=True, exist_ok=True)
    beside = archive.with_suffix(".new")
    _tell_box(tiles, box)
    mbtiles_to_pmtiles(str(tiles), str(beside), None)  # type: ignore[no-untyped-call]
    beside.chmod(0o644)
    beside.replace(archive)


def _tell_box(tiles: Path, box: Polygon) -> None:
    told = ",".join(f"{one:.6f}" for one in box.bounds)
    with closing(sqlite3.connect(tiles)) as kept, kept:
        kept.execute("update metadata set value = ? where name = 'bounds'", (told,))
        kept.execute("delete from metadata where name = 'center'")
