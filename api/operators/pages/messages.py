"""What operators say of a trip, a line or a stop: what holds, a new message, its end, and cancellations that are held
until somebody says that they are true."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from api.operators.pages.frame import OperatorFrame, operator_frame, operator_page
from api.operators.pages.message_form import (
    LONGEST,
    PARTS_OF_DAY,
    MessageDesk,
    MessageForm,
    WrongFields,
    empty_form,
    message_of,
    subject_of,
)
from api.operators.pages.message_words import about_words, line_choices, of_line, shown_message, soon
from api.operators.pages.remarks import remark_desk
from api.operators.pages.session import ROOT, sender, visitor
from api.pages.frame import href
from api.present.day_words import DayWords
from api.present.message_texts import message_texts
from api.privacy.uses import uses
from api.service import Service
from mobility.clock import DAY_S
from mobility.errors import InvalidQuery, NetworkUnavailable, NotFound
from mobility.live.cancelled_share import CancelledShare, cancelled_share
from mobility.live.message_store import add_message, end_message, messages_in_force
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage, told_texts
from mobility.live.raw import confirm
from mobility.network.live_files import read_sources
from mobility.operators.log import Action, write_down
from mobility.operators.tokens import Role
from mobility.privacy.register import OPERATOR

LONGEST_SUBJECT, MOST_TYPED, TWICE_S = 100, 2_000, 600
MESSAGES = f"{ROOT}/messages"
SUBJECTS = ("trip", "line", "stop")
"""What a new message may be about."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/messages")
    @uses(OPERATOR)
    def messages() -> ResponseReturnValue:
        return _list(operator_frame(service, visitor(service)))

    @bp.get("/messages/new")
    @uses(OPERATOR)
    def message() -> ResponseReturnValue:
        who = visitor(service, Role.LOAD)
        if not any(name in request.args for name in SUBJECTS):
            return redirect(href(MESSAGES))
        of, desk = operator_frame(service, who), _desk(service)
        try:
            form = empty_form(desk, subject_of(desk, request.args))
        except (NotFound, InvalidQuery) as error:
            return _list(of, error)
        day = request.args.get("day", "")
        return _form(of, desk, MessageForm(form.subject, {**form.typed, **({"day": day} if day else {})}), {})

    @bp.post("/messages/new")
    @uses(OPERATOR)
    def say() -> ResponseReturnValue:
        """`step`: look at what it does, send it, or edit it again."""
        who, desk = sender(service, Role.LOAD), _desk(service)
        of = operator_frame(service, who)
        typed = {name: value[:MOST_TYPED] for name, value in request.form.items()}
        form = MessageForm(subject_of(desk, typed), typed)
        if typed.get("step") == "edit":
            usual = empty_form(desk, form.subject).typed if typed.get("remark") else {}
            return _form(of, desk, MessageForm(form.subject, {**usual, "effect": "", **typed}), {})
        try:
            said = message_of(desk, form, who.operator.name)
            return _said(of, desk, form, said)
        except WrongFields as error:
            return _form(of, desk, form, error.faults)
        except InvalidQuery as error:
            return _form(of, desk, form, {_field(error.parameter): "form"})

    _add_ends(bp, service)


def _add_ends(bp: Blueprint, service: Service) -> None:
    """What ends a message, and what believes one of a feed."""

    @bp.post("/messages/<id>/end")
    @uses(OPERATOR)
    def end(id: str) -> ResponseReturnValue:
        """`sure`: else what would end is shown first."""
        who = sender(service, Role.LOAD)
        found = next((one for one in messages_in_force(service.database(), service.now()) if one.id == id), None)
        if found is None:
            raise NotFound("message", "id")
        if "sure" not in request.form:
            return _end(operator_frame(service, who), found)
        end_message(service.database(), id, service.now())
        _write_down(service, who.operator.name, "end-message", _subject(found))
        return redirect(href(MESSAGES, done="ended"), 303)

    @bp.post("/messages/held/<feed>")
    @uses(OPERATOR)
    def believe(feed: str) -> ResponseReturnValue:
        """That most of a day's runs are cancelled is true; `sure`: else what that does is shown first."""
        who = sender(service, Role.LOAD)
        held = _held(service).get(feed, 0)
        if not held:
            raise NotFound("feed", "feed")
        if "sure" not in request.form:
            return operator_page("held", operator_frame(service, who), feed=feed, count=held)
        confirm(service.data(), feed, service.now() + DAY_S)
        _write_down(service, who.operator.name, "confirm-cancellations", feed)
        return redirect(href(MESSAGES, done="believed"), 303)


def _list(of: OperatorFrame, error: NotFound | InvalidQuery | None = None) -> ResponseReturnValue:
    service = of.service
    desk = find_desk(service)
    found = messages_in_force(service.database(), service.now())
    return operator_page(
        "messages",
        of,
        400 if error else 200,
        shown=[shown_message(of, desk, one) for one in found],
        departures=soon(desk, found) if desk else (),
        lines=line_choices(desk.network) if desk else (),
        held=_held(service),
        has_network=desk is not None,
        faults=_faults(of, _not_found(error)) if error else {},
        typed=request.args.get("stop", ""),
        meant=_meant(desk, error),
        done=request.args.get("done", ""),
    )


