"""My account: alias, telephone, language; a copy of everything; signing out everywhere; erasing it all."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from api.pages import session
from api.pages.carpool.faults import body_of, faults_of
from api.pages.carpool.frame import carpool_page
from api.pages.frame import Frame, frame, href
from api.pages.session import Visitor, sender, visitor
from api.parse.bodies.carpool import AccountChange
from api.parse.value_faults import RequestFault
from api.present import rights
from api.privacy.uses import uses
from api.service import Service
from api.web.sentences import LANGUAGES, sentences
from mobility.carpool.rights import end, held
from mobility.errors import InvalidQuery, MobilityError
from mobility.privacy.register import ACCOUNT, BOOKING, MESSAGE, OFFER, SESSION, SIGN_IN, WANTED


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/account")
    @uses(ACCOUNT, SESSION)
    def account() -> ResponseReturnValue:
        return _page(frame(service), visitor(service))

    @bp.post("/account")
    @uses(ACCOUNT, SESSION)
    def change_account() -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        try:
            typed = {name: request.form.get(name, "").strip() for name in ("alias", "phone", "language")}
            body = body_of(AccountChange, typed)
            service.carpooling().accounts.change(who.account.id, body.alias, body.phone, body.language)
        except MobilityError as error:
            return _page(of, who, error)
        return redirect(href("/carpool/account", done="changed"), 303)

    @bp.get("/account/export")
    @uses(ACCOUNT, SESSION, SIGN_IN, OFFER, BOOKING, MESSAGE, WANTED)
    def export() -> Response:
        """The same document as GET /api/me/export, to be kept as a file."""
        who, now = visitor(service), service.now()
        found = held(service.carpooling().accounts, service.carpooling().agreements, who.account.id)
        told = rights.export(found, who.session, service.config.carpool.cost_cents_per_km, now)
        answer = Response(orjson.dumps(told, option=orjson.OPT_INDENT_2), mimetype="application/json")
        answer.headers["Content-Disposition"] = 'attachment; filename="hent.json"'
        return answer

    @bp.post("/account/sign-out")
    @uses(SESSION)
    def sign_out_everywhere() -> ResponseReturnValue:
        service.carpooling().accounts.end_sessions(sender(service).account.id)
        return _gone("signed_out")

    @bp.post("/account/erase")
    @uses(ACCOUNT, SESSION, SIGN_IN, OFFER, BOOKING, MESSAGE, WANTED)
    def erase() -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        if "sure" not in request.form:
            return _page(of, who, InvalidQuery("sure", RequestFault.MISSING))
        emptied = end(service.carpooling().accounts, who.account.id, service.now())
        return _gone("erased" if emptied else "erased_soon")


def _page(of: Frame, who: Visitor, error: MobilityError | None = None) -> ResponseReturnValue:
    known = {"alias": who.account.alias, "phone": who.account.phone, "language": who.account.language}
    return carpool_page(
        "carpool/account.html",
        of,
        who,
        error,
        typed={name: request.form.get(name, value) for name, value in known.items()},
        faults=faults_of(error, of.said["carpool_account_fault"]),
        spoken=[(tag, sentences(tag)["frame"]["name"]) for tag in LANGUAGES],
        done=request.args.get("done", ""),
    )


def _gone(done: str) -> ResponseReturnValue:
    response = redirect(href("/carpool", done=done), 303)
    session.end(response)
    return response
