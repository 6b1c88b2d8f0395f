"""What drivers do with offers, alike over HTTP and on the pages: look first, publish, change, pause, withdraw."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from api.parse import carpool as parse
from api.parse.bodies.carpool import OfferChange, OfferRequest
from api.service import Service, take
from mobility.carpool.draft import check, confirmed, drafted
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


def preview(service: Service, driver: AccountId, body: OfferRequest) -> tuple[Offer, ...]:
    """As it would be published; nothing is stored. Raises InvalidQuery, NotFound, PriceTooHigh, TooMany."""
    take(service, PREVIEWS, driver)
    offers = _drafted(service, driver, body)
    service.carpooling().registry.look(offers)
    return offers


def publish(service: Service, driver: AccountId, body: OfferRequest, draft: str = "") -> tuple[Offer, ...]:
    """draft: of a form that may be sent twice: once published, it stays as it is.

    Raises InvalidQuery, NotFound, PriceTooHigh, TooMany.
    """
    take(service, WRITES, driver)
    offers = _drafted(service, driver, body)
    return service.carpooling().registry.publish(_named(offers, f"{driver} {draft}") if draft else offers)


def change(service: Service, driver: AccountId, offer: OfferId, body: OfferChange) -> Offer:
    """Raises InvalidQuery, NotFound, PriceTooHigh, TooMany, WrongState."""
    take(service, WRITES, driver)
    territory = service.current.territory()
    ground = service.carpooling().ground(territory)

    def apply(before: Offer) -> Offer:
        now = service.now()
        after = parse.changed(before, body, territory.network, ground, local_date(now, ground.zone))
        check(after, ground, now)
        return after

    return service.carpooling().registry.change(driver, offer, apply)


def confirm(service: Service, driver: AccountId, offer: OfferId) -> Offer:
    """Raises InvalidQuery, NotFound, TooMany, WrongState."""
    take(service, WRITES, driver)
    return service.carpooling().registry.change(driver, offer, lambda before: confirmed(before, service.today()))


def become(service: Service, driver: AccountId, offer: OfferId, verb: str) -> Offer:
    """verb: of STATUSES. Raises NotFound, TooMany, WrongState."""
    take(service, WRITES, driver)
    return service.carpooling().registry.become(driver, offer, STATUSES[verb], service.now())


def _named(offers: tuple[Offer, ...], draft: str) -> tuple[Offer, ...]:
    """By the draft, instead of by chance."""
    ids = [OfferId(sha256(f"{draft} {n}".encode()).hexdigest()[:16]) for n in range(len(offers))]
    there, *back = (replace(offer, id=id) for offer, id in zip(offers, ids, strict=True))
    return (replace(there, returns=back[0].id), *back) if back else (there,)


def _drafted(service: Service, driver: AccountId, body: OfferRequest) -> tuple[Offer, ...]:
    territory, now = service.current.territory(), service.now()
    ground = service.carpooling().ground(territory)
    draft = parse.draft(body, territory.network, ground, local_date(now, ground.zone))
    return drafted(draft, ground, driver, now)
