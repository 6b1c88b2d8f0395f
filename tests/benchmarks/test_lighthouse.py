"""The scores of the pages need tools that a machine may lack: the parts after them are measured all the same."""

from __future__ import annotations

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


def test_a_registry_out_of_reach_is_said_and_no_page_is_asked_for(tools: Path) -> None:
    program(tools / "npm", 1)
    program(tools / "chromium", 0)
    assert lighthouse.run() == f"lighthouse: {lighthouse.LIGHTHOUSE} not there, npm could not fetch it"
