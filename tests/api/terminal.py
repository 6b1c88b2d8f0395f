"""What tests of the `hent` command share: running it, a town's feed, somebody who publishes it."""

from __future__ import annotations

import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from click.testing import CliRunner, Result

from api.commands import main

ROOT = Path(__file__).parent.parent.parent
CONFIG = str(ROOT / "config.toml")

TOWN = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nT,Town,https://town.example,Europe/Helsinki\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Tori,60.17,24.93\nB,Satama,60.20,24.93\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\nR,T,7,3\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "S,1,1,1,1,1,1,1,20260101,20491231\n",
    "trips.txt": "route_id,service_id,trip_id\nR,S,T1\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "T1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:10:00,B,2\n",
}


def zipped(folder: Path, name: str = "town.zip", **changed: str) -> Path:
    with zipfile.ZipFile(folder / name, "w") as archive:
        for table, text in (TOWN | {f"{table}.txt": text for table, text in changed.items()}).items():
            archive.writestr(table, text)
    return folder / name


def hent(*words: object, typed: str | None = None) -> Result:
    """typed: what is answered to a question."""
    result = CliRunner().invoke(main, [str(word) for word in words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def with_town(folder: Path) -> Path:
    """A data folder in which only the town is in service, which the config does not name."""
    assert hent("feeds", "load", zipped(folder), "--config", CONFIG, "--data", folder / "var").exit_code == 0
    return folder / "var"


class Publisher:
    """Serves one feed on this machine and counts who asks."""

    def __init__(self, feed: bytes) -> None:
        self.asked = 0
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(feed)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/town.zip"
