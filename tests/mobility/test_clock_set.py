"""The clock that HENT_NOW sets, for tests and replays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.config import parse_config
from mobility.errors import InvalidConfig
from tests.api.test_config import MINIMAL


def clock_with(said: str) -> str:
    run = "from mobility.clock import now_s, instant; print(instant(int(now_s())))"
    environment = {**os.environ, "HENT_NOW": said}
    done = subprocess.run([sys.executable, "-c", run], env=environment, capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_it_begins_when_it_is_told_to_and_says_what_it_cannot_read() -> None:
    assert clock_with("2026-03-03T07:00:00+01:00").startswith("2026-03-03 06:00:0")
    assert clock_with("2026-03-03T07:00:00").startswith("2026-03-03 07:00:0")
    assert clock_with("9999-12-31T23:59:00+00:00").endswith("HENT_NOW: must lie between the years 1971 and 2999")
    assert clock_with("tomorrow").endswith("HENT_NOW: is no ISO 8601 time, as in 2026-03-03T07:00:00+01:00")


def test_a_service_that_travellers_go_by_refuses_a_clock_that_is_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HENT_NOW", "2026-03-03T07:00:00+01:00")
    assert not parse_config(MINIMAL, tmp_path).server.production
    with pytest.raises(InvalidConfig, match=r"server\.production"):
        parse_config(MINIMAL + "\n[server]\nproduction = true\n", tmp_path)
