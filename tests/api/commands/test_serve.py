"""`hent serve` as README starts it: beside its data folder, on a port that may be taken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from tests.api.serving import Served, serving, started
from tests.api.terminal import CONFIG, hent, zipped
from tests.api.test_config import MINIMAL


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Its data folder is given by a relative path."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "config.toml").write_text(MINIMAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        config = "--config", folder / "config.toml"
        assert hent("feeds", "load", zipped(folder), "--licence", "CC0", "--data", "var", *config).exit_code == 0
        with serving(Path("var"), folder / "config.toml", workers=1, begin=started) as found:
            yield found


def test_open_data_are_sent_from_a_folder_named_by_a_relative_path(served: Served) -> None:
    files = [
        file["url"].partition("/data/")[2]
        for one in served.get("/data/catalog.json").body["datasets"]
        if one["id"].startswith("gtfs-")
        for file in one["distributions"]
        if "/data/gtfs/" in file["url"]
    ]
    assert len(files) >= 2
    assert [path for path in files if served.get(f"/data/{path}").status != 200] == []


def test_a_port_in_use_is_said_at_once_in_one_line(served: Served, tmp_path: Path) -> None:
    began = process_time()
    result = hent("serve", "--port", served.port, "--data", tmp_path / "var")
    assert (result.exit_code, result.stderr) == (1, f"hent: 127.0.0.1:{served.port}: Address already in use\n")
    assert process_time() - began < 1, "nothing is loaded for it; the clock counts what others do, too"
    assert not (tmp_path / "var").exists()


def test_an_invented_day_is_served_from_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a service beside it, or the next one, would tell its storm without saying that it is none."""
    served: list[tuple[Path, str]] = []
    command = sys.modules["api.commands.serve"]
    for step in ("_try_port", "_prepare_kernels", "ensure_network"):
        monkeypatch.setattr(command, step, lambda *_: None)
    monkeypatch.setattr(command, "_serve", lambda config, data: served.append((data, config.realtime[-1].trip_updates)))
    assert hent("serve", "--disturbed", "--data", tmp_path, "--config", CONFIG).exit_code == 0
    assert served == [(tmp_path / "disturbed", str(tmp_path / "disturbed/live/illustrative.pb"))]
