"""Two real workers: each finds an offer within a second of its commit, and no more within a second of its end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from mobility.carpool.offer import OfferStatus, OneDay
from mobility.carpool.registry import Registry
from mobility.storage.store import Store
from tests.api.conftest import ROOT
from tests.forked import forked
from tests.mobility.carpool.conftest import ANNA, ZONE, add_account
from tests.mobility.carpool.rides import offer, placed
from tests.town import town

STOPS, LINES = "A 0 0, B 10 0, C 20 0", "Bus1\nA     C\n8:00  9:00"
SERVE = f"""
import sys
from pathlib import Path
from api.server import serve
from api.web.storage import Kept
from mobility.storage.store import open_store
from tests.api.conftest import Fixed, config
from tests.api.people import SEALING
from tests.town import town
settings = config()
settings = settings.model_copy(update={{"server": settings.server.model_copy(update={{"port": 0, "workers": 2}})}})
kept = Kept(open_store(sys.argv[1]), SEALING, Path(sys.argv[2]))
serve(settings, Fixed(town({STOPS!r}, {LINES!r})), lambda line: print(line, flush=True), kept)
"""
TOMORROW = datetime.now(UTC).astimezone(ZONE).date() + timedelta(days=1)
AT_ONCE_S = 1.0
LOOKS = 12
"""So many questions, each on a connection of its own, that both workers are asked."""


@pytest.fixture
def served(store_url: str, tmp_path: Path) -> Iterator[str]:
    words = ["-c", SERVE, store_url, tmp_path]
    process = forked(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT)
    give_up = Timer(120, process.kill)
    give_up.start()
    try:
        assert process.stdout
        yield process.stdout.readline().split()[3]
    finally:
        give_up.cancel()
        process.terminate()
        process.wait(20)


def shared(url: str) -> bool:
    """Whether the answer of one worker has a ride in a car."""
    asked = f"fromPlace=t_A&toPlace=t_B&time={TOMORROW}T06:30:00Z&searchWindow=7200&transitModes=TRANSIT,RIDE_SHARING"
    with urlopen(f"{url}/api/v6/plan?{asked}", timeout=20) as answer:
        legs = [leg for one in json.load(answer)["itineraries"] for leg in one["legs"]]
    return any(leg["mode"] == "RIDE_SHARING" for leg in legs)


def test_every_worker_knows_of_an_offer_and_of_its_end_within_a_second(served: str, store: Store) -> None:
    add_account(store, ANNA)
    registry = Registry(store, ZONE)
    assert not any(shared(served) for _ in range(LOOKS))
    made = replace(placed(offer("anna", "A 9:00 > B 9:20"), town(STOPS, LINES)), schedule=OneDay(TOMORROW))
    registry.publish([made])
    _after(AT_ONCE_S)
    assert all(shared(served) for _ in range(LOOKS))
    registry.become(ANNA, made.id, OfferStatus.WITHDRAWN, 0)
    _after(AT_ONCE_S)
    assert not any(shared(served) for _ in range(LOOKS))


def _after(seconds: float) -> None:
    """Nobody asks meanwhile: the next question itself must find the change."""
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        sleep(left)
