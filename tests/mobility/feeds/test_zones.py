"""A feed whose time zone cannot be read runs by the territory's clocks, never by UTC."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.mobility.feeds.reloads import INPUTS, TABLES, Operator

LORIENT = TABLES["agency"].replace("Europe/Paris", "Europe/Lorient")


def test_it_has_the_zone_of_the_territory(tmp_path: Path) -> None:
    operator = Operator.in_folder(tmp_path)
    operator.load("bus", agency=LORIENT)
    network = operator.network
    assert {network.zones[zone] for zone in network.services.zone} == {"Europe/Paris"}
    assert [agency.timezone for agency in network.agencies] == ["Europe/Paris"]


def test_it_has_it_too_where_the_config_does_not_name_the_feed(tmp_path: Path) -> None:
    abroad = Operator.in_folder(tmp_path).under(replace(INPUTS, zone="", home_zone="Europe/Athens"))
    abroad.load("bus", agency=LORIENT)
    assert abroad.network.zones == ("Europe/Athens",)
