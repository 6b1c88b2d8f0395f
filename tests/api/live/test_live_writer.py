"""Live versions are written by a process beside the workers, which ends with the service and is followed where it is
killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest

from mobility.feeds.inputs import BuildInputs
from tests.api.conftest import ROOT
from tests.api.feeds.test_reloading import PLAN, publish, today, until
from tests.api.serving import Served, serving
from tests.api.terminal import hent
from tests.api.test_config import MINIMAL
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.feeds.reloads import Operator

WORKERS, IN_A_ROW = 2, 8
FAILING = """
import os
from api.live_writer import LiveWriter
from api.web.logs import install_logs

def begin():
    raise PermissionError("var/live")

install_logs()
LiveWriter(begin).keep(())
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator.in_folder(tmp_path, BuildInputs("Europe/Paris"), today())
    publish(operator, "Zero")
    (operator.folder / "config.toml").write_text(MINIMAL)
    return operator


@pytest.fixture
def served(operator: Operator) -> Iterator[Served]:
    with serving(operator.at.data, operator.folder / "config.toml", WORKERS) as served:
        until(lambda: len(served.children()) == WORKERS + 1)
        yield served


def writer_of(operator: Operator) -> int:
    """The process that holds the lock, as the kernel tells it; 0 none."""
    lock = operator.at.data / "live/.writing"
    locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()] if lock.exists() else []
    held = [int(one[4]) for one in locks if one[1] == "FLOCK" and one[5].endswith(f":{lock.stat().st_ino}")]
    return held[0] if held else 0


def test_a_writer_that_is_killed_is_followed_by_another_and_takes_no_answer_with_it(
    served: Served, operator: Operator
) -> None:
    until(lambda: writer_of(operator) != 0)
    killed, answers, ended = writer_of(operator), list[int](), Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                answers.append(served.get(PLAN).status)
            except (OSError, HTTPException):
                answers.append(0)

    client = Thread(target=ask)
    client.start()
    os.kill(killed, signal.SIGKILL)
    until(lambda: writer_of(operator) not in (0, killed))
    ended.set()
    client.join()
    assert set(answers) == {200}
    assert len(served.children()) == WORKERS + 1


def test_a_writer_ends_with_its_service(served: Served, operator: Operator) -> None:
    until(lambda: writer_of(operator) != 0)
    served.process.terminate()
    served.process.wait(20)
    assert writer_of(operator) == 0


def test_a_writer_does_not_outlive_a_service_that_is_killed(served: Served, operator: Operator) -> None:
    until(lambda: writer_of(operator) != 0)
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait(20)
    until(lambda: writer_of(operator) == 0)
    assert writer_of(operator) == 0


def test_a_writer_that_cannot_begin_says_why_and_ends_as_a_fault() -> None:
    ran = subprocess.run([sys.executable, "-c", FAILING], cwd=ROOT, capture_output=True, text=True, check=True)
    (line,) = map(json.loads, ran.stderr.splitlines())
    told = (line["event"], line["where"], line["fault"])
    assert told == ("a process beside the workers ends by a fault", "the writer of live versions", "PermissionError")
    assert ran.stdout == "1\n"


def test_another_service_on_the_same_folder_tells_what_the_one_writer_writes(operator: Operator) -> None:
    """As on a second machine with the folder that they share. Where the first service ends the other one writes."""
    config, now = operator.folder / "config.toml", f"{today()}T07:30:00+02:00"
    config.write_text(f'{MINIMAL}[[realtime]]\nfeed = "bus"\nlicence = "test"\ntrip_updates = "rt.pb"\n')
    clock = {"HENT_NOW": now}
    with serving(operator.at.data, config, 1, clock) as first, serving(operator.at.data, config, 1, clock) as second:
        until(lambda: writer_of(operator) in first.children())
        for service, late_s in ((second, 120), (second, 240)):
            say_late(operator, now, late_s)
            until(lambda service=service, late_s=late_s: delay_s(service) == late_s)
            first.process.terminate()
            first.process.wait(20)
        assert writer_of(operator) in second.children()


def test_a_typed_cancellation_changes_what_all_workers_find_within_five_seconds(
    served: Served, operator: Operator
) -> None:
    """By the clock, less what this process and the writer waited for a processor that others had: a look that comes too
    seldom, a lock or a pause counts in full. From the pointer on the next answer of each worker is without it."""
    until(lambda: writer_of(operator) != 0)
    both, before = (os.getpid(), writer_of(operator)), pointed(operator)
    first = served.get(PLAN).body["itineraries"][0]
    run, until_day = first["legs"][0]["tripId"], today() + timedelta(days=2)
    words = ("--trip", run, "--until", f"{until_day}T00:00", "--effect", "cancelled", "--cause", "weather")
    where = ("--config", operator.folder / "config.toml", "--data", operator.at.data)
    began_s, waited = time.monotonic(), [waited_s(one) for one in both]
    typed = hent("messages", "add", *words, *where, "--json")
    assert typed.exit_code == 0, typed.output
    until(lambda: pointed(operator) != before)
    held_up_s = sum(longer_s(one, waited_s(process)) for process, one in zip(both, waited, strict=True))
    assert time.monotonic() - began_s - held_up_s < 5
    assert not any(rides(served, run) for _ in range(IN_A_ROW))
    assert hent("messages", "end", json.loads(typed.output)["id"], *where).exit_code == 0
    until(lambda: all(rides(served, run) for _ in range(IN_A_ROW)))
    assert served.get(PLAN).body["itineraries"][0] == first


def pointed(operator: Operator) -> str:
    """The live version in force, "" where nothing is known."""
    return "".join(one.read_text() for one in (operator.at.data / "live").glob("now-*"))


def waited_s(process: int) -> dict[str, float]:
    """By thread, seconds in which it could have worked and had no processor, as the kernel tells."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return {one.name: int((one / "schedstat").read_text().split()[1]) / 1e9 for one in threads}


def longer_s(before: dict[str, float], now: dict[str, float]) -> float:
    """Of the thread that waited longest since then."""
    return max(waited - before.get(thread, 0.0) for thread, waited in now.items())


def rides(service: Served, run: str) -> bool:
    """Whether a worker finds it; each question may meet another one."""
    legs = [leg for one in service.get(PLAN).body["itineraries"] for leg in one["legs"]]
    return any(leg.get("tripId") == run for leg in legs)


def say_late(operator: Operator, now: str, late_s: int) -> None:
    trip = f'trip {{ trip_id: "t" start_date: "{today():%Y%m%d}" }} delay: {late_s}'
    header = f"timestamp: {int(datetime.fromisoformat(now).timestamp()) + late_s % 100}"
    (operator.folder / "rt.new").write_bytes(realtime_feed(f"trip_update {{ {trip} }}", header=header))
    (operator.folder / "rt.new").replace(operator.folder / "rt.pb")


def delay_s(service: Served) -> int:
    leg = service.get(PLAN).body["itineraries"][0]["legs"][0]
    now, planned = (datetime.fromisoformat(leg[name]) for name in ("startTime", "scheduledStartTime"))
    return int((now - planned).total_seconds())
