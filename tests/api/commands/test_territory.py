"""`hent territory fetch` on the file of the real territory, asked of a server of this machine that gives feeds of the
reference data under the very paths that the file names."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest
from click.testing import Result

from api.config import read_config
from mobility.feeds.state import feeds_in_service
from mobility.streets.storage import version_in_service
from tests.api.conftest import ROOT
from tests.api.terminal import hent

DEPLOYED = ROOT / "deploy" / "pays-de-lorient.toml"
DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""))
IZILO = "/www.data.gouv.fr/api/1/datasets/r/c32dc40b-3538-4796-a6c6-fd239d6c1364"
ALERTS = "/proxy.transport.data.gouv.fr/resource/ctrl-lorient-gtfs-rt-alerts"
PONY = "/proxy.transport.data.gouv.fr/resource/pony-lorient-gbfs"
BOATS = "/transport.data.gouv.fr/resources/81481/download"
COACHES = "/www.korrigo.bzh/ftp/OPENDATA/BREIZHGO_CAR_56.gtfs.zip"
TRAINS = "/www.korrigo.bzh/ftp/OPENDATA/BREIZHGO_TER.gtfs.zip"
ADDRESSES = "/adresse.data.gouv.fr/data/ban/adresses/latest/csv/adresses-56.csv.gz"
STREETS = "/download.openstreetmap.fr/extracts/europe/france/bretagne/morbihan.osm.pbf"
KEPT = "fetched/morbihan.osm.pbf"
FEEDS = ("izilo", "breizhgo-bateaux", "breizhgo-cars-56", "breizhgo-ter")
KEPT_PARTS = (
    "file addresses", "file streets", "names addresses", "names landmarks", *(f"feed {feed}" for feed in FEEDS),
)  # fmt: skip
"""What is not sent again while it is the same."""
needs_data = pytest.mark.skipif(not DATA.name, reason="HENT_REFERENCE_DATA is not set")


class Publishers:
    """Serves bodies by path; asked: how often each was sent whole. A body of None is a fault of the server."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes | None] = {}
        self.sent: list[str] = []
        publishers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = publishers.bodies.get(self.path)
                etag = f'"{hash(body)}"'
                status = 404 if body is None else 304 if self.headers.get("If-None-Match") == etag else 200
                self.send_response(status)
                self.send_header("ETag", etag)
                self.send_header("Content-Length", str(len(body or b"") if status == 200 else 0))
                self.end_headers()
                if status == 200:
                    publishers.sent.append(self.path)
                    self.wfile.write(body or b"")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def publishers() -> Iterator[Publishers]:
    with publishing() as found:
        yield found


@contextmanager
def publishing() -> Iterator[Publishers]:
    found = Publishers()
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


@pytest.fixture
def full(publishers: Publishers) -> Publishers:
    return publish_all(publishers)


def publish_all(publishers: Publishers) -> Publishers:
    """Périgueux for izilo's buses, Brest's alerts for theirs, Helsinki's bikes for Pony's; sailing boats for those to
    Groix, the Faroe Islands for the coaches, Clark County for the trains, Porto Alegre's streets."""
    publishers.bodies[IZILO] = (DATA / "gtfs" / "perigueux.zip").read_bytes()
    for path, name in ((BOATS, "sailcoop"), (COACHES, "faroe"), (TRAINS, "ctran_flex")):
        publishers.bodies[path] = (DATA / "gtfs" / f"{name}.zip").read_bytes()
    publishers.bodies[STREETS] = (DATA / "osm" / "porto_alegre.osm.pbf").read_bytes()
    publishers.bodies[ADDRESSES] = gzip.compress((DATA / "addresses" / "small_ban.csv").read_bytes())
    publishers.bodies[ALERTS] = (DATA / "realtime" / "bibus_brest_2021-12-16" / "alerts.pb").read_bytes()
    for name in ("system_information", "station_information", "station_status"):
        publishers.bodies[f"{PONY}/{name}.json"] = (DATA / "gbfs" / "helsinki" / f"{name}.json").read_bytes()
    listed = [
        {"name": name, "url": f"{publishers.address}{PONY}/{name}.json"}
        for name in ("system_information", "station_information", "station_status")
    ]
    start = {"last_updated": 1, "ttl": 60, "version": "2.2", "data": {"fr": {"feeds": listed}}}
    publishers.bodies[f"{PONY}/gbfs.json"] = json.dumps(start).encode()
    return publishers


