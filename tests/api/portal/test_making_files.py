"""How the files of the open data are made, and how they are sent."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.portal import indicators, products
from api.portal.products import make
from api.territory.in_service import Following
from api.web.storage import kept
from gtfs.errors import NoIndicators
from tests.api.conftest import ROOT, config
from tests.api.portal.conftest import TODAY
from tests.demo_in_service import demo_in_service


@pytest.mark.parametrize("path", ["/data/files/stops.csv", "/data/gtfs/lorient/latest.zip"])
def test_a_range_in_units_that_are_not_ours_is_none(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Range": "pages=1-2"})
    assert (answer.status_code, answer.data) == (200, client.get(path).data)
    assert client.get(path, headers={"Range": "bytes=0-9"}).status_code == 206


def test_a_part_of_a_file_and_an_unchanged_one_cost_little(client: FlaskClient) -> None:
    whole = client.get("/data/files/stops.csv")
    part = client.get("/data/files/stops.csv", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, whole.data[:10])
    same = client.get("/data/files/stops.csv", headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert whole.headers["Last-Modified"]


def test_a_feed_that_gtfs_kit_cannot_take_is_published_all_the_same(
    folder: Path, following: Following, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object, __: object) -> None:
        raise NoIndicators("KeyError")

    monkeypatch.setattr(indicators, "indicators", fails)
    monkeypatch.setattr(products, "open_folder", lambda data, version: tmp_path / "open")
    territory = following.territory()
    made = make(folder, config(), territory)
    assert (made / "indicators_lines.csv").read_text() == "line,date,trips,first,last,hours,headway_min,speed_kmh\n"
    assert (made / "lorient.description.json").read_text() == "null"


def test_files_are_made_by_a_process_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings, data = config(), demo_in_service(tmp_path_factory, TODAY)
    client = create_app(settings, Following(data, settings), kept=kept(settings, data, {})).test_client()
    first = client.get("/data/files/stops.csv")
    assert (first.status_code, first.headers["Retry-After"]) == (503, "10")
    until_s = monotonic() + 60
    while client.get("/data/files/stops.csv").status_code == 503 and monotonic() < until_s:
        sleep(0.2)
    assert client.get("/data/files/stops.csv").status_code == 200


READ_ONLY = """
import sys
from pathlib import Path
from api.app import create_app
from api.commands.serve import _kept
from api.config import read_config
from api.territory.in_service import Following
data, config = Path(sys.argv[1]), read_config(Path(sys.argv[2]))
client = create_app(config, Following(data, config), kept=_kept(config, data)).test_client()
for path in sys.argv[3:]:
    answer = client.get(path, headers={"Authorization": "Bearer guess"})
    told = (answer.json or {}) if answer.is_json else {}
    print(answer.status_code, len(answer.data) if answer.status_code == 200 else told.get("reason"))
"""


@pytest.mark.parametrize("made", [True, False], ids=["files made", "files not made yet"])
def test_a_folder_that_nobody_may_write_in_serves_what_is_there_and_says_why_not_the_rest(
    client: FlaskClient, folder: Path, tmp_path: Path, made: bool
) -> None:
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    (data / "hent.sqlite3").unlink(missing_ok=True)
    if not made:
        for one in data.glob("networks/*/open-*"):
            shutil.rmtree(one)
    paths = ("/data/gtfs/lorient/latest.zip", "/data/files/stops.csv", "/data/", "/api/carpool/me")
    mount = f'mount --bind {data} {data} && mount -o remount,bind,ro {data} && exec "$@"'
    command = ["unshare", "--mount", "sh", "-c", mount, "sh", sys.executable, "-c", READ_ONLY, str(data)]
    try:
        ran = subprocess.run([*command, str(ROOT / "config.toml"), *paths], capture_output=True, text=True, cwd=ROOT)
    except FileNotFoundError:
        pytest.skip("unshare is not installed")
    if "Operation not permitted" in ran.stderr:
        pytest.skip("nothing can be mounted here")
    latest, stops, catalogue, account = (line.split(" ", 1) for line in ran.stdout.splitlines())
    assert latest == ["200", str(len(client.get(paths[0]).data))], ran.stderr
    refused = ["503", "Le disque est en lecture seule"]
    assert stops == (["200", str(len(client.get(paths[1]).data))] if made else refused)
    assert catalogue[0] == "200"
    assert account == refused
