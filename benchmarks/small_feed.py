"""One small feed loaded anew beside many others that stay as they are: what a load costs that concerns one feed.

The feeds are those of `HENT_REFERENCE_DATA`, New York's day among them, each as it is. Périgueux then comes with a stop
more, again and again, and is held to nothing but time: of the whole load until the network is in service and its day
quick, by the clock and by the processors.
"""

from __future__ import annotations

import os
import statistics
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.table import Row, table
from gtfs.snapshot import FeedSource
from mobility.feeds.elapsed import Elapsed
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.publish import make_quick
from mobility.feeds.reload import reload
from mobility.network.current import Current
from mobility.search import search

SMALL = "gtfs/perigueux.zip"
OTHERS = (
    *(f"gtfs/{name}.zip" for name in ("ctran_flex", "faroe", "helsinki", "milano", "porto_alegre", "sailcoop")),
    "gtfs/tampa_2020.zip",
    *(f"reference/{name}/gtfs.zip" for name in ("cairns", "new_york")),
    *(f"fares/real/{name}.zip" for name in ("nelson", "transcollines", "zakroczym")),
    *(f"realtime/{name}/gtfs.zip" for name in ("bart_2019-08-07", "bustang_2023-03-06")),
    *(f"realtime/{name}/gtfs.zip" for name in ("caltrain_2023-11-08", "king_county_2021-09-02")),
)
LOADS = 3


def run() -> str:
    given = os.environ.get("HENT_REFERENCE_DATA")
    if not given:
        return "small_feed: needs HENT_REFERENCE_DATA\n"
    search.warm_up()
    with TemporaryDirectory() as folder:
        return _measured(Path(given), Path(folder))


def _measured(given: Path, folder: Path) -> str:
    at = LoadContext(folder / "data", BuildInputs("Europe/Paris"), datetime.now(UTC).date())
    first = _loaded(at, [_incoming(given / name) for name in (*OTHERS, SMALL)])
    network = Current(at.data).network()
    versions = [_version(given / SMALL, folder, number) for number in range(1, LOADS + 1)]
    again = [_loaded(at, [_incoming(file, name="gtfs-perigueux")]) for file in versions]
    rows = [
        Row("feeds, stops", f"{len(network.feeds)}, {len(network.stops)}"),
        Row("trips, calls", f"{len(network.trips.pattern)}, {len(network.calls.arrival)}"),
        Row("all of them for the first time", _told([first])),
        Row(f"the small one anew, median of {LOADS}", _told(again)),
    ]
    return table("A small feed loaded anew beside others", rows)


def _loaded(at: LoadContext, feeds: list[Incoming]) -> Elapsed:
    began = Elapsed.now()
    reload(at, feeds)
    make_quick(at)
    return Elapsed.since(began)


def _told(loads: list[Elapsed]) -> str:
    clock_s, processor_s = (
        statistics.median(getattr(one, name) for one in loads) for name in ("clock_s", "processor_s")
    )
    return f"{clock_s:.2f} s ({processor_s:.2f} s of processors)"


def _incoming(file: Path, name: str = "") -> Incoming:
    parts = (file.parent.parent.name, file.parent.name) if file.stem == "gtfs" else (file.parent.name, file.stem)
    return Incoming(FeedSource(name or "-".join(parts), "as its source says"), str(file), force=True)


def _version(original: Path, folder: Path, number: int) -> Path:
    """With so many stops more, at which nothing calls."""
    path = folder / f"{number}.zip"
    with zipfile.ZipFile(original) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            text = read.read(name)
            written.writestr(name, text + b"".join(_stops(text, number)) if name == "stops.txt" else text)
    return path


def _stops(text: bytes, number: int) -> Iterator[bytes]:
    """Rows like the last one, under other ids."""
    header, *_, last = text.rstrip().splitlines()
    column = header.decode("utf-8-sig").split(",").index("stop_id")
    for one in range(number):
        cells = last.split(b",")
        cells[column] = b"more-%d" % one
        yield b",".join(cells) + b"\r\n"
