"""What a journey costs on small feeds, one rule of the GTFS reference each, and on real ones."""

import csv
import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mobility.fares.price import Buyer
from mobility.network.network import Network
from tests.mobility.fares.worlds import network_of, priced, read, tables_of, told

if "HENT_REFERENCE_DATA" not in os.environ:
    pytest.skip("HENT_REFERENCE_DATA is not set", allow_module_level=True)
DATA = Path(os.environ["HENT_REFERENCE_DATA"])
FARES = DATA / "fares"


def cases(file: str) -> list[dict[str, str]]:
    with (FARES / file).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


@cache
def network(names: str) -> Network:
    return network_of([_feed(name) for name in names.split()])


def _feed(name: str):
    text = FARES / "feeds" / f"{name}.txt"
    if text.exists():
        return read(tables_of(text.read_text("utf-8")), name)
    real = FARES / "real" / f"{name}.zip"
    return read(real if real.exists() else DATA / "gtfs" / f"{name}.zip", name)


@pytest.mark.parametrize("case", [*cases("cases.csv"), *cases("real_cases.csv")], ids=lambda case: case["case"])
def test_a_journey_costs_what_its_feeds_say(case: dict[str, str]) -> None:
    buyer = Buyer(case["rider"], case["medium"])
    price = priced(network(case["feeds"]), date.fromisoformat(case["date"]), case["legs"], buyer)
    assert told(price) == (case["price"], case["complete"]), case["why"]
