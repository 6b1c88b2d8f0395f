"""Real time as travellers meet it: from a new file on disk to the answers of all workers, and what a question costs."""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks.live_city import LiveCity, Timetable, apart_s, ask, cities, live_service
from benchmarks.live_faults import faults
from benchmarks.live_files import decoded
from benchmarks.serving import children, memory_kib
from benchmarks.table import Row, table

SWITCHES, QUESTIONS, LOAD_S, CLIENTS, ASKED_AT_ONCE = 7, 40, 10.0, 16, 6


def run() -> str:
    if not os.environ.get("HENT_REFERENCE_DATA"):
        return "live: HENT_REFERENCE_DATA is not set"
    return "\n".join([decoded(), *map(served, cities()), faults()])


def served(city: LiveCity) -> str:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with live_service(city, folder) as (port, pid):
            timetable = Timetable(port, city, folder)
            switches = [seconds_to_all(timetable, 60 + 7 * number) for number in range(SWITCHES)]
            paths = questions(timetable, city)
            off_ms, now_ms = in_turn(port, paths)
            before_kib = memory_kib(pid)
            failed, mixed, answered = under_load(timetable, port, paths)
            after_kib, disk_kib = (
                memory_kib(pid),
                sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) // 1024,
            )
            taken_over_s = killed(timetable, pid)
    ratio = now_ms / off_ms - 1
    rows = [
        Row("runs that each version changes", str(len(timetable.runs))),
        Row(
            "new file on disk to answers of all workers",
            f"{statistics.median(switches):.2f} s, worst {max(switches):.2f} s",
        ),
        Row("plan, median, OFF / REALTIME, in turn", f"{off_ms:.1f} / {now_ms:.1f} ms ({100 * ratio:+.0f} %)"),
        Row(
            f"20 files a second, {CLIENTS} clients, {LOAD_S:.0f} s: answers, failed, mixed",
            f"{answered}, {failed}, {mixed}",
        ),
        Row("memory of all processes before / after that", f"{before_kib // 1024} / {after_kib // 1024} MiB"),
        Row("disk after that", f"{disk_kib // 1024} MiB"),
        Row(
            "kill -9 of every worker, one after the other, to a new version by another writer",
            f"worst {taken_over_s:.1f} s",
        ),
    ]
    return table(f"Real time: {city.name} (must {city.must_s} s, aim {city.aim_s} s)", rows)


def seconds_to_all(timetable: Timetable, late_s: int) -> float:
    begin = time.perf_counter()
    timetable.late(late_s)
    while time.perf_counter() - begin < 30:
        asked_s = time.perf_counter()
        if all(timetable.delays() == {late_s} for _ in range(ASKED_AT_ONCE)):
            return asked_s - begin
        time.sleep(0.02)
    return 30.0


def questions(timetable: Timetable, city: LiveCity) -> list[str]:
    chance = random.Random(2022)
    near = timetable.stops[:200]
    pairs = [chance.sample(near, 2) for _ in range(QUESTIONS)]
    return [
        f"/api/v6/plan?fromPlace={quote(start['stopId'])}&toPlace={quote(end['stopId'])}&time={timetable.at}"
        for start, end in pairs
    ]


def in_turn(port: int, paths: list[str]) -> tuple[float, float]:
    """Medians in milliseconds, by timetable and as it is now, asked in turn after a round that warms both."""
    off, now = [], []
    for measured in (False, True):
        for path in paths:
            for mode, times in (("OFF", off), ("REALTIME", now)):
                begin = time.perf_counter()
                ask(port, f"{path}&realtimeMode={mode}")
                if measured:
                    times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(off), statistics.median(now)


def under_load(timetable: Timetable, port: int, paths: list[str]) -> tuple[int, int, int]:
    """Failed and mixed answers while all times move: every live leg of an answer is as late as every other."""
    ended, counts, lock = threading.Event(), [0, 0, 0], threading.Lock()

    def write() -> None:
        for number in range(int(LOAD_S * 20)):
            timetable.late(100 + number)
            time.sleep(0.05)
        ended.set()

    def client(seed: int) -> None:
        chance = random.Random(seed)
        while not ended.is_set():
            failed = mixed = 0
            try:
                found = ask(port, chance.choice(paths))
                legs = [leg for one in found["itineraries"] for leg in one["legs"] if leg["realTime"]]
                mixed = len({apart_s(leg["scheduledStartTime"], leg["startTime"]) for leg in legs}) > 1
            except (OSError, ValueError, KeyError, RuntimeError):
                failed = 1
            with lock:
                counts[0] += failed
                counts[1] += mixed
                counts[2] += 1

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for thread in (*threads, writer := threading.Thread(target=write)):
        thread.start()
    for thread in (*threads, writer):
        thread.join()
    return counts[0], counts[1], counts[2]


def killed(timetable: Timetable, pid: int) -> float:
    worst_s = 0.0
    for number, worker in enumerate(children(pid)):
        os.kill(worker, 9)
        begin = time.perf_counter()
        timetable.late(500 + number)
        while time.perf_counter() - begin < 30:
            try:
                if timetable.delays() == {500 + number}:
                    break
            except (OSError, ValueError, KeyError, RuntimeError):
                pass
            time.sleep(0.05)
        worst_s = max(worst_s, time.perf_counter() - begin)
        time.sleep(3)
    return worst_s
