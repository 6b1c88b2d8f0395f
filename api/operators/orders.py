"""What operators may order, whichever way they ask: over the API or on their page."""

from __future__ import annotations

import re
from dataclasses import replace

from api.config.feeds import FEED_ID
from api.feeds import jobs
from api.feeds.logged import log_lost
from api.operators.uploads import drop_upload
from api.parse.value_faults import RequestFault
from api.service import Service
from mobility.errors import InvalidQuery, MobilityError, NotFound, TooMany
from mobility.operators.jobs import Job, Order
from mobility.operators.log import ASKED, REFUSED, Action, write_down
from mobility.operators.tokens import Operator

PATTERN = re.compile(FEED_ID)


def begun(service: Service, who: Operator, order: Order) -> Job:
    """It stands in the log before it begins; how it ended is written by its own process. Raises FolderUnavailable,
    StorageUnavailable; TooMany. Then no upload of it is left."""
    asked = Action(who.name, order.verb, order.feed, order.version, ASKED)
    try:
        write_down(service.database(), asked, service.now())
        return jobs.begin(service.data(), service.config, order, who.name)
    except MobilityError as error:
        drop_upload(service.data(), order)
        if not isinstance(error, TooMany):
            raise
        write_down(service.database(), replace(asked, outcome=REFUSED), service.now())
        raise


def cancelled(service: Service, who: Operator, job_id: str) -> Job:
    """Raises NotFound, WrongState where it has ended."""
    found = jobs.cancel(service.data(), job_id)
    write_down(service.database(), Action(who.name, "cancel", found.order.feed), service.now())
    return found


def close_lost(service: Service) -> None:
    log_lost(service.data(), service.database(), service.now())


def named_feed(feed: str) -> str:
    """Raises NotFound for what cannot be the id of a feed."""
    if not PATTERN.fullmatch(feed):
        raise NotFound("feed", "feed")
    return feed


def new_feed(feed: str) -> str:
    """Of a feed that may be new. Raises InvalidQuery, which says what an id may be."""
    if not PATTERN.fullmatch(feed):
        raise InvalidQuery("feed", RequestFault.NO_FEED_ID)
    return feed
