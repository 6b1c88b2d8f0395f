"""What operators type at a command line, in a town whose writer looks at once."""

from __future__ import annotations

import json

from api.present.message_texts import texts_by_clocks
from mobility.live.message_store import StoredMessages
from mobility.storage.store import Store, open_store, sqlite_url
from tests.api.live.conftest import LiveTown
from tests.api.terminal import hent

BOAT = "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"
LATER = "Bus1 A 8:00 > C 8:20 | Boat2 D 8:45 > E 9:05"
NEXT_BOAT = "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"
RUN = ("--trip", "20260603_08:30_t_Boat2-1")
UNTIL = ("--until", "2026-06-03T12:00")
MANY = "\n".join(["", "    Bus1", "    A B", *(f"    8:{minute:02} 9:{minute:02}" for minute in range(12)), ""])


def said(town: LiveTown, *words: str, typed: str | None = None) -> tuple[int, str]:
    """Exit code and what is printed; the writer has looked since."""
    found = hent("messages", *words, "--config", town.folder / "config.toml", "--data", town.data, typed=typed)
    town.messages = StoredMessages(store_of(town), texts_by_clocks(town.config.territory.timezone))
    town.writer.messages = town.messages
    if found.exit_code == 0:
        town.writer._typed_due_s = 0.0
        town.writer.look()
    return found.exit_code, found.output


def store_of(town: LiveTown) -> Store:
    return open_store(sqlite_url(town.data / "hent.sqlite3"))


def added(town: LiveTown, *words: str) -> str:
    code, printed = said(town, "add", *words, "--json")
    assert code == 0, printed
    return str(json.loads(printed)["id"])


def plan(town: LiveTown) -> object:
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"}
    return town.client.get("/api/v6/plan", query_string=asked).data
