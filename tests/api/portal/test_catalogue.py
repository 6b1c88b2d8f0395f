"""The catalogue as an RDF graph, in which publishers stay apart; and open data where there is no data folder."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rdflib import FOAF, RDF

from api.portal.catalogue import Catalogue
from api.portal.datasets import Dataset
from api.portal.rdf import graph
from mobility.routing.territory import Territory
from tests.api.conftest import app_of


def published(*publishers: str) -> list[str]:
    """The names of the agents in a catalogue, by their nodes."""
    datasets = [
        Dataset(f"gtfs-{n}", "timetable", str(n), ("ODbL-1.0",), who, (), ()) for n, who in enumerate(publishers)
    ]
    bbox = -3.5, 47.6, -3.2, 47.8
    found = graph(
        Catalogue("https://rade.example", "Rade", "Rade", "", datasets, bbox, datetime(2026, 11, 24, tzinfo=UTC))
    )
    return sorted(
        ", ".join(sorted(map(str, found.objects(agent, FOAF.name)))) for agent in found.subjects(RDF.type, FOAF.Agent)
    )


def test_two_publishers_whose_names_begin_alike_are_two() -> None:
    assert published("Bateaux du Nord", "Bateaux du Port") == ["Bateaux du Nord", "Bateaux du Port", "Rade"]


def test_who_publishes_two_timetables_is_one() -> None:
    assert published("Bateaux", "Bateaux") == ["Bateaux", "Rade"]


@pytest.mark.parametrize("path", ["/data/", "/data/catalog.json", "/data/files/stops.csv"])
def test_where_the_disk_takes_no_database_there_are_no_files_for_now(territory: Territory, path: str) -> None:
    answer = app_of(territory).test_client().get(path)
    assert (answer.status_code, answer.get_json()["type"]) == (503, "/problems/storage-unavailable")
