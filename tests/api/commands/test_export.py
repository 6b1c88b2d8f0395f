"""`hent export paper`: sheets for a week, and none that would be hollow."""

from __future__ import annotations

from pathlib import Path

from tests.api.terminal import CONFIG, hent


def test_a_week_in_which_nothing_runs_makes_no_sheets(demo: Path, tmp_path: Path) -> None:
    words = "--from", "2090-01-02", "--config", CONFIG, "--data", demo
    told = hent("export", "paper", tmp_path / "sheets", *words)
    assert (told.exit_code, (tmp_path / "sheets").exists()) == (1, False)
    assert "no line runs in the week of 2090-01-02" in told.stderr


def test_what_was_written_is_said_with_the_days_that_it_covers(demo: Path, tmp_path: Path) -> None:
    words = "--from", "2026-11-24", "--config", CONFIG, "--data", demo
    told = hent("export", "paper", tmp_path / "sheets", *words)
    assert told.exit_code == 0
    assert "sheets with the timetables of 2026-11-24 to 2026-11-30; begin with" in told.stdout
    assert "Horaires du 24 novembre au 30 novembre 2026" in (tmp_path / "sheets" / "stop-lorient_gare.html").read_text(
        "utf-8"
    )
