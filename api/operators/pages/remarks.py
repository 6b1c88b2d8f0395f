"""What people say is wrong: read, answered, passed on by mail, closed, turned into another name of a place or into a
message to travellers. Nobody else is shown a remark before it was opened here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from api.operators.pages.frame import OperatorFrame, operator_frame, operator_page
from api.operators.pages.session import ROOT, OperatorVisitor, sender, visitor
from api.operators.remark_acts import RemarkDesk
from api.pages.frame import href
from api.parse.value_faults import RequestFault
from api.privacy.uses import uses
from api.problems import kind_of
from api.service import Service
from mobility.errors import InvalidQuery, MailUnavailable, MobilityError, NetworkUnavailable
from mobility.operators.tokens import Role
from mobility.privacy.periods import REMARK_S
from mobility.privacy.register import OPERATOR, REMARK
from mobility.remarks.remark import LONGEST_ANSWER, RemarkAbout, RemarkEnding

REMARKS = f"{ROOT}/remarks"
TIMES = ("at", "seen_at", "forwarded_at", "alias_at", "message_at", "answered_at", "closed_at")
OF_MESSAGES = (RemarkAbout.STOP, RemarkAbout.LINE)
MOST_TYPED = 2_000


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/remarks")
    @uses(OPERATOR, REMARK)
    def remarks() -> ResponseReturnValue:
        who = visitor(service)
        found = [(one, _moment(one.at)) for one in remark_desk(service, who).remarks.every()]
        closed = [pair for pair in found if pair[0].closed_at]
        open_ones = [pair for pair in found if pair not in closed]
        return operator_page("remarks", operator_frame(service, who), open=open_ones, closed=closed)

    @bp.get("/remarks/<id>")
    @uses(OPERATOR, REMARK)
    def remark(id: str) -> ResponseReturnValue:
        return _shown(service, visitor(service), id)

    @bp.post("/remarks/<id>/answer")
    @uses(OPERATOR, REMARK)
    def answer_remark(id: str) -> ResponseReturnValue:
        who = sender(service, Role.LOAD)
        return _done(service, who, id, "answered", lambda desk: desk.answer(id, _typed("text")))

    @bp.post("/remarks/<id>/forward")
    @uses(OPERATOR, REMARK)
    def forward_remark(id: str) -> ResponseReturnValue:
        who = sender(service, Role.LOAD)
        return _done(service, who, id, "forwarded", lambda desk: desk.forward(id, _typed("mail")))

    @bp.post("/remarks/<id>/alias")
    @uses(OPERATOR, REMARK)
    def alias_remark(id: str) -> ResponseReturnValue:
        who = sender(service, Role.LOAD)
        return _done(service, who, id, "aliased", lambda desk: _alias(service, desk, id))

    @bp.post("/remarks/<id>/close")
    @uses(OPERATOR, REMARK)
    def close_remark(id: str) -> ResponseReturnValue:
        who = sender(service, Role.LOAD)
        return _done(service, who, id, "closed", lambda desk: desk.close(id, _typed("ending")))


def remark_desk(service: Service, who: OperatorVisitor) -> RemarkDesk:
    """Raises StorageUnavailable, FolderUnavailable."""
    post = service.carpooling().post
    assert service.kept
    return RemarkDesk(service.config, service.kept, post, who.operator.name, service.now)


def _shown(service: Service, who: OperatorVisitor, id: str, error: MobilityError | None = None) -> ResponseReturnValue:
    """Whoever opens it has looked at it."""
    of = operator_frame(service, who)
    one = remark_desk(service, who).remarks.look(id, service.now())
    return operator_page(
        "remark",
        of,
        kind_of(error).status if error else 200,
        one=one,
        at={name: _moment(at) for name in TIMES if (at := getattr(one, name))},
        until=_moment(one.at + REMARK_S),
        faults=_faults(of, error),
        typed={name: _typed(name) for name in ("text", "mail", "alias", "name")},
        endings=list(RemarkEnding),
        longest=LONGEST_ANSWER,
        becomes_message=one.subject.about in OF_MESSAGES,
        done=request.args.get("done", ""),
    )


def _done(
    service: Service, who: OperatorVisitor, id: str, done: str, act: Callable[[RemarkDesk], None]
) -> ResponseReturnValue:
    """What cannot be done is told at its field."""
    try:
        act(remark_desk(service, who))
    except (InvalidQuery, MailUnavailable) as error:
        return _shown(service, who, id, error)
    return redirect(href(f"{REMARKS}/{id}", done=done), 303)


def _alias(service: Service, desk: RemarkDesk, id: str) -> None:
    """Of a name that the search finds: another one would lead nowhere. Raises InvalidQuery."""
    name = _typed("name")
    try:
        names = service.current.territory().gazetteer(service.config.territory.languages)
    except NetworkUnavailable:
        names = None
    if names is None or not names.search(name, 1):
        raise InvalidQuery("name", RequestFault.NO_NAME_HERE)
    desk.alias(id, _typed("alias"), name)


def _faults(of: OperatorFrame, error: MobilityError | None) -> dict[str, str]:
    said = of.said["operators_remark_fault"]
    if isinstance(error, InvalidQuery):
        return {error.parameter: said[error.parameter]}
    return {"mail": said["unsent"]} if error else {}


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:MOST_TYPED]


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
