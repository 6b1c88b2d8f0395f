"""The pages of carpooling: how it works, signing in, offers, asks for a seat, one's account. See docs/carpool.md."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from api.pages.carpool import account, booking, change, mine, publish, sign_in
from api.pages.frame import href
from api.pages.session import refuse_other_sites
from api.service import Service
from mobility.errors import NotSignedIn

VIEWS = (sign_in, publish, change, mine, booking, account)


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("carpool_pages", __name__, url_prefix="/carpool")
    bp.before_request(refuse_other_sites)
    for view in VIEWS:
        view.add(bp, service)

    @bp.errorhandler(NotSignedIn)
    def to_sign_in(error: NotSignedIn) -> ResponseReturnValue:
        wanted = request.path.rpartition("/")[2]
        after = {"after": wanted} if request.method == "GET" and wanted in sign_in.AFTER else {}
        return redirect(href("/carpool/sign-in", **after), 303)

    return bp
