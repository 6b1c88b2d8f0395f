"""Addresses of a whole département: what building them costs, and how well and fast damaged questions are answered.

The rows are those of the reference's generator: invented, seeded, in the form of BAN.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import addok_beside
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.load import load_addresses
from mobility.places.addresses.rank import find_addresses
from mobility.places.addresses.storage import ADDRESSES
from mobility.places.match import Match

NUMBERS, QUESTIONS = 450_000, 1_000
SEED = 20261201
"""Not one that the search was developed with."""
SHORT = {"Avenue": "av", "Boulevard": "bd", "Saint": "st", "Place": "pl", "Impasse": "imp", "Route": "rte", "Rue": "r"}
WORKER = """
import sys
from pathlib import Path
def private_kib():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
from mobility.places.addresses.rank import find_addresses
from mobility.places.addresses.storage import open_addresses
before = private_kib()
index = open_addresses(Path(sys.argv[1]))
for text in sys.argv[2:]:
    find_addresses(index, text, 10)
print((private_kib() - before) / 1024)
"""


def run() -> str:
    generator = Path(os.environ.get("HENT_REFERENCE_DATA", ""), "addresses", "synthetic_ban.py")
    if not generator.is_file():
        return "places: HENT_REFERENCE_DATA is not set: no rows"
    with TemporaryDirectory() as folder:
        rows = Path(folder, "ban.csv")
        subprocess.run([sys.executable, generator, str(NUMBERS), rows], check=True)
        return "\n".join(_lines(rows, Path(folder)))


def _lines(rows: Path, data: Path) -> Iterator[str]:
    started, worked = time.perf_counter(), time.process_time()
    loaded = load_addresses(data, [rows], ("synthetic", "none"))
    taken_s, cpu_s = time.perf_counter() - started, time.process_time() - worked
    folder = ADDRESSES.folder(data, loaded.version)
    size = sum(file.stat().st_size for file in folder.iterdir())
    asked = list(_questions(rows))
    yield f"{NUMBERS} numbers in {len(loaded.index)} streets: built in {taken_s:.0f} s ({cpu_s:.0f} s of one core)"
    yield f"{size / 1e6:.1f} MB on disk, {_worker_mib(folder, [text for text, _ in asked[:50]]):.0f} MiB a worker"
    yield _answers(loaded.index, asked)
    yield addok_beside.run(rows, asked, data)


def _worker_mib(folder: Path, texts: list[str]) -> float:
    told = subprocess.run([sys.executable, "-c", WORKER, folder, *texts], check=True, capture_output=True, text=True)
    return float(told.stdout)


def _answers(index: AddressIndex, asked: list[tuple[str, tuple[str, str]]]) -> str:
    find_addresses(index, asked[0][0], 10)  # compiles
    right, streets, taken_s = 0, 0, list[float]()
    for text, expected in asked:
        started = time.thread_time()
        found = find_addresses(index, text, 10)
        taken_s.append(time.thread_time() - started)
        right += bool(found) and (found[0].name, found[0].area) == expected
        streets += bool(found) and found[0].area == expected[1] and expected[0].endswith(_street(found[0]))
    taken_s.sort()
    median_s, slow_s = taken_s[len(taken_s) // 2], taken_s[len(taken_s) * 95 // 100]
    counts = f"{right} of {len(asked)} first answers right ({streets} with the right street)"
    return f"{counts}; {median_s * 1e3:.1f} ms, 95 % within {slow_s * 1e3:.1f} ms of one thread"


def _street(found: Match) -> str:
    return found.address.street if found.address else found.name


def _questions(rows: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Damaged addresses, and the address and commune that each is of."""
    with rows.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file, delimiter=";"))
    rng = random.Random(SEED)
    for row in rng.sample(known, QUESTIONS):
        number = f"{row['numero']} {row['rep']}".strip()
        yield _damaged(rng, number, row), (f"{number} {row['nom_voie']}", row["nom_commune"])


def _damaged(rng: random.Random, number: str, row: dict[str, str]) -> str:
    street, area = row["nom_voie"], rng.choice([row["nom_commune"], f"{row['code_postal']} {row['nom_commune']}"])
    text, at = f"{number} {street} {area}", len(number) + 1 + rng.randrange(len(street) + len(area) - 1)
    kind = rng.randrange(5)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    if kind == 2:
        return " ".join(SHORT.get(word, word) for word in text.split())
    return f"{street} {number} {area}" if kind == 3 else text.lower().replace("'", " ").replace("-", " ")
