"""html-validate (npm): what is wrong with the HTML of a page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PACKAGE = "html-validate@10"
STYLE = (
    "no-trailing-whitespace", "doctype-style", "no-implicit-button-type", "no-implicit-input-type", "tel-non-breaking",
    "prefer-native-element",
)  # fmt: skip
"""Matters of taste, no faults of the page."""
RULES = {"root": True, "extends": ["html-validate:standard"], "rules": dict.fromkeys(STYLE, "off")}
NPM = ("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix")


def install(folder: Path) -> None:
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed")
    if subprocess.run([*NPM, folder, PACKAGE], capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("npm cannot install html-validate here")
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))


def faults(validator: Path, *pages: str) -> list[str]:
    with TemporaryDirectory(dir=validator) as folder:
        files = [Path(folder) / f"{number}.html" for number in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page, "utf-8")
        command = [validator / "node_modules/.bin/html-validate", "--formatter", "text", *files]
        done = subprocess.run(command, cwd=validator, capture_output=True, text=True, timeout=60, check=False)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if ": error " in line]
