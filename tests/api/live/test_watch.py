"""Real time as it is watched over: the log, /metrics, /health/ready and `hent live status` tell one alarm."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mobility.live.follow import NoMessages
from mobility.network.live_files import read_sources
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import LATE, Make
from tests.api.terminal import hent
from tests.api.test_config import MINIMAL
from tests.town import moment


def metrics(town: LiveTown) -> Iterator[str]:
    for family in text_string_to_metric_families(town.client.get("/metrics").text):
        if family.name.startswith("hent_realtime"):
            yield from (f"{one.name} {' '.join(one.labels.values())} {one.value:g}" for one in family.samples)


def test_a_source_that_dies_is_an_alarm_everywhere_and_the_service_stays_ready(
    live_town: Make, caplog: pytest.LogCaptureFixture
) -> None:
    town = live_town()
    town.say(LATE)
    assert "hent_realtime_age_seconds t trip_updates 0" in set(metrics(town))
    assert {"hent_realtime_updates t 1", "hent_realtime_matched t 1", "hent_realtime_alarm silent t 0"} <= set(
        metrics(town)
    )
    town.now = "2026-06-03 9:00"
    with caplog.at_level(logging.WARNING):
        town.writer.look()
    assert [(one.msg, one.feed, one.fault) for one in caplog.records] == [("real time needs somebody", "t", "silent")]
    assert {"hent_realtime_alarm silent t 1", "hent_realtime_age_seconds t alerts 3900"} <= set(metrics(town))
    ready = town.client.get("/health/ready")
    (known,) = ready.json["realTime"]
    assert (ready.status_code, known["alarms"], known["ageSeconds"]) == (200, ["silent"], 3900)


def test_the_alarm_ends_in_the_log_too(live_town: Make, caplog: pytest.LogCaptureFixture) -> None:
    town = live_town()
    town.say(LATE)
    town.now = "2026-06-03 9:00"
    town.writer.look()
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        town.say(LATE)
    assert [one.msg for one in caplog.records] == ["real time is well again"]


@dataclass(frozen=True)
class Revised(NoMessages):
    number: int

    def revision(self) -> int:
        return self.number


def test_each_file_moves_the_usual_rate_once_whatever_else_is_new(
    live_town: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 12 updates one is matched, then two; in an alarm a file moves it by 0.0005 of the difference."""
    monkeypatch.setattr("mobility.live.follow.MESSAGES_EVERY_S", 0.0)
    town = live_town()
    unknown = [LATE.replace("Bus1-1", f"no-{row}") for row in range(11)]
    town.say(LATE, *unknown)
    town.now = "2026-06-03 7:56"
    town.say(LATE, LATE.replace("Bus1-1", "Bus1-2"), *unknown[1:])
    for number in (1, 2):
        town.writer.messages = Revised(number)
        assert town.writer.look()
    (feed,) = read_sources(town.data)["feeds"]
    assert feed["usualRate"] == pytest.approx(1 / 12 + 0.0005 / 12, abs=1e-9)


def test_the_command_says_age_rate_reasons_and_alarms(live_town: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    town = live_town()
    unknown = [LATE.replace("Bus1-1", f"no-{row}") for row in range(11)]
    town.say(LATE, *unknown)
    (config := town.folder / "config.toml").write_text(MINIMAL)
    monkeypatch.setattr(sys.modules["api.commands.live"], "now_s", lambda: moment(town.now) + 60)
    said = hent("live", "status", "--config", config, "--data", town.data).output
    assert "60 s old" in said
    assert "1 of 12 updates matched (8%, usually 8%)  11 unknown_trip" in said
    assert "ALARM: unmatched" in said