@dataclass(frozen=True)
class Fetched:
    """All of the real territory, once for two tests: in a folder that stays as it is."""

    folder: Path
    publishers: Publishers
    done: Result
    sent: list[str]

    def copied(self, into: Path) -> list[object]:
        copytree(self.folder, into, dirs_exist_ok=True)
        return options_in(into)


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetched]:
    folder = tmp_path_factory.mktemp("territory")
    with publishing() as publishers:
        done = hent("territory", "fetch", *territory(folder, publish_all(publishers)))
        assert done.exit_code == 0, done.output
        yield Fetched(folder, publishers, done, list(publishers.sent))


def options_in(folder: Path) -> list[object]:
    return ["--config", folder / "config.toml", "--data", folder / "var"]


def territory(folder: Path, publishers: Publishers) -> list[object]:
    """The deployed file with its hosts on this machine."""
    text = DEPLOYED.read_text("utf-8").replace("https://", f"{publishers.address}/")
    (folder / "config.toml").write_text(text.replace("../demo/", f"{ROOT}/demo/"), "utf-8")
    return options_in(folder)


def lines(stdout: str) -> dict[str, str]:
    """State by part."""
    return {" ".join(line.split(":")[0].split()[1:]): line.split()[0] for line in stdout.splitlines()}


@needs_data
def test_all_of_the_real_territory_is_loaded_and_what_is_missing_is_said(fetched: Fetched) -> None:
    done, folder = fetched.done, fetched.folder
    said = lines(done.stdout)
    parts = (*KEPT_PARTS, "rental pony")
    assert {part: said[part] for part in parts} == dict.fromkeys(parts, "loaded")
    realtime = [line for line in done.stdout.splitlines() if " realtime izilo" in line]
    assert [line.split()[0] for line in realtime] == ["failed", "loaded"]
    assert "trip_updates: " in realtime[0] and "alerts: " in realtime[1], "of Brest there are alerts alone"
    missing = [name for name, state in said.items() if state == "missing"]
    assert ["real time" in missing[0], "Pony" in missing[1], len(missing)] == [True, True, 2]
    assert "runs from 2025-12-22 to 2026-03-01, ended, etalab-2.0" in done.stdout
    assert {feed.id for feed in feeds_in_service(folder / "var")} == set(FEEDS)
    assert version_in_service(folder / "var")
    assert "places that people name, © OpenStreetMap, ODbL 1.0" in done.stdout
    assert (folder / "fetched" / "adresses-56.csv.gz").read_bytes() == fetched.publishers.bodies[ADDRESSES]


@needs_data
def test_what_has_not_changed_is_not_sent_again(fetched: Fetched, tmp_path: Path) -> None:
    published = {IZILO, BOATS, COACHES, TRAINS, STREETS, ADDRESSES}
    assert published <= set(fetched.sent)
    before = len(fetched.publishers.sent)
    again = lines(hent("territory", "fetch", *fetched.copied(tmp_path)).stdout)
    assert {again[part] for part in KEPT_PARTS} == {"unchanged"}
    assert not published & set(fetched.publishers.sent[before:])


def test_a_timetable_that_cannot_be_had_is_named_and_ends_with_1(publishers: Publishers, tmp_path: Path) -> None:
    done = hent("territory", "fetch", *territory(tmp_path, publishers))
    assert done.exit_code == 1
    assert "failed    feed izilo, which the service cannot do without: " in done.stdout
    assert "the server answers 404" in done.stdout
    assert lines(done.stdout)["rental pony"] == "failed", "the parts after it are tried, too"
    assert done.stderr == "hent: the service cannot do without izilo\n"


