"""The open data over HTTP: catalogue, files, timetables with their reports and versions. Open to all, from any page."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from api.pages.frame import frame, page
from api.portal.carpool_feed import FRESH_S, CarpoolFeed
from api.portal.catalogue import Catalogue
from api.portal.datasets import BASE, CARPOOLS, Dataset, datasets, title_of
from api.portal.downloads import MEDIA, changed, sent, shared, told
from api.portal.facts import FileFacts, Shelves
from api.portal.feeds import install_feeds
from api.portal.folder import open_folder
from api.portal.launch import making, start
from api.portal.realtime import install_realtime
from api.portal.remarks import install_remarks
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.errors import NotMadeYet
from api.web.language import request_language
from api.web.sentences import sentences
from mobility.errors import FolderUnavailable, NotFound, folder_refused
from mobility.feeds.versions import stored_feed
from mobility.network.files import find_status
from mobility.network.network import Network
from mobility.privacy.register import NOTHING

RETRY_S = 10


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("portal", __name__)

    _install_catalogue(bp, service)
    _install_files(bp, service)
    install_feeds(bp, service)
    install_realtime(bp, service)
    if service.config.features.shares_rides:
        _install_offers(bp, service)
    if service.config.features.remarks:
        install_remarks(bp, service)
    return bp


def _install_catalogue(bp: Blueprint, service: Service) -> None:
    @bp.get(f"{BASE}/")
    @uses(NOTHING)
    def catalogue_page() -> ResponseReturnValue:
        of = frame(service)
        network = of.asking.territory.network
        wants = request.accept_mimetypes.best_match(["text/html", "text/turtle", "application/ld+json"], "text/html")
        if wants != "text/html":
            return _rdf(service, network, "turtle" if wants == "text/turtle" else "json-ld")
        try:
            note = "" if is_ready(service, network) else "preparing"
        except FolderUnavailable:
            note = "unwritable"
        found, shelves = datasets(service.config, network), Shelves(service.folder, network)
        contact = service.config.data_use.contact
        return shared(page("data.html", of, datasets=found, facts=shelves.facts, note=note, contact=contact))

    @bp.get(f"{BASE}/catalog.json")
    @uses(NOTHING)
    def catalogue_json() -> Response:
        network = service.current.territory().network
        return told(_catalogue_json(service, network))

    @bp.get(f"{BASE}/catalog.ttl")
    @uses(NOTHING)
    def catalogue_turtle() -> Response:
        return _rdf(service, service.current.territory().network, "turtle")

    @bp.get(f"{BASE}/catalog.jsonld")
    @uses(NOTHING)
    def catalogue_jsonld() -> Response:
        return _rdf(service, service.current.territory().network, "json-ld")


def _install_files(bp: Blueprint, service: Service) -> None:
    @bp.get(f"{BASE}/files/<name>")
    @uses(NOTHING)
    def file(name: str) -> Response:
        network = service.current.territory().network
        files = [one for of in datasets(service.config, network) for one in of.distributions if one.made]
        if name not in {one.path.rpartition("/")[2] for one in files}:
            raise NotFound("file", "name")
        if not is_ready(service, network):
            raise NotMadeYet(RETRY_S)
        return sent(open_folder(service.data(), network.version) / name, f"{network.version[:32]}-{name}")


def _install_offers(bp: Blueprint, service: Service) -> None:
    carpools = CarpoolFeed()

    @bp.get(CARPOOLS)
    @uses(NOTHING)
    def carpool_feed() -> Response:
        made = carpools.latest(service.carpooling(), service.config.address + "/")
        response = send_file(BytesIO(made.content), MEDIA["zip"], conditional=True, etag=made.name, max_age=FRESH_S)
        response.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
        return shared(response)


def is_ready(service: Service, network: Network) -> bool:
    """Whether the files are there; else somebody begins to make them. Raises FolderUnavailable where nobody can."""
    data = service.data()
    if open_folder(data, network.version).is_dir():
        return True
    try:
        if not making(data):
            start(data, service.config)
    except OSError as error:
        raise folder_refused(error) from error
    return False


def _catalogue_json(service: Service, network: Network) -> Json:
    said, known = sentences(request_language())["open_data"], _catalogue(service, network)
    return {
        "title": said["catalogue"].format(name=known.territory),
        "publisher": known.publisher,
        "contact": service.config.data_use.contact,
        "network": network.version,
        "bbox": known.bbox,
        "issued": known.issued.isoformat(),
        "modified": known.issued.isoformat(),
        "datasets": [_dataset_json(known, one) for one in known.datasets],
    }


def _dataset_json(known: Catalogue, one: Dataset) -> Json:
    words = sentences(request_language())["open_data"]
    name = one.feed or known.territory
    issued, modified = known.shelves.span(one, known.issued)
    return {
        "id": one.id,
        "title": title_of(one, known.territory, request_language()),
        "description": words[f"{one.kind}_about"].format(name=name),
        "licences": list(one.licences),
        "publisher": one.publisher,
        "firstDay": one.first_day.isoformat() if one.first_day else None,
        "lastDay": one.last_day.isoformat() if one.last_day else None,
        "issued": issued.isoformat(),
        "modified": modified.isoformat(),
        "distributions": [
            {"title": words[f"file_{file.name}"], "url": known.base + file.path, "mediaType": file.media_type}
            | _facts_json(known.shelves.facts(file))
            for file in one.distributions
        ],
    }


def _facts_json(known: FileFacts | None) -> Json:
    """Of what is no file, or not made yet, nothing can be said beforehand."""
    if known is None:
        return {"issued": None, "modified": None, "byteSize": None}
    return {"issued": known.issued.isoformat(), "modified": known.modified.isoformat(), "byteSize": known.size}


def _catalogue(service: Service, network: Network) -> Catalogue:
    config = service.config
    known = network.stops.lat == network.stops.lat
    lat, lon = network.stops.lat[known], network.stops.lon[known]
    round_stops = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    return Catalogue(
        base=service.config.address,
        territory=config.territory.name,
        publisher=config.publisher,
        email=config.open_data.email,
        datasets=datasets(config, network),
        bbox=config.territory.bbox or round_stops,
        issued=_published(service, network),
        shelves=Shelves(service.folder, network),
    )


def _published(service: Service, network: Network) -> datetime:
    """When the newest of its feeds was accepted."""
    files = (stored_feed(service.data(), feed.id, feed.sha256) for feed in network.feeds)
    known = (changed(status) for file in files if (status := find_status(file)))
    return max(known, default=datetime.fromtimestamp(0, UTC))


def _rdf(service: Service, network: Network, form: str) -> Response:
    from api.portal.rdf import graph  # rdflib with it, which harvesters alone need

    found = graph(_catalogue(service, network))
    media_type = "text/turtle" if form == "turtle" else "application/ld+json"
    response = Response(found.serialize(format=form), mimetype=media_type)
    response.add_etag()
    response.make_conditional(request)
    return shared(response)
