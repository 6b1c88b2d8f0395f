"""Real time when things go wrong, on the demo: versions in quick turn, reloads under them, a writer that is killed,
files that are no good, a source that is gone. What is told is held against the timetable and the file in force."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as pb

from api.web.chores import ASK_EVERY_S
from benchmarks.live_city import ask, live_service
from benchmarks.live_clients import (
    IN_A_ROW,
    Client,
    asking,
    in_force_after_s,
    telling,
    told_by_all,
    wait_until,
    watching,
    writer_of,
)
from benchmarks.live_demo import Answer, Delays, DemoMorning, demo_morning, later_feed, reload
from benchmarks.server_load import memory_kib
from benchmarks.table import Row, table

CLIENTS, QUICK_S = 16, 10.0
RELOADS, RELOAD_CLIENTS = 20, 4
VERSIONS, WARM_VERSIONS, LONGEST_S = 1_000, 100, 120.0
KILLS, KILL_CLIENTS, SETTLE_S = 10, 2, 1.5
ASKED, LOOK_S = 40, 0.6
HOUR_S, MINUTES_S, OTHER_S = 3_600, 120, 10_000


Part = Callable[[DemoMorning, int, int], Iterable[Row]]


def faults(names: Sequence[str]) -> str:
    return table("Real time: on the demo, 2 workers", [row for name in names for row in PARTS[name]()])


def on_a_service(part: Part) -> Iterable[Row]:
    """It is given the morning, the port and the process."""
    with TemporaryDirectory() as name:
        morning = demo_morning(Path(name))
        with live_service(morning.city(), morning.folder) as (port, pid):
            morning.shifts[network_of(morning, port)] = 0, ""
            told_by_all(morning, port)
            yield from part(morning, port, pid)


def quick_versions(morning: DemoMorning, port: int, _pid: int) -> Iterable[Row]:
    writer = writer_of(morning)
    with asking(morning, port, CLIENTS) as answers, watching(morning) as versions, telling(morning):
        before, from_s = len(morning.files), processor_s(writer)
        time.sleep(QUICK_S)
        files, took_s = len(morning.files) - before, processor_s(writer) - from_s
    yield Row(
        f"20 files a second, {CLIENTS} clients, {QUICK_S:.0f} s",
        f"{files} files, {in_force(len(versions), took_s)}; {counted(morning, answers)}",
    )


def in_force(n_versions: int, took_s: float) -> str:
    """took_s: processor time of the writer."""
    if not n_versions:
        return f"no version in force, {took_s * 1000:.0f} ms of processor time"
    return f"{n_versions} versions in force, {took_s / n_versions * 1000:.0f} ms of processor time each"


def reloads(morning: DemoMorning, port: int, _pid: int) -> Iterable[Row]:
    """Each network has all trips a minute later than the one before, and lacks another trip."""
    networks = set()
    with asking(morning, port, RELOAD_CLIENTS) as answers, telling(morning):
        for number in range(1, RELOADS + 1):
            without = morning.running[number * len(morning.running) // (RELOADS + 1)]
            network = reload(morning, later_feed(morning, number, without))
            morning.shifts[network] = number, without
            networks.add(network)
    answered = len({answer.network for answer in answers} & networks)
    what = f"{RELOADS} reloads under live updates, {RELOAD_CLIENTS} clients"
    yield Row(what, f"{answered} networks answered, {counted(morning, answers)}")


def many_versions(morning: DemoMorning, port: int, pid: int) -> Iterable[Row]:
    """Each is in force before the next file, and met by a worker; a machine that is too busy makes fewer. What workers
    do for the first time after a while, with versions or without, is behind them."""
    time.sleep(ASK_EVERY_S + SETTLE_S)
    client, answers = Client(morning, port, 1), list[Answer]()
    sizes, end_s = list[tuple[float, float]](), time.monotonic() + LONGEST_S
    for number in range(1, VERSIONS + 1):
        in_force_after_s(morning)
        answers.append(client.board())
        is_last = number == VERSIONS or time.monotonic() > end_s
        if number == WARM_VERSIONS or is_last:
            sizes.append((memory_kib(pid) / 1024, disk_kib(morning) / 1024))
        if is_last:
            break
    yield Row(
        f"version {WARM_VERSIONS} to {number} of {VERSIONS}: memory of writer and workers (PSS); disk",
        f"{' to '.join(f'{memory:.1f}' for memory, _ in sizes)} MiB; "
        f"{' to '.join(f'{disk:.1f}' for _, disk in sizes)} MiB; {counted(morning, answers)}",
    )


def kills(morning: DemoMorning, port: int, _pid: int) -> Iterable[Row]:
    """At ten moments of its work on a new file, from its coming to half as long again as a version usually takes."""
    cycle_s = max(in_force_after_s(morning) for _ in range(5))
    locked_s, told_s, killed_s = [], [], []
    with asking(morning, port, KILL_CLIENTS) as answers:
        for number in range(KILLS):
            writer = writer_of(morning)
            morning.tell()
            time.sleep(1.5 * cycle_s * number / KILLS)
            killed_s.append(time.monotonic())
            os.kill(writer, 9)
            began_s = time.monotonic()
            wait_until(lambda writer=writer: writer_of(morning) not in (0, writer))
            locked_s.append(time.monotonic() - began_s)
            told_by_all(morning, port)
            told_s.append(time.monotonic() - began_s)
            time.sleep(SETTLE_S)
    yield Row(
        f"kill -9 of the writer at {KILLS} moments of {1.5 * cycle_s * 1000:.0f} ms after a new file",
        f"a new writer after {max(locked_s):.1f} s, the file told by all after {max(told_s):.1f} s at worst; "
        f"{counted(morning, [one for one in answers if not in_killed(one, killed_s)])}; "
        f"{sum(in_killed(one, killed_s) for one in answers)} more were being answered by the process that was killed; "
        f"{len(left_over(morning))} unfinished files left",
    )


def in_killed(answer: Answer, killed_s: Sequence[float]) -> bool:
    """Whether it was lost with the process that had taken it: only that one could close the connection, and did so
    when it was killed. What no process has taken yet is taken by another."""
    return answer.cut_off and any(answer.from_s <= at_s <= answer.until_s for at_s in killed_s)


def bad_files(morning: DemoMorning, port: int, _pid: int) -> Iterable[Row]:
    """Each beside a good one that was told; then a good one again."""
    client, answers, false = Client(morning, port, 2), list[Answer](), list[str]()
    for name, body_of in BAD.items():
        body = body_of(morning, {trip: late_s + OTHER_S for trip, late_s in morning.late().items()})
        allowed = [morning.files[-1], *readable(name, body)]
        morning.put(body)
        time.sleep(LOOK_S)
        found = [client.ask() for _ in range(ASKED)] + [client.board() for _ in range(IN_A_ROW)]
        false += [name for one in found if one.calls is not None and not morning.is_true(one, allowed)]
        answers += found
        told_by_all(morning, port)
    reasons = ask(port, "/health/ready")["realTime"][0]["reasons"]
    yield Row(
        f"{len(BAD)} files: {', '.join(BAD)}",
        f"{asked(answers)}, {len(false)} false{': ' * bool(false)}{', '.join(sorted(set(false)))}; "
        f"counted: {', '.join(f'{reason} {count}' for reason, count in reasons.items())}",
    )


BAD: dict[str, Callable[[DemoMorning, dict[str, int]], bytes]] = {
    "cut in its head": lambda morning, delays: morning.body(delays)[:5],
    "cut after a third": lambda morning, delays: (body := morning.body(delays))[: len(body) // 3],
    "its last byte gone": lambda morning, delays: morning.body(delays)[:-1],
    "half of its updates": lambda morning, delays: morning.body(dict(list(delays.items())[: len(delays) // 2])),
    "a tenth of its updates": lambda morning, delays: morning.body(dict(list(delays.items())[: len(delays) // 10])),
    "no byte": lambda morning, delays: b"",
    "no update": lambda morning, delays: morning.body({}),
    "a page": lambda morning, delays: b"<!doctype html><title>503</title>",
    "an hour old": lambda morning, delays: morning.body(delays, -HOUR_S),
    "an hour ahead": lambda morning, delays: morning.body(delays, HOUR_S),
}
"""The truncated, empty, old and future ones, made of delays that the file before did not tell."""


def readable(name: str, body: bytes) -> list[Delays]:
    """What a body says that is a whole file in itself, as protobuf reads it, and may be believed."""
    if name in ("an hour old", "an hour ahead"):
        return []
    try:
        message = pb.FeedMessage.FromString(body)
    except DecodeError:
        return []
    return [{one.trip_update.trip.trip_id: one.trip_update.delay for one in message.entity}]


def gone() -> Iterable[Row]:
    """The file is removed, and the clock goes on: two minutes, then an hour, then the same file comes back."""
    with TemporaryDirectory() as name:
        morning = demo_morning(Path(name))
        told = [after(morning, 0, lambda port: told_by_all(morning, port), lambda: morning.files)]
        kept = (morning.folder / "rt.pb").read_bytes()
        (morning.folder / "rt.pb").unlink()
        told.append(after(morning, MINUTES_S, lambda _port: None, lambda: morning.files))
        told.append(after(morning, HOUR_S, lambda _port: None, list))
        told.append(after(morning, HOUR_S, lambda _port: morning.put(kept), list))
    names = "heard", "gone for two minutes", "gone for an hour", "an hour old and back"
    return [Row(f"source {name}", text) for name, text in zip(names, told, strict=True)]


def after(morning: DemoMorning, ahead_s: int, begin: Callable[[int], None], allowed: Callable[[], list[Delays]]) -> str:
    """What a service tells whose clock is so much ahead; what it says of the age, to programs and on a page."""
    morning.ahead_s = ahead_s
    with live_service(morning.city(), morning.folder) as (port, _):
        morning.shifts[network_of(morning, port)] = 0, ""
        begin(port)
        time.sleep(2)
        client = Client(morning, port, 3)
        answers = [client.ask() for _ in range(ASKED)] + [client.board() for _ in range(IN_A_ROW)]
        ready = ask(port, "/health/ready")["realTime"][0]
        page = client.page("/stops/city_gare?lang=en")
    words = next((line for line in page.splitlines() if "last heard of" in line), "").partition("Real time: ")[2]
    return (
        f"{counted(morning, answers, allowed())}; age {ready['ageSeconds']} s, "
        f"alarms {ready['alarms']}, page: {words.partition('<')[0] or 'no age'}"
    )


def counted(morning: DemoMorning, answers: list[Answer], allowed: list[Delays] | None = None) -> str:
    """allowed: files that may be told; None for those that had been written when the answer came."""
    false = sum(
        one.calls is not None
        and not morning.is_true(one, morning.files[: one.files][::-1] if allowed is None else allowed)
        for one in answers
    )
    return f"{asked(answers)}, {false} false"


def asked(answers: list[Answer]) -> str:
    known = sum(call.is_known for one in answers for call in one.calls or ())
    failed = sum(one.calls is None for one in answers)
    return f"{len(answers)} asked ({known} departures with a delay), {failed} failed"


def network_of(morning: DemoMorning, port: int) -> str:
    return Client(morning, port, 0).board().network


def disk_kib(morning: DemoMorning) -> int:
    total = 0
    for folder, _, names in os.walk(morning.data):  # passes over what is removed meanwhile
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(folder) / name).stat().st_size
    return total // 1024


def processor_s(pid: int) -> float:
    """Of a process and all its threads since it began."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def left_over(morning: DemoMorning) -> list[str]:
    """What the killed writers were about to write."""
    return [one.name for one in (morning.data / "live").rglob(".*-*") if one.is_file()]


PARTS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "quick": partial(on_a_service, quick_versions),
    "reloads": partial(on_a_service, reloads),
    "versions": partial(on_a_service, many_versions),
    "kills": partial(on_a_service, kills),
    "files": partial(on_a_service, bad_files),
    "gone": gone,
}
