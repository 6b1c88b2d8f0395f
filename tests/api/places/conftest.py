"""A small town with an address file, its commands and a server that follows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from api.app import create_app
from api.commands import main
from api.commands.options import read_config
from api.feeds.desk import load_at_hand
from api.territory.in_service import Following
from tests.api.commands.test_streets import CONFIG, FEED
from tests.mobility.places.addresses.town import file_of

STREETS = """
    Rue du Port, 56100 Lorient: 1, 2 bis, 12
    Rue du Port, 56570 Locmiquélic: 12
    Place de l'Église, 56460 Val d'Oust / La Chapelle-Caro: 4
    """
STOPS = {"P": ("Mairie", 47.7462, -3.3662), "Q": ("Gare", 47.7555, -3.3637)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{stop},{name},{lat},{lon}" for stop, (name, lat, lon) in STOPS.items()]
    (tmp_path / "feed").mkdir()
    for name, text in {**FEED, "stops": "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows])}.items():
        (tmp_path / "feed" / f"{name}.txt").write_text(text + "\n", "utf-8")
    file_of(STREETS, tmp_path)
    config = (
        CONFIG.replace('["fr", "en"]', '["fr", "br", "en"]')
        .replace("[streets]", '[places]\naddresses = "adresses.csv"')
        .replace('extract = "map.opl"', "")
    )
    (tmp_path / "config.toml").write_text(config, "utf-8")
    return tmp_path


def hent(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, [*words, "--data", str(folder / "data")], catch_exceptions=False)


def configured(folder: Path, *words: str) -> Any:
    return hent(folder, *words, "--config", str(folder / "config.toml"))


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    config = read_config(folder / "config.toml")
    load_at_hand(folder / "data", config, date(2026, 6, 1))
    configured(folder, "places", "build")
    return create_app(config, Following(folder / "data", config)).test_client()


def geocode(client: FlaskClient, text: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/geocode", query_string={"text": text, **query}).get_json()
    return found
