"""Offers of carpooling, by their driver: publish, look at, change, pause, resume, withdraw, take back, confirm."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from api.bearer import json_body, signed_in, take
from api.parse import carpool as parse
from api.present import carpool as present
from api.present.pieces import Json
from api.requests_carpool import OfferChange, OfferRequest
from api.service import Service
from mobility.carpool.draft import Ground, check, confirmed, drafted
from mobility.carpool.limits import Limit
from mobility.carpool.offer import AccountId, Offer, OfferId, OfferStatus
from mobility.clock import local_date

WRITES = Limit("offers written", 60, 3600)
PREVIEWS = Limit("offers looked at beforehand", 120, 3600)
STATUSES = {
    "pause": OfferStatus.PAUSED,
    "resume": OfferStatus.ACTIVE,
    "withdraw": OfferStatus.WITHDRAWN,
    "take-back": OfferStatus.ACTIVE,
}


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("carpool_offers", __name__, url_prefix="/api/carpool")

    @bp.get("/offers")
    def mine() -> Json:
        return _told(service, service.carpooling().registry.of_driver(signed_in(service).id))

    @bp.post("/offers")
    def publish() -> Json:
        driver = _writer(service)
        drawn = _drafted(service, json_body(OfferRequest), driver)
        return _told(service, service.carpooling().registry.publish(drawn))

    @bp.post("/preview")
    def preview() -> Json:
        driver = signed_in(service).id
        take(service, PREVIEWS, driver)
        return _told(service, _drafted(service, json_body(OfferRequest), driver))

    @bp.get("/offers/<id>")
    def one(id: str) -> Json:
        offer = service.carpooling().registry.of_driver_by_id(signed_in(service).id, OfferId(id))
        return present.offer(offer, service.config.carpool.cost_cents_per_km)

    @bp.patch("/offers/<id>")
    def change(id: str) -> Json:
        driver, body = _writer(service), json_body(OfferChange)
        territory = service.current.territory()
        ground = service.carpooling().ground(territory)

        def apply(offer: Offer) -> Offer:
            now = service.now()
            after = parse.changed(offer, body, territory.network, ground, local_date(now, ground.zone))
            check(after, ground, now)
            return after

        return _changed(service, driver, OfferId(id), apply)

    @bp.post("/offers/<id>/confirm")
    def confirm(id: str) -> Json:
        today = local_date(service.now(), service.carpooling().zone)
        return _changed(service, _writer(service), OfferId(id), lambda offer: confirmed(offer, today))

    for verb, status in STATUSES.items():
        bp.add_url_rule(f"/offers/<id>/{verb}", verb, _becoming(service, status), methods=["POST"])
    return bp


def _becoming(service: Service, status: OfferStatus) -> Callable[[str], Json]:
    def view(id: str) -> Json:
        driver = _writer(service)
        offer = service.carpooling().registry.become(driver, OfferId(id), status, service.now())
        return present.offer(offer, service.config.carpool.cost_cents_per_km)

    return view


def _drafted(service: Service, body: OfferRequest, driver: AccountId) -> tuple[Offer, ...]:
    territory, now = service.current.territory(), service.now()
    ground: Ground = service.carpooling().ground(territory)
    draft = parse.draft(body, territory.network, ground, local_date(now, ground.zone))
    return drafted(draft, ground, driver, now)


def _changed(service: Service, driver: AccountId, offer: OfferId, how: Callable[[Offer], Offer]) -> Json:
    changed = service.carpooling().registry.change(driver, offer, how)
    return present.offer(changed, service.config.carpool.cost_cents_per_km)


def _told(service: Service, offers: list[Offer] | tuple[Offer, ...]) -> Json:
    return present.offers(offers, service.config.carpool.cost_cents_per_km)


def _writer(service: Service) -> AccountId:
    """Raises NotSignedIn, TooMany."""
    driver = signed_in(service).id
    take(service, WRITES, driver)
    return driver
