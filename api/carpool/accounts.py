"""Accounts of carpooling: a code by mail, a session, what one's account says, and its end."""

from __future__ import annotations

from flask import Blueprint

from api.carpool import signing_in
from api.parse.bodies.carpool import AccountChange, CodeRequest, SessionRequest
from api.present import carpool as present
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, json_body, session, signed_in
from api.web.language import request_language
from mobility.carpool.accounts import Newcomer
from mobility.privacy.register import ACCOUNT, LIMITS, OFFER, SESSION, SIGN_IN


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("carpool_accounts", __name__, url_prefix="/api/carpool")
    _signing_in(bp, service)
    _sessions(bp, service)
    _account(bp, service)
    return bp


def _signing_in(bp: Blueprint, service: Service) -> None:
    @bp.post("/codes")
    @uses(SIGN_IN, LIMITS)
    def send_code() -> Json:
        body = json_body(CodeRequest)
        signing_in.send_code(service, body.email, body.language or request_language())
        return present.code_sent()

    @bp.post("/sessions")
    @uses(SIGN_IN, ACCOUNT, SESSION, LIMITS)
    def sign_in() -> Json:
        body = json_body(SessionRequest)
        begun = signing_in.sign_in(service, body.code, Newcomer(body.alias, body.adult), body.email)
        return present.new_session(begun, service.carpooling().accounts.by_id(begun.account))


def _sessions(bp: Blueprint, service: Service) -> None:
    @bp.get("/sessions")
    @uses(SESSION)
    def sessions() -> Json:
        account, current = session(service)
        found = service.carpooling().accounts.sessions(account.id, service.now())
        return {"sessions": [present.session(one, one.id == current) for one in found]}

    @bp.delete("/sessions")
    @uses(SESSION)
    def end_sessions() -> Json:
        service.carpooling().accounts.end_sessions(signed_in(service).id)
        return present.DONE

    @bp.delete("/sessions/<id>")
    @uses(SESSION)
    def end_session(id: str) -> Json:
        account, current = session(service)
        service.carpooling().accounts.end_session(account.id, current if id == "current" else id)
        return present.DONE


def _account(bp: Blueprint, service: Service) -> None:
    @bp.get("/me")
    @uses(ACCOUNT, SESSION)
    def me() -> Json:
        return present.account(signed_in(service))

    @bp.patch("/me")
    @uses(ACCOUNT, SESSION)
    def change_me() -> Json:
        account, body = signed_in(service), json_body(AccountChange)
        changed = service.carpooling().accounts.change(account.id, body.alias, body.phone, body.language)
        return present.account(changed)

    @bp.delete("/me")
    @uses(ACCOUNT, SESSION, OFFER)
    def erase_me() -> Json:
        service.carpooling().accounts.erase(signed_in(service).id, service.now())
        return present.DONE
