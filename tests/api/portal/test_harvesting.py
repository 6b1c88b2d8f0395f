"""What harvesters take: the catalogue as mobilityDCAT-AP, in every form the same."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, XSD, Graph, Literal, URIRef


@pytest.mark.parametrize("path", ["catalog.ttl", "catalog.jsonld"])
@pytest.mark.parametrize("shapes", ["dcat-ap-3.0.1-shapes.ttl", "mobilitydcat-ap_shacl_shapes.ttl"])
def test_harvesters_find_a_valid_mobility_dcat_ap(client: FlaskClient, path: str, shapes: str) -> None:
    if not os.environ.get("HENT_SPECS"):
        pytest.skip("HENT_SPECS is not set")
    form = "turtle" if path.endswith("ttl") else "json-ld"
    catalogue = Graph().parse(data=client.get(f"/data/{path}").text, format=form)
    rules = Graph().parse(Path(os.environ["HENT_SPECS"]) / shapes)
    listed = client.get("/data/catalog.json").json["datasets"]
    assert len(set(catalogue.subjects(RDF.type, DCAT.Dataset))) == len(listed)
    conforms, _, text = validate(catalogue, shacl_graph=rules, do_owl_imports=False, allow_warnings=False)
    assert conforms, text


def test_a_broken_catalogue_would_be_noticed(client: FlaskClient) -> None:
    if not os.environ.get("HENT_SPECS"):
        pytest.skip("HENT_SPECS is not set")
    catalogue = Graph().parse(data=client.get("/data/catalog.ttl").text, format="turtle")
    theme = next(predicate for predicate in set(catalogue.predicates()) if str(predicate).endswith("mobilityTheme"))
    catalogue.remove((None, theme, None))
    rules = Graph().parse(Path(os.environ["HENT_SPECS"]) / "mobilitydcat-ap_shacl_shapes.ttl")
    assert not validate(catalogue, shacl_graph=rules, do_owl_imports=False)[0]


def test_the_catalogue_says_since_when_and_how_large_in_every_form(client: FlaskClient) -> None:
    told = client.get("/data/catalog.json").json
    found = {one["id"]: one for one in told["datasets"]}
    (latest,) = [one for one in found["gtfs-lorient"]["distributions"] if one["url"].endswith("/latest.zip")]
    answer = client.get(latest["url"])
    assert latest["byteSize"] == len(answer.data)
    assert datetime.fromisoformat(latest["modified"]) == answer.last_modified
    for one in found.values():
        assert datetime.fromisoformat(one["issued"]) <= datetime.fromisoformat(one["modified"])
    graph = Graph().parse(data=client.get("/data/catalog.ttl").text, format="turtle")
    node = URIRef(latest["url"] + "#distribution")
    assert graph.value(node, DCAT.byteSize) == Literal(latest["byteSize"], datatype=XSD.nonNegativeInteger)
    assert {graph.value(node, one) for one in (DCTERMS.issued, DCTERMS.modified)} == {
        Literal(latest["modified"], datatype=XSD.dateTime)
    }
    dataset = next(graph.subjects(DCTERMS.identifier, Literal("gtfs-lorient")))
    assert graph.value(dataset, DCTERMS.issued) and graph.value(dataset, DCTERMS.modified)
    assert "modifié le" in client.get("/data/", headers={"Accept-Language": "fr"}).text
