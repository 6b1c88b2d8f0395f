"""`hent export paper`: sheets for a week, and none that would be hollow."""

from __future__ import annotations

from pathlib import Path

from tests.api.terminal import CONFIG, hent


def test_a_week_in_which_nothing_runs_makes_no_sheets(demo: Path, tmp_path: Path) -> None:
    words = "--from", "2090-01-02", "--config", CONFIG, "--data", demo
    told = hent("export", "paper", tmp_path / "sheets", *words)
    assert (told.exit_code, (tmp_path / "sheets").exists()) == (1, False)
    assert "no line runs in the week of 2090-01-02" in told.stderr
