"""What pages keep of a network goes with it."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from tests.api.live.conftest import LiveTown, live_town_in
from tests.api.live.test_versions import reloaded
from tests.crossing import LINES

FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:58"}


def looked_at(town: LiveTown) -> str:
    """The pages of lines, searched and not, of a stop and of an answer, with their maps."""
    for path in ("/", "/stops/t_B", "/lines/t_Bus1"):
        assert town.client.get(path).status_code == 200
    assert "8:00" in town.client.post("/", data=FORM).text
    found = town.client.post("/lines", data={"name": "Bus1"}).text
    return found + town.client.get("/lines").text


def test_nothing_holds_a_network_after_another_one_was_met(tmp_path: Path) -> None:
    """Whoever meets the new one first does not look at the lines."""
    town = live_town_in(tmp_path)
    assert "Bus3" not in looked_at(town)
    before = weakref.ref(town.territory().as_planned.network)
    assert before() is not None
    reloaded(town, LINES + "\n    Bus3\n    A B\n    10:00 10:10\n")
    town.plan()
    gc.collect()
    assert before() is None
    assert "Bus3" in looked_at(town)
