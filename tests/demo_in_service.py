"""A data folder in which the demo territory is in service, loaded once for all tests of a run that ask for its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from api.commands.options import today_in
from api.config import read_config
from api.feeds.desk import load_at_hand
from tests.shared_folder import shared_folder

ROOT = Path(__file__).parent.parent


def demo_in_service(folders: pytest.TempPathFactory, day: date | None = None, into: Path | None = None) -> Path:
    """As it was loaded on a day, today by default, by the config of the project. The folder is the caller's own, who
    may change it. into: one that is there already, instead of a new one."""
    config = read_config(ROOT / "config.toml")
    day = day or today_in(config)
    loaded = shared_folder(folders, f"demo-{day}", lambda folder: load_at_hand(folder / "data", config, day))
    return copytree(loaded / "data", into or folders.mktemp("demo"), dirs_exist_ok=True)
