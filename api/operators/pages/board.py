"""What is in service, what waits, what ends, what is missing; the last jobs; whether all is well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.feeds.jobs import jobs
from api.operators.orders import close_lost
from api.operators.pages.frame import operator_frame, operator_page
from api.operators.pages.health import health
from api.operators.pages.job import shown_job
from api.operators.pages.session import find_visitor
from api.operators.pages.sign_in import sign_in_form
from api.privacy.uses import uses
from api.service import Service
from mobility.feeds.expiry import endings
from mobility.feeds.state import feeds_in_service, left_out
from mobility.feeds.versions import waiting_feeds
from mobility.network.network import FeedVersion
from mobility.privacy.register import OPERATOR

LATEST = 5


@dataclass(frozen=True, slots=True)
class FeedCard:
    """state: in_service, ends, ended, left_out or missing. days_left: where it ends. waiting: what takes over."""

    id: str
    state: str
    version: FeedVersion | None = None
    days_left: int = 0
    waiting: FeedVersion | None = None
    may_be_fetched: bool = False

    @property
    def is_well(self) -> bool:
        return self.state == "in_service"


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("")
    @uses(OPERATOR)
    def board() -> ResponseReturnValue:
        who = find_visitor(service)
        if who is None:
            return sign_in_form(service)
        close_lost(service)
        of = operator_frame(service, who)
        latest = [shown_job(one, of.said) for one in jobs(service.data())[:LATEST]]
        return operator_page("board", of, cards=cards(service), latest=latest, health=health(service))


def cards(service: Service) -> list[FeedCard]:
    data = service.data()
    serving, waiting = feeds_in_service(data), {one.id: one for one in waiting_feeds(data)}
    ends = {one.feed: one.days_left for one in endings(serving, (), service.today())}
    fetched = {one.id for one in service.config.feeds if one.url}
    found = [
        FeedCard(one.id, _state(one.id, ends), one, ends.get(one.id, 0), waiting.get(one.id), one.id in fetched)
        for one in serving
    ]
    found += [FeedCard(one.id, "left_out", one, may_be_fetched=one.id in fetched) for one in left_out(data)]
    missing = _missing((feed.id for feed in service.config.feeds), waiting, found)
    return found + [FeedCard(one, "missing", None, 0, waiting.get(one), one in fetched) for one in missing]


def _state(feed: str, ends: dict[str, int]) -> str:
    if feed not in ends:
        return "in_service"
    return "ended" if ends[feed] < 0 else "ends"


def _missing(named: Iterable[str], waiting: Iterable[str], shown: list[FeedCard]) -> list[str]:
    """Feeds that the config names, or that wait, and of which nothing is in service."""
    known = {one.id for one in shown}
    return [one for one in dict.fromkeys((*named, *waiting)) if one not in known]
