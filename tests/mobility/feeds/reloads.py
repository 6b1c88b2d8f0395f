"""A data folder to load feeds into, each a folder of tables with one bus from Alpha to Beta."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.outcome import Outcome
from mobility.feeds.progress import Watch
from mobility.feeds.reload import reload
from mobility.network.current import Current
from mobility.network.network import Network

TODAY = date(2026, 6, 15)
WRITTEN_S = 1_780_000_000
"""The time of every file: packed again, however long after, it is the same zip."""
INPUTS = BuildInputs("Europe/Paris")

TABLES = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\na,Agency,https://example.org,Europe/Paris",
    "stops": "stop_id,stop_name,stop_lat,stop_lon\nA,Alpha,47.70,-3.40\nB,Beta,47.71,-3.40",
    "routes": "route_id,agency_id,route_short_name,route_type\n1,a,1,3",
    "trips": "route_id,service_id,trip_id\n1,all,t",
    "stop_times": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,8:00:00,A,1\nt,8:10:00,8:10:00,B,2"
    ),
    "calendar_dates": "service_id,date,exception_type\nall,20260615,1\nall,20260930,1",
}


def days(*dates: str) -> str:
    """calendar_dates.txt: when the only bus runs."""
    return "\n".join(["service_id,date,exception_type", *(f"all,{day.replace('-', '')},1" for day in dates)])


def called(name: str) -> str:
    """stops.txt: the second stop has this name, by which a version is known again."""
    return TABLES["stops"].replace("Beta", name)


@dataclass
class Operator:
    """at: where and when loads happen. Feeds are written into folders of their own."""

    folder: Path
    at: LoadContext

    @classmethod
    def in_folder(cls, folder: Path, inputs: BuildInputs = INPUTS, today: date = TODAY) -> Operator:
        return cls(folder, LoadContext(folder / "data", inputs, today))

    def on(self, today: date) -> Operator:
        return replace(self, at=replace(self.at, today=today))

    def under(self, inputs: BuildInputs) -> Operator:
        return replace(self, at=replace(self.at, inputs=inputs))

    def watched(self, watch: Watch) -> Operator:
        return replace(self, at=replace(self.at, watch=watch))

    def feed(self, feed: str, **changes: str) -> Incoming:
        tables = Path(mkdtemp(prefix=f"{feed}-", dir=self.folder))
        for name, text in (TABLES | changes).items():
            (tables / f"{name}.txt").write_text(text + "\n", "utf-8")
        for path in (*tables.iterdir(), tables):
            os.utime(path, (WRITTEN_S, WRITTEN_S))
        return Incoming(FeedSource(feed, "test licence", "tests"), str(tables))

    def load(self, feed: str, **changes: str) -> Outcome:
        return reload(self.at, [self.feed(feed, **changes)])

    @property
    def network(self) -> Network:
        return Current(self.at.data).network()

    def serves(self, feed: str = "bus") -> str:
        """The name of the feed's second stop."""
        network = self.network
        return network.stops.name[network.stop(f"{feed}_B")]
