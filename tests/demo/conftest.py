"""The demo feed of one Monday as plain rows, its tables, and its water, for the tests of this folder."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

import demo
from demo.records import Territory
from demo.tables import read
from tests.demo.places import Water

TODAY = date(2026, 11, 23)

Feed = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="session")
def zip_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.build(tmp_path_factory.mktemp("demo"), TODAY)


@pytest.fixture(scope="session")
def feed(zip_path: Path) -> Feed:
    with zipfile.ZipFile(zip_path) as archive:
        return {
            name.removesuffix(".txt"): list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))
            for name in archive.namelist()
        }


@pytest.fixture(scope="session")
def territory() -> Territory:
    return read(demo.TERRITORY)


@pytest.fixture(scope="session")
def water() -> Water:
    return Water.read(demo.TERRITORY / "water.geojson")
