"""The scores of the pages need tools that a machine may lack: the parts after them are measured all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import lighthouse


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def program(file: Path, exit_code: int) -> None:
    file.write_text(f"#!/bin/sh\nexit {exit_code}\n", "utf-8")
    file.chmod(0o755)


def test_a_machine_without_node_and_browser_says_so_and_goes_on(tools: Path) -> None:
    assert lighthouse.run() == "lighthouse: npm and Chromium not there"
    program(tools / "npm", 0)
    assert lighthouse.run() == "lighthouse: Chromium not there"


def test_a_run_that_is_broken_off_is_taken_again_and_the_others_are_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run ends as Lighthouse does when Chromium is too slow."""
    script = tmp_path / "node_modules/.bin/lighthouse"
    script.parent.mkdir(parents=True)
    told = json.dumps({"categories": {name: {"score": 0.97} for name in lighthouse.CATEGORIES}})
    script.write_text(
        f"#!/bin/sh\necho >> {tmp_path}/runs\n[ $(wc -l < {tmp_path}/runs) = 2 ] && exit 1\necho '{told}'\n"
    )
    script.chmod(0o755)
    assert lighthouse.best(tmp_path, "http://127.0.0.1:1/") == "97 / 97 / 97 / 97"
    assert (tmp_path / "runs").read_text().count("\n") == lighthouse.RUNS + 1


def test_a_registry_out_of_reach_is_said_and_no_page_is_asked_for(tools: Path) -> None:
    program(tools / "npm", 1)
    program(tools / "chromium", 0)
    assert lighthouse.run() == f"lighthouse: {lighthouse.LIGHTHOUSE} not there, npm could not fetch it"
