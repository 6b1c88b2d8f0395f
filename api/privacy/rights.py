"""The rights of a person over their data: all that is held, as one document; corrected; gone."""

from __future__ import annotations

from flask import Blueprint

from api.parse.bodies.carpool import AccountChange
from api.present import carpool
from api.present import rights as present
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, json_body, session, signed_in
from api.web.language import request_language
from api.web.sentences import sentences
from mobility.carpool.rights import end, held
from mobility.privacy.register import ACCOUNT, BOOKING, MESSAGE, OFFER, SESSION, SIGN_IN, WANTED


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("rights", __name__, url_prefix="/api/me")

    @bp.get("")
    @uses(ACCOUNT, SESSION)
    def me() -> Json:
        return carpool.account(signed_in(service))

    @bp.get("/export")
    @uses(ACCOUNT, SESSION, SIGN_IN, OFFER, BOOKING, MESSAGE, WANTED)
    def export() -> Json:
        account, current = session(service)
        found = held(service.carpooling().accounts, service.carpooling().agreements, account.id)
        return present.export(found, current, service.config.carpool.cost_cents_per_km, service.now())

    @bp.patch("")
    @uses(ACCOUNT, SESSION)
    def rectify() -> Json:
        account, body = signed_in(service), json_body(AccountChange)
        return carpool.account(service.carpooling().accounts.change(account.id, body.alias, body.phone, body.language))

    @bp.delete("")
    @uses(ACCOUNT, SESSION, SIGN_IN, OFFER, BOOKING, MESSAGE, WANTED)
    def erase() -> Json:
        emptied = end(service.carpooling().accounts, signed_in(service).id, service.now())
        return present.ended(emptied, sentences(request_language())["rights"])

    return bp