def _form(of: OperatorFrame, desk: MessageDesk, form: MessageForm, faults: Mapping[str, str]) -> ResponseReturnValue:
    said, subject = of.said["operators_message"], form.subject
    found = messages_in_force(of.service.database(), desk.now_s)
    day = _day(form.text("day")) or desk.wall(desk.now_s).date()
    return operator_page(
        "message",
        of,
        400 if faults else 200,
        form=form,
        about=about_words(desk, subject, said),
        faults=_faults(of, faults),
        effects=list(MessageEffect),
        causes=[(one.value, of.said["messages"][f"cause_{one.value}"]) for one in MessageCause],
        parts_of_day=PARTS_OF_DAY,
        longest=LONGEST,
        departures=of_line(desk, subject.line, day, found) if subject.line else (),
        departures_on=_days(of).day(day),
    )


def _said(of: OperatorFrame, desk: MessageDesk, form: MessageForm, message: OperatorMessage) -> ResponseReturnValue:
    """Shown with what it does; sent, once that was seen. Raises InvalidQuery."""
    service = of.service
    found = messages_in_force(service.database(), desk.now_s)
    share = cancelled_share(desk.network, message, found)
    if form.text("step") != "send" or (share.is_most and not form.text("sure")):
        return _look(of, desk, form, (message, share))
    if not any(_is_same(one, message) for one in found):
        added = add_message(service.database(), message)
        _write_down(service, message.by, "add-message", _subject(added))
        if (remark := form.text("remark")) and of.who:
            with suppress(NotFound):  # it may have gone meanwhile
                remark_desk(service, of.who).became_message(remark)
    return redirect(href(MESSAGES, done="added"), 303)


def _look(
    of: OperatorFrame, desk: MessageDesk, form: MessageForm, what: tuple[OperatorMessage, CancelledShare]
) -> ResponseReturnValue:
    message, share = what
    return operator_page(
        "message_look",
        of,
        one=shown_message(of, desk, message),
        share=share,
        texts=told_texts(desk.network, message, message_texts(message, desk.zone)),
        added=message.text[0][1] if message.text else "",
        hidden=[(name, value) for name, value in form.typed.items() if name not in ("key", "step", "sure")],
    )


def _end(of: OperatorFrame, message: OperatorMessage) -> ResponseReturnValue:
    one = shown_message(of, find_desk(of.service), message)
    return operator_page("message_end", of, one=one)


def _faults(of: OperatorFrame, faults: Mapping[str, str]) -> dict[str, str]:
    said, day = dict(of.said["operators_message_fault"]), _day(request.values.get("date", ""))
    said["date"] = said["date"].format(day=_days(of).day(day)) if day else said["form"]
    return {field: said.get(key, said["form"]) for field, key in faults.items()}


def _days(of: OperatorFrame) -> DayWords:
    return DayWords(of.said, of.service.config.territory.zone, of.service.now())


def _not_found(error: NotFound | InvalidQuery) -> dict[str, str]:
    """The page has a field for a stop alone: of all else it is said at its head."""
    is_unclear = isinstance(error, NotFound) and error.meant
    field = error.parameter if error.parameter == "stop" else "form"
    return {field: "several" if is_unclear else error.parameter}


def _meant(desk: MessageDesk | None, error: NotFound | InvalidQuery | None) -> list[tuple[str, str]]:
    """Id and name of stops that may have been meant."""
    ids = error.meant if desk and isinstance(error, NotFound) and error.kind == "stop" else ()
    rows = [(id, desk.network.stops.id.find(id)) for id in ids] if desk else []
    return [(id, desk.network.stops.name[row]) for id, row in rows if desk and row is not None]


def _held(service: Service) -> dict[str, int]:
    """How many cancellations of each feed are not believed yet."""
    told = read_sources(service.data())
    return {one["feed"]: one["held"] for one in told.get("feeds", ()) if one.get("held")}


def _desk(service: Service) -> MessageDesk:
    """Raises NetworkUnavailable."""
    network = service.current.territory().as_planned.network
    return MessageDesk(network, service.config.territory.zone, service.now())


def find_desk(service: Service) -> MessageDesk | None:
    try:
        return _desk(service)
    except NetworkUnavailable:
        return None


def _is_same(one: OperatorMessage, other: OperatorMessage) -> bool:
    """A form that is sent twice says one thing. A beginning that was not typed is the moment of sending."""
    alike = (replace(each, id="", by="", at_s=0, from_s=0) for each in (one, other))
    return next(alike) == next(alike) and abs(one.from_s - other.from_s) < TWICE_S


def _field(parameter: str) -> str:
    return {"to_stop": "toStop"}.get(parameter, parameter)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _subject(message: OperatorMessage) -> str:
    return f"{message.id} {message.line or message.stop or message.trip}"[:LONGEST_SUBJECT]


def _write_down(service: Service, who: str, verb: str, subject: str) -> None:
    write_down(service.database(), Action(who, verb, subject), service.now())
