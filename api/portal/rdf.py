"""The catalogue for harvesters: mobilityDCAT-AP 1.1 on DCAT-AP 3, as an RDF graph.

Sources: w3id.org/mobilitydcat-ap, semiceu.github.io/DCAT-AP/releases/3.0.0.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from api.portal.catalogue import Catalogue
from api.portal.datasets import Dataset, Distribution, title_of
from api.web.sentences import LANGUAGES, sentences

MOBILITY = Namespace("http://w3id.org/mobilitydcat-ap#")
WORDS = "https://w3id.org/mobilitydcat-ap"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/FRA"
MEDIA = "https://www.iana.org/assignments/media-types"
FORMATS = {
    "application/zip": "ZIP", "text/csv": "CSV", "application/json": "JSON", "application/geo+json": "GEOJSON",
    "text/html": "HTML", "application/gzip": "GZIP", "application/x-protobuf": "BIN",
}  # fmt: skip
LICENCES = {
    "Licence Ouverte 2.0": "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "EUPL-1.2": "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}
"""Addresses of licences by the names that configs use; others are named without one."""


def graph(catalogue: Catalogue) -> Graph:
    found = Graph()
    for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("mobilitydcatap", MOBILITY), ("vcard", VCARD)):
        found.bind(prefix, space)
    home = URIRef(f"{catalogue.base}/data/")
    where = _location(found, catalogue)
    publisher = _agent(found, catalogue.base, catalogue.publisher)
    _add(found, home, RDF.type, DCAT.Catalog)
    _say(found, home, DCTERMS.title, "catalogue", catalogue.territory)
    _say(found, home, DCTERMS.description, "catalogue_about", catalogue.territory)
    facts = (
        (DCTERMS.publisher, publisher), (DCTERMS.spatial, where), (FOAF.homepage, home),
        (DCTERMS.language, URIRef(LANGUAGE)), (DCTERMS.modified, _moment(catalogue.issued)),
        (DCTERMS.issued, _moment(catalogue.issued)),
    )  # fmt: skip
    for predicate, value in facts:
        _add(found, home, predicate, value)
    _add(found, URIRef(LANGUAGE), RDF.type, DCTERMS.LinguisticSystem)
    _add(found, home, RDF.type, DCAT.Catalog)
    for one in catalogue.datasets:
        node = _dataset(found, catalogue, one, where)
        _add(found, home, DCAT.dataset, node)
        _add(found, home, DCAT.record, _record(found, catalogue, one, node))
    return found


def _dataset(found: Graph, catalogue: Catalogue, one: Dataset, where: Node) -> Node:
    node = URIRef(f"{catalogue.base}/data/#{one.id}")
    _add(found, node, RDF.type, DCAT.Dataset)
    for language in LANGUAGES:
        _add(found, node, DCTERMS.title, Literal(title_of(one, catalogue.territory, language), lang=language))
    _say(found, node, DCTERMS.description, f"{one.kind}_about", one.feed or catalogue.territory)
    _add(found, node, DCTERMS.identifier, Literal(one.id))
    _add(found, node, DCTERMS.publisher, _agent(found, catalogue.base, one.publisher))
    _add(found, node, DCTERMS.spatial, where)
    _add(found, node, DCTERMS.accrualPeriodicity, _typed(found, f"{FREQUENCY}/{one.frequency}", DCTERMS.Frequency))
    _add(found, node, DCAT.contactPoint, _contact(found, catalogue))
    for predicate, at in zip(
        (DCTERMS.issued, DCTERMS.modified), catalogue.shelves.span(one, catalogue.issued), strict=True
    ):
        _add(found, node, predicate, _moment(at))
    for theme in one.themes:
        _add(found, node, MOBILITY.mobilityTheme, URIRef(f"{WORDS}/mobility-theme/{theme}"))
    if one.first_day and one.last_day:
        _add(found, node, DCTERMS.temporal, _period(found, one.first_day, one.last_day))
    for file in one.distributions:
        _add(found, node, DCAT.distribution, _distribution(found, catalogue, one, file))
    return node


def _distribution(found: Graph, catalogue: Catalogue, of: Dataset, file: Distribution) -> Node:
    address = URIRef(catalogue.base + file.path)
    node = URIRef(f"{catalogue.base}{file.path}#distribution")
    _add(found, node, RDF.type, DCAT.Distribution)
    _say(found, node, DCTERMS.title, f"file_{file.name}", of.feed or catalogue.territory)
    _add(found, node, DCAT.accessURL, address)
    _add(found, node, DCAT.downloadURL, address)
    _add(found, address, RDF.type, RDFS.Resource)
    media = _typed(found, f"{MEDIA}/{file.media_type}", DCTERMS.MediaType)
    _add(found, node, DCAT.mediaType, media)
    kind = _typed(found, f"{FILE_TYPE}/{FORMATS[file.media_type]}", DCTERMS.MediaTypeOrExtent)
    _add(found, node, DCTERMS.format, kind)
    standard = _typed(found, f"{WORDS}/mobility-data-standard/{file.standard}", MOBILITY.MobilityDataStandard)
    _add(found, node, MOBILITY.mobilityDataStandard, standard)
    _add(found, node, DCTERMS.rights, _rights(found))
    _add(found, node, DCTERMS.license, _licence(found, of.licences))
    if known := catalogue.shelves.facts(file):
        _add(found, node, DCTERMS.issued, _moment(known.issued))
        _add(found, node, DCTERMS.modified, _moment(known.modified))
        _add(found, node, DCAT.byteSize, Literal(known.size, datatype=XSD.nonNegativeInteger))
    return node


def _record(found: Graph, catalogue: Catalogue, one: Dataset, node: Node) -> Node:
    record = URIRef(f"{catalogue.base}/data/#record-{one.id}")
    _add(found, record, RDF.type, DCAT.CatalogRecord)
    for predicate in (DCTERMS.created, DCTERMS.modified):
        _add(found, record, predicate, _moment(catalogue.issued))
    _add(found, record, FOAF.primaryTopic, node)
    _add(found, record, DCTERMS.language, URIRef(LANGUAGE))
    return record


def _location(found: Graph, catalogue: Catalogue) -> Node:
    west, south, east, north = catalogue.bbox
    node = URIRef(f"{catalogue.base}/data/#territory")
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    text = f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
    wkt = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
    _add(found, node, RDF.type, DCTERMS.Location)
    _add(found, node, DCAT.bbox, Literal(text, datatype=wkt))
    return node


def _agent(found: Graph, base: str, name: str) -> Node:
    node = URIRef(f"{base}/data/#agent-{key_of(name)}")
    _add(found, node, RDF.type, FOAF.Agent)
    _add(found, node, FOAF.name, Literal(name))
    return node


def key_of(text: str) -> str:
    """The same in every process, another one for every other text."""
    return sha256(text.encode()).hexdigest()[:16]


def _contact(found: Graph, catalogue: Catalogue) -> Node:
    node = URIRef(f"{catalogue.base}/data/#contact")
    _add(found, node, RDF.type, VCARD.Kind)
    _add(found, node, VCARD.fn, Literal(catalogue.publisher))
    _add(found, node, VCARD.hasEmail, _typed(found, f"mailto:{catalogue.email}", OWL.Thing))
    return node


def _rights(found: Graph) -> Node:
    words = f"{WORDS}/conditions-for-access-and-usage/licence-provided-free-of-charge"
    node = BNode("rights")
    _add(found, node, RDF.type, DCTERMS.RightsStatement)
    _add(found, node, DCTERMS.type, URIRef(words))
    return node


def _licence(found: Graph, names: tuple[str, ...]) -> Node:
    """One document; where several licences hold, it names them all."""
    known = LICENCES.get(names[0]) if len(names) == 1 else None
    text = " + ".join(names)
    node: Node = URIRef(known) if known else BNode(f"licence{key_of(text)}")
    _add(found, node, RDF.type, DCTERMS.LicenseDocument)
    _add(found, node, RDFS.label, Literal(text))
    return node


def _period(found: Graph, first: date, last: date) -> Node:
    node = BNode(f"period{first:%Y%m%d}{last:%Y%m%d}")
    _add(found, node, RDF.type, DCTERMS.PeriodOfTime)
    _add(found, node, DCAT.startDate, Literal(first, datatype=XSD.date))
    _add(found, node, DCAT.endDate, Literal(last, datatype=XSD.date))
    return node


def _typed(found: Graph, address: str, kind: Node) -> Node:
    _add(found, URIRef(address), RDF.type, kind)
    return URIRef(address)


def _say(found: Graph, node: Node, predicate: Node, key: str, name: str) -> None:
    for language in LANGUAGES:
        text = sentences(language)["open_data"][key].format(name=name)
        _add(found, node, predicate, Literal(text, lang=language))


def _moment(at: datetime) -> Literal:
    return Literal(at.isoformat(), datatype=XSD.dateTime)


def _add(found: Graph, subject: Node, predicate: Node, value: Node) -> None:
    found.add((subject, predicate, value))
