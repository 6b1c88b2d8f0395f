"""The catalogue as an RDF graph: who publishes what stays apart."""

from __future__ import annotations

from datetime import UTC, datetime

from rdflib import FOAF, RDF

from api.portal.datasets import Dataset
from api.portal.rdf import Catalogue, graph


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
