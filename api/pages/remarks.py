"""Saying what is wrong, at a stop, on a line, at a place, in an answer: without an account, without an address.

Everything is posted but what the form is about where that is a thing of the network. What stands in a trip goes along
only where its tick is left. The code of a remark stands in no address: it is typed to see the answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.pages import remark_form as forms
from api.pages.frame import Frame, frame, page
from api.pages.remark_form import RemarkForm
from api.pages.session import refuse_other_sites
from api.privacy.uses import uses
from api.problems import kind_of
from api.service import Service, take
from api.web.headers import may_be_gone_back_to
from api.web.remark_box import remarks_of
from mobility.carpool.limits import Limit
from mobility.errors import InvalidQuery, NotFound, TooMany
from mobility.privacy.periods import HOUR_S, MINUTE_S, REMARK_S
from mobility.privacy.register import LIMITS, REMARK
from mobility.remarks.remark import LONGEST_TEXT, Remark, new_code
from mobility.remarks.remark_store import Remarks


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("remark_pages", __name__, url_prefix="/remarks")
    bp.before_request(refuse_other_sites)
    _writing(bp, service)
    _following(bp, service)
    return bp


def remarks(service: Service) -> Remarks:
    """Raises StorageUnavailable, FolderUnavailable."""
    service.database()
    assert service.kept
    return remarks_of(service.kept)


def _writing(bp: Blueprint, service: Service) -> None:
    @bp.get("/new")
    @uses(REMARK, LIMITS)
    def new() -> ResponseReturnValue:
        of = frame(service)
        return _form(of, forms.opened(of, request.args))

    @bp.post("/new")
    @uses(REMARK, LIMITS)
    def send() -> ResponseReturnValue:
        """`step`: send it, or edit it on; without one the form is opened from an answer."""
        may_be_gone_back_to()
        of, step = frame(service), request.form.get("step")
        if step is None:
            return _form(of, forms.opened(of, request.form))
        form = forms.read(of, request.form)
        if step != "send":
            return _form(of, form)
        try:
            written = form.remark(service.now())
            take(service, Limit("remark", service.config.limits.remarks_per_hour, HOUR_S))
            code = remarks(service).add(written, form.draft)
        except (InvalidQuery, TooMany) as error:
            return _form(of, form, error)
        return page("remarks/sent.html", of, code=code, remark=written, until=_until(written))


def _following(bp: Blueprint, service: Service) -> None:
    @bp.get("")
    @uses(REMARK)
    def ask() -> ResponseReturnValue:
        return page("remarks/ask.html", frame(service), code="", fault="", is_gone=False)

    @bp.post("")
    @uses(REMARK)
    def follow() -> ResponseReturnValue:
        """What became of it; `step` erase: shown what goes; with `sure` it goes."""
        may_be_gone_back_to()
        of, code = frame(service), request.form.get("code", "")
        try:
            found = remarks(service).of(code)
            if request.form.get("step") == "erase" and "sure" in request.form:
                remarks(service).erase(code)
                return page("remarks/ask.html", of, code="", fault="", is_gone=True)
        except NotFound:
            return page("remarks/ask.html", of, 404, code=code, fault=of.said["remark"]["unknown_code"], is_gone=False)
        return page("remarks/follow.html", of, code=code, remark=found, at=_moments(found), until=_until(found))


def _form(of: Frame, form: RemarkForm, error: InvalidQuery | TooMany | None = None) -> ResponseReturnValue:
    status = kind_of(error).status if error else 200
    given = {"form": replace(form, draft=form.draft or new_code()), "faults": _faults(of, error)}
    return page("remarks/form.html", of, status, **given, longest=LONGEST_TEXT)


def _faults(of: Frame, error: InvalidQuery | TooMany | None) -> dict[str, str]:
    """By field; what was typed stays there."""
    if isinstance(error, TooMany):
        return {"form": of.said["remark"]["too_many"].format(minutes=-(-error.retry_after_s // MINUTE_S))}
    return {error.parameter: of.said["remark_fault"][error.parameter]} if error else {}


def _until(remark: Remark) -> datetime:
    return datetime.fromtimestamp(remark.at + REMARK_S, UTC)


def _moments(remark: Remark) -> dict[str, datetime]:
    """When what was done, what was done at all."""
    names = ("at", "seen_at", "forwarded_at", "alias_at", "message_at", "answered_at", "closed_at")
    return {name: datetime.fromtimestamp(at, UTC) for name in names if (at := getattr(remark, name))}