@needs_data
def test_an_address_file_that_changed_is_in_service_after_the_fetch(full: Publishers, tmp_path: Path) -> None:
    options, config = territory(tmp_path, full), tmp_path / "config.toml"
    named = config.read_text("utf-8").replace("\n[places]\n", '\n[places]\naddresses = "fetched/adresses-56.csv.gz"\n')
    config.write_text(named, "utf-8")
    full.bodies[IZILO] = full.bodies[STREETS] = None
    assert "loaded    names addresses: 23 streets, Licence Ouverte 2.0" in hent("territory", "fetch", *options).stdout
    rows = (DATA / "addresses" / "small_ban.csv").read_text("utf-8").splitlines(keepends=True)
    full.bodies[ADDRESSES] = gzip.compress("".join(rows[:2]).encode())
    assert "loaded    names addresses: 1 street, Licence Ouverte 2.0" in hent("territory", "fetch", *options).stdout


@needs_data
def test_a_version_in_service_carries_on_where_the_next_cannot_be_had(
    fetched: Fetched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fetched.publishers.bodies, IZILO, b"<html>maintenance</html>")
    done = hent("territory", "fetch", *fetched.copied(tmp_path))
    assert (done.exit_code, lines(done.stdout)["feed izilo"]) == (0, "failed")
    assert "izilo" in [feed.id for feed in feeds_in_service(tmp_path / "var")]


def test_a_file_that_breaks_off_or_is_too_large_leaves_the_one_before(publishers: Publishers, tmp_path: Path) -> None:
    options = territory(tmp_path, publishers)
    config, kept = tmp_path / "config.toml", tmp_path / KEPT
    config.write_text(config.read_text("utf-8").replace(f'path = "{KEPT}"', f'path = "{KEPT}"\nmost_mib = 1'), "utf-8")
    kept.parent.mkdir()
    kept.write_bytes(b"as it was")
    publishers.bodies[STREETS] = b"0" * (2**20 + 1)
    done = hent("territory", "fetch", *options)
    assert "failed    file streets: larger than 1 MiB (files.most_mib); the one before stays" in done.stdout
    assert (kept.read_bytes(), list(kept.parent.iterdir())) == (b"as it was", [kept])


def test_what_is_no_extract_is_said(publishers: Publishers, tmp_path: Path) -> None:
    publishers.bodies[STREETS] = b"<html>this is no map</html>"
    done = hent("territory", "fetch", *territory(tmp_path, publishers))
    assert lines(done.stdout)["file streets"] == "failed"
    assert version_in_service(tmp_path / "var") is None


def test_a_licence_that_nobody_has_read_is_asked_for(publishers: Publishers, tmp_path: Path) -> None:
    options = territory(tmp_path, publishers)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8").replace('licence = "etalab-2.0"', 'licence = "..."', 1), "utf-8")
    done = hent("territory", "fetch", *options)
    assert "missing   feed izilo, which the service cannot do without: read its licence" in done.stdout
    assert IZILO not in publishers.sent


def test_an_optional_timetable_bars_nothing(publishers: Publishers, tmp_path: Path) -> None:
    options = territory(tmp_path, publishers)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8").replace("every_h = 6", "optional = true"), "utf-8")
    done = hent("territory", "fetch", "--json", *options)
    assert done.exit_code == 0
    izilo = next(one for one in json.loads(done.stdout) if one["kind"] == "feed")
    assert (izilo["kind"], izilo["state"], izilo["needed"]) == ("feed", "failed", False)


def test_the_deployed_file_names_no_address_but_those_of_known_hosts() -> None:
    config = read_config(DEPLOYED)
    hosts = {one.url.split("/")[2] for one in (*config.feeds, *config.rentals, *config.files) if one.url}
    hosts |= {place.split("/")[2] for one in config.realtime for place in one.source.places()}
    assert hosts == {
        "www.data.gouv.fr",
        "transport.data.gouv.fr",
        "proxy.transport.data.gouv.fr",
        "www.korrigo.bzh",
        "adresse.data.gouv.fr",
        "download.openstreetmap.fr",
    }
    demo = read_config(ROOT / "config.toml").profiles
    without_riders = {name: profile.model_copy(update={"riders": ()}) for name, profile in demo.items()}
    assert config.profiles == without_riders, "travellers are the demo's; riders are names of the demo's own fares"


def test_every_place_of_the_deployed_file_is_there_and_is_not_illustrative() -> None:
    named = read_config(DEPLOYED).places.files
    assert [file for file in named if "illustrati" in Path(file).read_text("utf-8")] == []
