"""How carpooling works; a code by mail; signing in and out."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from werkzeug.wrappers import Response

from api.carpool import signing_in
from api.pages import session
from api.pages.carpool.booking import ask_page, carried
from api.pages.carpool.faults import body_of, faults_of
from api.pages.carpool.frame import carpool_page
from api.pages.frame import Frame, frame, href
from api.pages.session import came_from_elsewhere, find_visitor, newly_signed_in, sender
from api.parse.bodies.carpool import CodeRequest, SessionRequest
from api.privacy.uses import uses
from api.service import Service
from mobility.carpool.accounts import Newcomer, Session
from mobility.errors import AccountIncomplete, LinkNotValid, MobilityError, TooMany
from mobility.privacy.periods import MINUTE_S, SIGN_IN_S
from mobility.privacy.register import ACCOUNT, BOOKING, LIMITS, SESSION, SIGN_IN

AFTER = ("publish", "account")
"""Pages that somebody may have wanted who had to sign in first; the others go to their rides."""
CODE_MINUTES = SIGN_IN_S // MINUTE_S


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("")
    @uses(SESSION)
    def about() -> ResponseReturnValue:
        who, done = find_visitor(service), request.args.get("done", "")
        cents = format_decimal(service.config.carpool.cost_cents_per_km)
        return carpool_page("carpool/about.html", frame(service), who, cents=cents, done=done)

    _code(bp, service)
    _session(bp, service)


def _code(bp: Blueprint, service: Service) -> None:
    @bp.get("/sign-in")
    @uses(SIGN_IN, SESSION)
    def sign_in_form() -> ResponseReturnValue:
        if find_visitor(service):
            return redirect(_wanted(), 303)
        return _form(frame(service))

    @bp.post("/sign-in")
    @uses(SIGN_IN, SESSION, BOOKING, LIMITS)
    def send_code() -> ResponseReturnValue:
        of = frame(service)
        try:
            body = body_of(CodeRequest, {"email": request.form.get("email", "").strip()})
            signing_in.send_code(service, body.email, of.said.locale)
        except MobilityError as error:
            return _form(of, error)
        return _form(of, sent=True)


def _session(bp: Blueprint, service: Service) -> None:
    @bp.post("/session")
    @uses(ACCOUNT, SIGN_IN, SESSION, BOOKING, LIMITS)
    def sign_in() -> ResponseReturnValue:
        of = frame(service)
        try:
            begun = _signed_in(service)
        except AccountIncomplete as error:
            # Nobody is at fault who was not asked yet.
            return _form(of, error if "new" in request.form else None, sent=True, new=True)
        except MobilityError as error:
            # Who has a code without an address was sent none by this page: it is where another one is to be had.
            new = "new" in request.form
            return _form(of, error, sent=new or "email" in request.form, new=new)
        response = _after(of, begun)
        session.begin(response, begun)
        return response

    @bp.post("/sign-out")
    @uses(SESSION)
    def sign_out() -> ResponseReturnValue:
        who = sender(service)
        service.carpooling().accounts.end_session(who.account.id, who.session)
        response = redirect(href("/carpool"), 303)
        session.end(response)
        return response


def _after(of: Frame, begun: Session) -> Response:
    """Back to the seat or page that they wanted."""
    if "offer" in request.form:
        return ask_page(of, newly_signed_in(of.service, begun))
    return redirect(_wanted(), 303)


def _wanted() -> str:
    after = request.values.get("after")
    return href(f"/carpool/{after}" if after in AFTER else "/carpool/mine")


def _signed_in(service: Service) -> Session:
    """Raises AccountIncomplete, InvalidBody, LinkNotValid, TooMany."""
    typed = request.form
    given = {name: typed.get(name, "").strip() for name in ("code", "alias", "email")}
    said = {name: text for name, text in given.items() if text or name == "code"}
    body = body_of(SessionRequest, said | {"adult": "adult" in typed})
    return signing_in.sign_in(service, body.code, Newcomer(body.alias, body.adult), body.email)


def _fault_words(of: Frame, error: MobilityError | None) -> Mapping[str, str]:
    """Without a mail server nobody is told to get another code by mail."""
    said = of.said["carpool_sign_in_fault"]
    if of.service.config.mail is None:
        said = {key: said.get(f"{key}_unmailed", text) for key, text in said.items()}
    wait_minutes = ceil(error.retry_after_s / MINUTE_S) if isinstance(error, TooMany) else 0
    return {key: text.format(minutes=CODE_MINUTES, wait_minutes=wait_minutes) for key, text in said.items()}


def _form(of: Frame, error: MobilityError | None = None, sent: bool = False, new: bool = False) -> ResponseReturnValue:
    """sent: a code is on its way. new: they have no account yet."""
    faults = faults_of(error, _fault_words(of, error))
    if isinstance(error, LinkNotValid):
        faults = {"code": faults["form"]}
    given = {"typed": request.form, "carried": carried(), "sent": sent, "new": new, "faults": faults}
    # A link in webmail comes from another site, and a strict cookie does not come along; it does when the page, once
    # here, is asked for again.
    again = came_from_elsewhere()
    return carpool_page("carpool/sign_in.html", of, None, error, again=again, minutes=CODE_MINUTES, **given)
