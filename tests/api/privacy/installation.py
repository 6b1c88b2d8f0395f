"""The real service in a process of its own, with a database, a mail server, and folders that hold all it can write."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from api.web.storage import URL
from tests.api.conftest import ROOT
from tests.forked import Forked, forked

FILE = "rt.pb"
"""In the data folder: what is known of the town's vehicles now."""
SERVE = """
import os, sys
from pathlib import Path
from api.trips import plan
from api.config.carpool import MailSection
from api.config.covoiturage import CovoiturageSection
from api.config.realtime import RealtimeSection
from api.server import serve
from api.territory.live import LiveTerritories
from api.web.storage import Kept
from mobility.carpool.sealing import Sealing
from mobility.feeds.publish import publish
from mobility.storage.store import open_store
from tests.api.conftest import Fixed, config, LINES, STOPS
from tests.api.privacy.installation import FILE
from dataclasses import replace
from mobility.live.source import KINDS
from mobility.places.addresses.ban import AddressArea, AddressRow
from mobility.places.addresses.build import AddressSource, build_addresses
from mobility.places.build import build
from mobility.places.landmarks.landmark import Landmark
from mobility.places.landmarks.landmark_index import landmark_index
from tests.town import FOR_LONG, town

url, mail_port, data, broken = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
settings = config()
settings = settings.model_copy(update={
    "server": settings.server.model_copy(update={"port": 0, "workers": 2, "proxies": 1}),
    "mail": MailSection(host="127.0.0.1", port=mail_port, sender="hent@example.org", tls="none"),
    "covoiturage": CovoiturageSection(operator="hent.example.org"),
    "realtime": (RealtimeSection(feed="t", licence="test", stale_s=86_400, **dict.fromkeys(KINDS, str(data / FILE))),),
})
answer = plan.planner.plan

def planted(territory, query):
    if broken in str(query):
        raise RuntimeError(f"cannot answer {query}")
    return answer(territory, query)

plan.planner.plan = planted
territory = town(STOPS, LINES, days=FOR_LONG)
publish(data, territory.network)
area = AddressArea("1", "Bourg", "", "56000", "")
row = AddressRow("s", "s_00012", "Rue Haute", 12, "", area, 47.75, -3.36, "", True)
territory = replace(
    territory,
    places=build(territory.network),
    addresses=build_addresses([row], AddressSource("town", "test", "2026-01-01")),
    landmarks=landmark_index([Landmark("swimming_pool", "p", "Piscine", 47.75, -3.36)], "town"),
)

class AsItIs(Fixed):
    live = LiveTerritories(data)

    def territory(self):
        return self.live.of(self._territory, self._territory.days)

kept = Kept(open_store(url), Sealing("a secret of at least thirty-two characters"), data)
serve(settings, AsItIs(territory), lambda line: print(line, flush=True), kept)
"""


@dataclass
class Installation:
    """folder: everything that the service can write to but the database; log: both its outputs."""

    host: str
    folder: Path
    process: Forked
    headers: Mapping[str, str]

    @property
    def realtime(self) -> Path:
        return self.folder / "data" / FILE

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def send(self, method: str, path: str, body: object = None, status: int | None = None, **headers: str) -> Any:
        """A body that is no text goes as JSON; the answer as JSON where it is some."""
        connection = HTTPConnection(self.host, timeout=30)
        text = body if isinstance(body, str | bytes | None) else json.dumps(body)
        kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
        connection.request(method, path, text, {**self.headers, "Content-Type": kind, **headers})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert status is None or answer.status == status, content
        return json.loads(content) if "json" in (answer.getheader("Content-Type") or "") else content


@contextmanager
def installed(
    folder: Path, url: str, mail_port: int, broken: str, headers: Mapping[str, str]
) -> Iterator[Installation]:
    """broken: a trip query that holds it meets a fault in the code that repeats it. headers: of each request."""
    for name in ("data", "tmp", "home"):
        (folder / name).mkdir()
    own = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), URL: url}
    # Kernels are compiled from source alone; in a new home a service would compile all of them before it opens.
    own["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    with (folder / "log").open("w") as log:
        words = ["-c", SERVE, url, mail_port, folder / "data", broken]
        process = forked(words, stdout=subprocess.PIPE, stderr=log, cwd=folder, env={**os.environ, **own})
    give_up = Timer(120, process.kill)
    give_up.start()
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert "Hent ready on http://127.0.0.1:" in line, (folder / "log").read_text()
        yield Installation(urlsplit(line.split()[3]).netloc, folder, process, headers)
    finally:
        give_up.cancel()
        process.terminate()
        process.wait(20)
