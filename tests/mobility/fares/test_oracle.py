"""The engine against an oracle that tries everything, in random worlds of up to six rides.

HENT_FARE_WORLDS=10000 tries more. A world that once differed stays below, by its seed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest

from mobility.fares.price import Buyer, Price
from mobility.fares.tariffs import Tariffs
from tests.mobility.fares.oracle import price
from tests.mobility.fares.oracle_world import Found, World
from tests.mobility.fares.random_fares import (
    PLACES,
    RUNNING,
    first_version,
    journey,
    network_with,
    rides_on,
    second_version,
)

WORLDS = int(os.environ.get("HENT_FARE_WORLDS", "300"))
BATCH = 50


def found_by_engine(price: Price, rides: int) -> Found:
    unknown = sum(step.rides[1] - step.rides[0] for step in price.steps if not step.known)
    least, most = (sum(one.minor for one in amounts) for amounts in (price.amounts, price.most))
    assert sum(step.rides[1] - step.rides[0] for step in price.steps) == rides
    assert price.complete == (not unknown and least == most)
    assert least >= 0
    return Found(unknown, least, most)


def differences(seed: int) -> Iterator[tuple[object, ...]]:
    """Journeys of one random world that the engine prices otherwise than the oracle."""
    random = Random(seed)
    tables = first_version(random) if random.random() < 0.35 else second_version(random)
    network = network_with(tables)
    for _ in range(4):
        ridden = journey(random)
        rider, medium = random.choice(("", "", "child")), random.choice(("", "", "card"))
        engine = Tariffs(network, Buyer(rider, medium)).price(rides_on(network, ridden))
        oracle = price(World(PLACES, tables, RUNNING), ridden, rider, medium)
        if found_by_engine(engine, len(ridden)) != oracle:
            yield seed, tables, ridden, rider, medium, oracle


@pytest.mark.parametrize("batch", range(-(-WORLDS // BATCH)))
def test_the_price_is_the_one_that_trying_everything_finds(batch: int) -> None:
    seeds = range(batch * BATCH, min(WORLDS, (batch + 1) * BATCH))
    assert [one for seed in seeds for one in differences(seed)] == []
