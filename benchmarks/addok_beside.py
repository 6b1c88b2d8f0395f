"""addok beside Hent: the same rows and questions, asked of the geocoder of the Base Adresse Nationale itself.

addok comes with the extra `bench`; its index lives in redis-server, which Debian has (`apt-get install redis-server`).
One of its own is started in a folder of its own, and ended.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from itertools import starmap
from pathlib import Path
from typing import Any

from benchmarks.addok_worker import CONFIG

SERVER = "redis-server"
WAIT_S = 20.0
Expected = tuple[str, str]
"""Number with street, and commune."""
Answer = tuple[str, str, str]
"""Number, street, commune."""


def run(rows: Path, asked: Sequence[tuple[str, Expected]], folder: Path) -> str:
    """One line of the table."""
    try:
        known = version("addok")
    except PackageNotFoundError:
        return "addok is not installed (the extra `bench`)"
    if shutil.which(SERVER) is None:
        return f"addok {known}: {SERVER} is not there (Debian: apt-get install {SERVER})"
    with _redis(folder) as environment:
        built_s = _built(rows, folder, environment)
        told = _ask([text for text, _ in asked], environment)
    pairs = [(answer, expected) for answer, (_, expected) in zip(told["answers"], asked, strict=True) if answer]
    right, streets = sum(starmap(_is_right, pairs)), sum(starmap(_has_street, pairs))
    taken_s = sorted(told["taken_s"])
    median_s, slow_s = taken_s[len(taken_s) // 2], taken_s[len(taken_s) * 95 // 100]
    times = f"{median_s * 1e3:.1f} ms, 95 % within {slow_s * 1e3:.1f} ms by the clock"
    counts = f"{right} of {len(asked)} first answers right ({streets} with the right street)"
    return f"addok {known}, built in {built_s:.0f} s: {counts}; {times}"


def _is_right(answer: Answer, expected: Expected) -> bool:
    number, street, commune = answer
    return (f"{number} {street}".casefold(), commune) == (expected[0].casefold(), expected[1])


def _has_street(answer: Answer, expected: Expected) -> bool:
    _, street, commune = answer
    return expected[0].casefold().endswith(street.casefold()) and commune == expected[1]


@contextmanager
def _redis(folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which addok finds its server and its configuration."""
    socket, config = folder / "redis.sock", folder / "addok_config.py"
    config.write_text(CONFIG, "utf-8")
    quiet = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder), "--loglevel", "warning")
    server = subprocess.Popen([SERVER, *quiet], stdout=subprocess.DEVNULL)
    try:
        _wait_for(socket)
        yield {**os.environ, "REDIS_SOCKET": str(socket), "ADDOK_CONFIG_MODULE": str(config)}
    finally:
        server.terminate()
        server.wait()


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + WAIT_S
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)


def _built(rows: Path, folder: Path, environment: dict[str, str]) -> float:
    streets = folder / "streets.ndjson"
    with streets.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(street) + "\n" for street in _streets(rows))
    started = time.perf_counter()
    for verb in (["batch", str(streets)], ["ngrams"]):
        command = [sys.executable, "-c", "from addok.bin import main; main()", *verb]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


def _streets(rows: Path) -> Iterator[dict[str, Any]]:
    """As the Base Adresse Nationale publishes them for addok: one document a street, and one a commune."""
    streets, communes = dict[str, dict[str, Any]](), dict[str, dict[str, Any]]()
    with rows.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            place = {"lat": float(row["lat"]), "lon": float(row["lon"])}
            about = {"postcode": row["code_postal"], "city": row["nom_commune"], "citycode": row["code_insee"], **place}
            street = row["id"].rpartition(f"_{row['numero'].zfill(5)}")[0]
            known = {"id": street, "type": "street", "name": row["nom_voie"], "importance": 0.1, "housenumbers": {}}
            numbers = streets.setdefault(street, known | about)["housenumbers"]
            numbers[f"{row['numero']} {row['rep']}".strip()] = place
            commune = {"id": row["code_insee"], "type": "municipality", "name": row["nom_commune"], "importance": 0.3}
            communes.setdefault(row["code_insee"], commune | about)
    yield from streets.values()
    yield from communes.values()


def _ask(questions: Sequence[str], environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.addok_worker"]
    asked = json.dumps(list(questions))
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, input=asked)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
