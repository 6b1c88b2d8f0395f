"""`hent streets`, and answers on streets: steps in three languages, lines along the bends, guesses named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from api.app import create_app
from api.commands import main
from api.commands.options import read_config
from api.feeds.desk import load_at_hand
from api.present.steps import sentence
from api.territory.in_service import Following
from api.web.sentences import LANGUAGES, sentences
from api.web.spaces import NO_BREAK, spaced
from mobility.network.straight_line import StraightLine
from mobility.network.ways import Passage, Step, Turn
from mobility.streets.router import OnStreets
from tests.mobility.streets.loopback_valhalla import Town, serving
from tests.mobility.streets.tiny import at, opl
from tests.town import moment

MAP = """
    A 0 0, B 400 0, C 400 300, D 2000 300
    A B | highway=residential name=Rue_Haute
    B C | highway=steps
    C D | highway=residential name=Quai_Sud
    """
CONFIG = """
    [territory]
    name = "Town"
    timezone = "Europe/Paris"
    languages = ["fr", "en"]
    centre = [47.75, -3.36]
    [data_use]
    controller = "Town"
    contact = "town"
    [[feeds]]
    id = "t"
    path = "feed"
    licence = "test"
    [streets]
    extract = "map.opl"
    """
FEED = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\nT,Town,https://town.example,Europe/Paris",
    "routes": "route_id,agency_id,route_short_name,route_type\n1,T,1,3",
    "trips": "route_id,service_id,trip_id\n1,S,a",
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "S,1,1,1,1,1,1,1,20260101,20491231",
    "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "a,8:00:00,8:00:00,P,1\na,8:10:00,8:10:00,Q,2",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stops = {"P": at("100 0"), "Q": at("1900 300")}
    rows = [f"{name},{name},{point.lat:.7f},{point.lon:.7f}" for name, point in stops.items()]
    (tmp_path / "feed").mkdir()
    for name, text in {**FEED, "stops": "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows])}.items():
        (tmp_path / "feed" / f"{name}.txt").write_text(text + "\n", "utf-8")
    (tmp_path / "map.opl").write_text(opl(MAP), "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def hent(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, [*words, "--data", str(folder / "data")], catch_exceptions=False)


def built(folder: Path) -> Any:
    return hent(folder, "streets", "build", "--config", str(folder / "config.toml"))


def test_streets_are_built_once_and_shown(folder: Path) -> None:
    assert "no streets were built yet" in hent(folder, "streets", "show").output
    first, again = built(folder), built(folder)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "in service: map.opl, 3 pieces of street" in first.output
    assert "read before" in again.output
    assert "map.opl: 3 pieces of street" in hent(folder, "streets", "show").output


def test_an_extract_that_is_not_named_is_asked_for(folder: Path) -> None:
    (folder / "config.toml").write_text(CONFIG.replace('extract = "map.opl"', ""), "utf-8")
    answer = built(folder)
    assert (answer.exit_code, "streets.extract: is missing" in answer.output) == (2, True)


def test_a_server_follows_streets_that_come_and_go(folder: Path) -> None:
    config = read_config(folder / "config.toml")
    load_at_hand(folder / "data", config, date(2026, 6, 1))
    following = Following(folder / "data", config)
    before = following.territory()
    assert isinstance(before.streets, StraightLine)
    built(folder)
    on_streets = following.territory()
    assert isinstance(on_streets.streets, OnStreets)
    assert following.territory() is on_streets
    hent(folder, "streets", "off", "--config", str(folder / "config.toml"))
    assert isinstance(following.territory().streets, StraightLine)


def of_another_form(folder: Path) -> None:
    """As an older version of Hent left the streets."""
    pointer = folder / "data" / "streets" / "current"
    version = pointer.read_text()
    (pointer.parent / version).rename(pointer.parent / "older-0")
    pointer.write_text("older-0")


def test_streets_of_another_form_are_read_again_before_anybody_is_answered(folder: Path) -> None:
    built(folder)
    of_another_form(folder)
    asked = hent(folder, "plan", "t_P", "t_Q", "--config", str(folder / "config.toml"))
    assert "streets read again for this version of Hent" in asked.stderr
    assert "map.opl: 3 pieces of street" in hent(folder, "streets", "show").output


def test_streets_whose_extract_is_gone_are_missed_aloud(folder: Path) -> None:
    built(folder)
    of_another_form(folder)
    (folder / "map.opl").unlink()
    asked = hent(folder, "plan", "t_P", "t_Q", "--config", str(folder / "config.toml"))
    assert "until `hent streets build` ways are straight lines" in asked.stderr


def test_places_at_a_stop_follow_streets_that_come_and_go(folder: Path) -> None:
    shop = at("200 300")
    (folder / "counters.csv").write_text(f"id,name,lat,lon\nc,Shop,{shop.lat:.7f},{shop.lon:.7f}\n", "utf-8")
    (folder / "config.toml").write_text(CONFIG + '[places]\ncounters = "counters.csv"\n', "utf-8")
    load_at_hand(folder / "data", read_config(folder / "config.toml"), date(2026, 6, 1))
    over_the_roofs = metres_to_the_shop(folder)
    built(folder)
    assert metres_to_the_shop(folder) > over_the_roofs
    hent(folder, "streets", "off", "--config", str(folder / "config.toml"))
    assert metres_to_the_shop(folder) == over_the_roofs


def metres_to_the_shop(folder: Path) -> int:
    shown = hent(folder, "graph", "show", "t_P", "--json", "--config", str(folder / "config.toml"))
    (metres,) = [walk["metres"] for walk in json.loads(shown.stdout)["walks"] if walk["id"] == "counter/c"]
    assert isinstance(metres, int)
    return metres


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("turn", list(Turn))
@pytest.mark.parametrize("passage", list(Passage))
def test_every_step_has_words_in_every_language(language: str, turn: Turn, passage: Passage) -> None:
    said = sentence(Step(turn, passage, "", 40, 0, 1), sentences(language))
    assert f"40{NO_BREAK}m" in said and "{" not in said


def test_a_step_names_the_street_and_the_stairs() -> None:
    french = sentences("fr")
    assert sentence(Step(Turn.LEFT, Passage.STREET, "Rue Haute", 80, 0, 1), french) == spaced(
        "À gauche : Rue Haute, 80 m.", "fr"
    )
    assert sentence(Step(Turn.STRAIGHT, Passage.STAIRS, "", 12, 0, 1), french) == spaced(
        "Continuez sur l’escalier, 12 m.", "fr"
    )


def test_a_valhalla_server_of_the_config_is_asked_and_missed_by_nobody(folder: Path) -> None:
    town = Town()
    with serving(town) as url:
        (folder / "config.toml").write_text(CONFIG.replace('extract = "map.opl"', f'valhalla = "{url}"'), "utf-8")
        config = read_config(folder / "config.toml")
        load_at_hand(folder / "data", config, date(2026, 6, 1))
        app = create_app(config, Following(folder / "data", config), lambda: moment("2026-06-03 5:00"))
        walks, lines = walks_of(app)
        assert walks == [(50, False), (100, False)]
        assert all(len(line) > 4 for line in lines)
    assert walks_of(app)[0] == [(65, True), (130, True)], "the server is gone: straight lines, which say so"


def walks_of(app: Flask) -> tuple[list[tuple[int, bool]], list[str]]:
    """Metres of the walks at both ends, and whether they are a guess; their lines."""
    ends = [f"{one.lat},{one.lon}" for one in (at("50 0"), at("1900 400"))]
    asked = f"/api/v6/plan?fromPlace={ends[0]}&toPlace={ends[1]}&time=2026-06-03T05:30:00Z"
    answer = app.test_client().get(asked)
    assert answer.status_code == 200
    walks = [leg for leg in answer.json["itineraries"][0]["legs"] if leg["mode"] == "WALK"]
    told = [(walk["distance"], walk["hent"]["estimated"]) for walk in walks]
    return told, [walk["legGeometry"]["points"] for walk in walks]
