"""One timetable: its versions, what was found in it, and what can be done with it. A file is checked first; what was
checked is published from the page of that check."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from api.feeds.jobs import CHECKED, JOBS, look_for_room
from api.operators.orders import named_feed, new_feed
from api.operators.pages.board import cards
from api.operators.pages.frame import OperatorFrame, operator_frame, operator_page
from api.operators.pages.job import MOST_CASES, MOST_CODES, MOST_NAMES, ordered
from api.operators.pages.session import sender, visitor
from api.privacy.uses import uses
from api.service import Service
from api.web.bodies import takes_long_bodies
from mobility.clock import is_over
from mobility.errors import NotFound, folder_refused
from mobility.feeds.state import read_state
from mobility.feeds.versions import KeptVersion, kept_versions, report_of
from mobility.network.files import changed_ns
from mobility.operators.jobs import Order, Verb
from mobility.operators.tokens import Role
from mobility.privacy.register import OPERATOR

LEFT_S = 86_400
LONGEST_NAME = 100


def add(bp: Blueprint, service: Service) -> None:
    _looked_at(bp, service)
    _changed(bp, service)


def _looked_at(bp: Blueprint, service: Service) -> None:
    @bp.get("/feeds/<feed>")
    @uses(OPERATOR)
    def one_feed(feed: str) -> ResponseReturnValue:
        return _page(operator_frame(service, visitor(service)), named_feed(feed))

    @bp.post("/check")
    @uses(OPERATOR)
    @takes_long_bodies
    def check() -> ResponseReturnValue:
        who, sent = sender(service, Role.LOAD), request.files.get("file")
        feed = new_feed(request.form.get("feed", "").strip())
        if sent is None or not sent.filename:
            return _page(operator_frame(service, who), feed, no_file=True)
        look_for_room(service.data(), service.config)
        licence, publisher = (request.form.get(key, "").strip()[:500] for key in ("licence", "publisher"))
        file = _kept(service.data(), sent)
        name = Path(sent.filename).name[:LONGEST_NAME]
        return ordered(service, who, Order(Verb.CHECK, feed, str(file), licence, publisher, name=name))

    @bp.post("/feeds/<feed>/compare")
    @uses(OPERATOR)
    def compare(feed: str) -> ResponseReturnValue:
        before, after = (request.form.get(key, "") for key in ("before", "after"))
        order = Order(Verb.DIFF, named_feed(feed), version=before, after=after)
        return ordered(service, sender(service, Role.LOAD), order)


def _changed(bp: Blueprint, service: Service) -> None:
    @bp.post("/feeds/<feed>/fetch")
    @uses(OPERATOR)
    def fetch(feed: str) -> ResponseReturnValue:
        return ordered(service, sender(service, Role.LOAD), Order(Verb.FETCH, named_feed(feed)))

    @bp.post("/feeds/<feed>/rollback")
    @uses(OPERATOR)
    def roll_back(feed: str) -> ResponseReturnValue:
        """To any version that is kept: back, and forward again; `sure`: also where it reaches less far."""
        version, sure = request.form.get("version", ""), "sure" in request.form
        order = Order(Verb.ROLL_BACK, named_feed(feed), version=version, force=sure)
        return ordered(service, sender(service, Role.LOAD), order)

    @bp.post("/feeds/<feed>/remove")
    @uses(OPERATOR)
    def remove(feed: str) -> ResponseReturnValue:
        who = sender(service, Role.ADMIN)
        if "sure" not in request.form:
            return _page(operator_frame(service, who), named_feed(feed))
        return ordered(service, who, Order(Verb.REMOVE, named_feed(feed)))


def _page(of: OperatorFrame, feed: str, no_file: bool = False) -> ResponseReturnValue:
    service = of.service
    card = next((one for one in cards(service) if one.id == feed), None)
    kept = _versions(service, feed)
    if card is None and not kept and not no_file:
        raise NotFound("feed", "feed")
    serving = next((one for one in kept if one.in_service), None)
    return operator_page(
        "feed",
        of,
        400 if no_file else 200,
        feed=feed,
        card=card,
        kept=[(one, datetime.fromtimestamp(one.accepted_at, UTC)) for one in kept],
        serving=serving,
        before=_before(service, feed, kept),
        report=report_of(service.data(), serving.feed) if serving else None,
        most={"codes": MOST_CODES, "cases": MOST_CASES, "names": MOST_NAMES},
        no_file=no_file,
    )


def _versions(service: Service, feed: str) -> tuple[KeptVersion, ...]:
    with suppress(NotFound):
        return kept_versions(service.data(), feed)
    return ()


def _before(service: Service, feed: str, kept: Sequence[KeptVersion]) -> str:
    """The version that `rollback` without a name leads to; "" none."""
    published = read_state(service.data(), feed).published
    there = {one.feed.sha256 for one in kept}
    return next((one for one in published[1:] if one in there), "")


def _kept(data: Path, sent: FileStorage) -> Path:
    """Raises FolderUnavailable."""
    folder = data / JOBS / CHECKED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.zip"):
            if is_over(changed_ns(file) / 10**9, LEFT_S, time.time()):
                file.unlink(missing_ok=True)
        kept = folder / f"{secrets.token_hex(8)}.zip"
        with kept.open("wb") as into:
            shutil.copyfileobj(sent.stream, into)
    except OSError as error:
        raise folder_refused(error) from error
    return kept
