"""What `pip install` gives: everything that serves the demo, in a folder where nothing else is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent
UV = ROOT / ".tools" / "bin" / "uv"
PACKAGES = ("gtfs", "mobility", "api", "demo")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `hent` of an environment that has the wheel and, of this one, the packages of others."""
    if not UV.is_file():
        pytest.skip(f"{UV.relative_to(ROOT)} builds the wheel: make setup")
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("environment")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "config.toml"):
        shutil.copy(ROOT / name, source)
    uv("build", "--wheel", "--out-dir", folder, source)
    uv("venv", "--python", sys.executable, folder / "venv")
    python = folder / "venv" / "bin" / "python"
    uv("pip", "install", "--python", python, "--no-deps", *folder.glob("*.whl"))
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (here,) = (Path(sys.prefix) / "lib").glob("python*/site-packages")
    (site / "others.pth").write_text(f"{here}\n")
    return python.with_name("hent")


def uv(*words: object) -> None:
    done = subprocess.run([UV, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def address(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    empty = tmp_path_factory.mktemp("empty")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "HENT"))}
    command = [installed, "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, cwd=empty, env=environment, stdout=subprocess.PIPE, text=True) as process:
        give_up = Timer(240, process.kill)
        give_up.start()
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert "Hent ready" in line
            yield line.split()[3]
        finally:
            give_up.cancel()
            process.terminate()


def test_an_installed_wheel_serves_the_demo_in_an_empty_folder(address: str, installed: Path) -> None:
    paths = {
        "/": "Pays de Lorient",
        "/?lang=br": "Pays de Lorient",
        "/counters": "Gare",
        "/api/v6/plan?fromPlace=47.755,-3.366&toPlace=47.71,-3.36": "itineraries",
        "/api/v6/geocode?text=Port-Louis": "Port-Louis",
        "/api/ranking": "rules",
    }
    for path, said in paths.items():
        with urlopen(address + path, timeout=60) as answer:
            text = answer.read().decode()
        assert said in text, path
    style = text_of(address, "/").split('rel="stylesheet" href="')[1].split('"')[0]
    assert "{" in text_of(address, style)


def text_of(address: str, path: str) -> str:
    with urlopen(address + path, timeout=60) as answer:
        return str(answer.read().decode())
