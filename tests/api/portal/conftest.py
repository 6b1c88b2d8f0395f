"""The open data of the demo, made once for all tests of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.portal.products import make
from api.territory.in_service import Following
from api.web.storage import kept
from tests.api.conftest import config
from tests.demo_in_service import demo_in_service
from tests.town import moment

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_in_service(tmp_path_factory, TODAY)


@pytest.fixture(scope="package")
def following(folder: Path) -> Following:
    return Following(folder, config())


@pytest.fixture(scope="package")
def client(folder: Path, following: Following) -> FlaskClient:
    territory = following.territory()
    make(folder, config(), territory, TODAY)
    app = create_app(config(), following, lambda: moment("2026-11-24 7:30"), kept(config(), folder, {}))
    return app.test_client()


def rows(client: FlaskClient, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/data/files/{name}").text)))
