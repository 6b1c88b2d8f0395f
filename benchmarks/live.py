"""Real time as travellers meet it: `python -m benchmarks live` prints all of it, `python -m benchmarks.live PART ...`
some: decoding, cities, quick, reloads, versions, kills, files, gone."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from flask.testing import FlaskClient

from api.app import create_app
from api.config import read_config
from api.territory.in_service import Following
from benchmarks.live_city import LiveCity, Timetable, cities, live_service
from benchmarks.live_faults import PARTS as FAULTS
from benchmarks.live_faults import faults
from benchmarks.live_files import decoded
from benchmarks.server_load import thread_ms
from benchmarks.table import Row, table

SWITCHES, QUESTIONS, ROUNDS, ASKED_AT_ONCE, PATIENCE_S = 7, 40, 7, 6, 30.0


def run(names: Sequence[str] = ()) -> str:
    if not os.environ.get("HENT_REFERENCE_DATA"):
        return "live: HENT_REFERENCE_DATA is not set"
    tables = [decoded()] if "decoding" in names or not names else []
    tables += map(in_city, cities()) if "cities" in names or not names else []
    wanted = [name for name in FAULTS if name in names or not names]
    return "\n".join([*tables, faults(wanted)] if wanted else tables)


def in_city(city: LiveCity) -> str:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with live_service(city, folder) as (port, _):
            timetable = Timetable(port, city, folder)
            switches = [seconds_to_all(timetable, 60 + 7 * number) for number in range(SWITCHES)]
            answered = answer_times(city, folder, timetable)
    rows = [
        Row("runs that each version changes", str(len(timetable.runs))),
        Row(
            "new file on disk to answers of all workers",
            f"{statistics.median(switches):.2f} s, worst {max(switches):.2f} s",
            f"must {city.must_s}, aim {city.aim_s} s",
        ),
        *answered,
    ]
    return table(f"Real time: {city.name}", rows)


def seconds_to_all(timetable: Timetable, late_s: int) -> float:
    begin = time.perf_counter()
    timetable.late(late_s)
    while time.perf_counter() - begin < PATIENCE_S:
        asked_s = time.perf_counter()
        if all(timetable.delays() == {late_s} for _ in range(ASKED_AT_ONCE)):
            return asked_s - begin
        time.sleep(0.02)
    return PATIENCE_S


def answer_times(city: LiveCity, folder: Path, timetable: Timetable) -> list[Row]:
    """Processor time of this process, which serves the data folder as a worker does, and a copy of it of which nothing
    is known; each question in turn."""
    shutil.copytree(folder / "var", folder / "planned", ignore=shutil.ignore_patterns("live", "live-days"))
    live, planned = (client(city, folder, data) for data in ("var", "planned"))
    today, other = (questions(timetable, (city.now + timedelta(days)).isoformat()) for days in (0, 7))
    off = [f"{path}&realtimeMode=OFF" for path in today]
    return [
        in_turn(
            "plan, processor ms: by timetable / as it is now", (planned, today), (live, today), "must +10, aim +3 %"
        ),
        in_turn(
            "plan with realtimeMode=OFF: nothing known / beside a live version", (planned, off), (live, off), "0 %"
        ),
        in_turn("plan of another date: nothing known / beside a live version", (planned, other), (live, other), "0 %"),
    ]


def client(city: LiveCity, folder: Path, data: str) -> FlaskClient:
    config = read_config(folder / "config.toml")
    return create_app(config, Following(folder / data, config), lambda: int(city.now.timestamp())).test_client()


def questions(timetable: Timetable, at: str) -> list[str]:
    chance = random.Random(2022)
    pairs = [chance.sample(timetable.stops[:200], 2) for _ in range(QUESTIONS)]
    return [
        f"/api/v6/plan?fromPlace={quote(start['stopId'])}&toPlace={quote(end['stopId'])}&time={quote(at)}"
        for start, end in pairs
    ]


Asked = tuple[FlaskClient, list[str]]


def in_turn(what: str, without: Asked, beside: Asked, against: str) -> Row:
    """Sums over the questions of the best of some rounds, as others use the machine, too. The rounds before them make
    days quick, which takes a thread a while."""
    for asked, paths in (without, beside) * 2:
        for path in paths:
            thread_ms(asked, path)
        time.sleep(3)
    rounds = [
        [
            tuple(thread_ms(asked, path) for asked, path in zip((without[0], beside[0]), pair, strict=True))
            for pair in zip(without[1], beside[1], strict=True)
        ]
        for _ in range(ROUNDS)
    ]
    best = [[min(one[side] for one in of_path) for of_path in zip(*rounds, strict=True)] for side in (0, 1)]
    off_ms, now_ms = (sum(side) / len(side) for side in best)
    return Row(what, f"{off_ms:.1f} / {now_ms:.1f}", against, f"{100 * (now_ms / off_ms - 1):+.1f} %")


if __name__ == "__main__":
    print(run(sys.argv[1:]))
