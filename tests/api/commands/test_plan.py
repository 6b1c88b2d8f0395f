"""`hent plan` beside a registry of drivers' offers: it tells their rides, and makes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.api.commands.test_carpool import hent, said
from tests.demo_in_service import demo_in_service

HOME, WORK = "47.8545,-3.3815", "47.7552,-3.3663"
DAY = datetime.now(UTC).date() + timedelta(days=2)
PLAN = ("plan", HOME, WORK, "--at", f"{DAY}T07:20")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo territory, and Anna who drives from HOME to WORK on that day."""
    folder = demo_in_service(tmp_path_factory)
    code = hent(folder, "carpool", "code", "anna@example.org").output.strip()
    account = said(folder, "carpool", "sign-in", code, "--alias", "Anna", "--adult")["account"]["id"]
    drive = ("--from", HOME, "--to", WORK, "--date", str(DAY), "--departure", "07:40")
    said(folder, "carpool", "offer", "--account", account, *drive)
    return folder


def test_a_live_offer_stands_in_the_body(data: Path) -> None:
    legs = [leg for one in said(data, *PLAN, "--json")["itineraries"] for leg in one["legs"]]
    shared = [leg for leg in legs if leg["mode"] == "RIDE_SHARING"]
    assert [leg["hent"]["ask"]["path"] for leg in shared] == ["/api/carpool/bookings"]


def test_the_ride_is_one_line_and_how_to_ask_the_next(data: Path) -> None:
    lines = hent(data, *PLAN).output.splitlines()
    (at,) = [number for number, line in enumerate(lines) if "covoiturage :" in line and " → " in line]
    assert "Demandez une place" in lines[at + 1]


def test_a_time_that_is_none_is_refused_before_anything_is_said(data: Path) -> None:
    refused = hent(data, "plan", "Port-Louis La Pointe", "Port-Louis Mairie", "--at", "tomorrow")
    assert refused.exit_code == 2
    assert "FROM:" not in refused.output and "--at" in refused.output
    assert refused.output.startswith("hent: --at: "), "as it was typed, not as the API calls it"
    understood = hent(data, "plan", "Port-Louis La Pointe", "Port-Louis Mairie", "--at", f"{DAY}T08:00").output
    assert understood.startswith("FROM: ")


def test_asking_makes_no_database(data: Path, tmp_path: Path) -> None:
    for name in ("networks", "feeds", "current"):
        if (data / name).exists():
            (tmp_path / name).symlink_to(data / name)
    assert hent(tmp_path, *PLAN).exit_code == 0
    assert not {"hent.sqlite3", "secret.key"} & {one.name for one in tmp_path.iterdir()}


def test_a_walk_that_is_the_best_choice_stands_before_the_buses(data: Path) -> None:
    """Port-Louis: a little over six minutes on foot, and no bus is there as early."""
    lines = hent(data, "plan", "Port-Louis La Pointe", "Port-Louis Mairie", "--at", f"{DAY}T08:00").output.splitlines()
    told = [line for line in lines if line.startswith(("–", "1."))]
    assert " 8:00 → 8:07" in told[0]
    assert told[1].startswith("1.")
