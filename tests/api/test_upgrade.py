"""`hent serve` of this version on the data folder of an older one: nobody helps, and nothing is lost."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.api.feeds.test_reloading import until
from tests.api.serving import Served, serving
from tests.api.terminal import hent
from tests.kept import unpacked
from tests.mobility.feeds.reloads import Operator


def options(folder: Path) -> list[object]:
    return ["--config", folder / "config.toml", "--data", folder / "var"]


def trip(served: Served, feed: str) -> str:
    """To where the feed's line goes tomorrow at 12:00, from its stop Alpha."""
    noon = datetime.now(ZoneInfo("Europe/Paris")).replace(hour=11, minute=55, microsecond=0) + timedelta(days=1)
    asked = noon.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:00Z")
    body = served.get(f"/api/v6/plan?fromPlace={feed}_A&toPlace={feed}_B&time={asked}").body
    ride = next(leg for leg in body["itineraries"][0]["legs"] if leg["mode"] != "WALK")
    return f"{ride['from']['name']} > {ride['to']['name']}"


def test_an_older_folder_is_served_with_all_that_stood_in_it(tmp_path: Path) -> None:
    unpacked(tmp_path, other_form=True)
    with serving(tmp_path / "var", tmp_path / "config.toml", workers=2) as served:
        assert (trip(served, "bus"), trip(served, "boat")) == ("Alpha > Beta", "Alpha > Quay")
        assert "built again for this version of Hent: bus, boat" in served.log.read_text()
        feeds = json.loads(hent("feeds", "list", "--json", *options(tmp_path)).stdout)
        assert [(feed["id"], feed["firstDay"]) for feed in feeds["waiting"]] == [("boat", "2035-01-01")]
        assert hent("feeds", "rollback", "bus", *options(tmp_path)).exit_code == 0
        until(lambda: trip(served, "bus") == "Alpha > Beta before")


def test_accounts_and_offers_stay(tmp_path: Path) -> None:
    """Asked without a service, whose retention would in time end what was promised for half a year."""
    unpacked(tmp_path)
    account, alias = hent("carpool", "accounts", *options(tmp_path)).stdout.split()
    (offer,) = json.loads(hent("carpool", "offers", "--account", account, *options(tmp_path)).stdout)["offers"]
    assert offer["line"] == "", "kept before lines were: drawn by its meeting points"
    assert (alias, offer["from"]["id"], offer["to"]["id"], offer["seats"]) == ("Anna", "bus_A", "bus_B", 2)


def test_a_feed_whose_file_is_gone_is_named_at_the_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    operator = Operator(tmp_path, Operator.in_folder(tmp_path).at)
    unpacked(tmp_path, other_form=True).rename(operator.at.data)
    words = ["--config", tmp_path / "config.toml", "--data", operator.at.data]
    for file in (operator.at.data / "feeds" / "boat").glob("*.zip"):
        file.unlink()
    said = hent("plan", "bus_A", "bus_B", *words).stderr
    assert "built again for this version of Hent: bus\n" in said
    assert "not in service: boat, as its file cannot be read (feeds/boat/" in said
    assert "not in service: boat" in hent("feeds", "list", *words).stdout
