"""A Valhalla server: asked over HTTP, within bytes and the seconds of the whole (mobility/remote), and left alone for a
while after it failed.

Places go in the body of a POST, never into an address. Source: valhalla.github.io/valhalla, API of `route` and
`sources_to_targets`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import requests
from urllib3.exceptions import HTTPError

from mobility.remote.errors import Unfetchable
from mobility.remote.guard import guarded_session
from mobility.remote.remote_file import copy_body, host_of
from mobility.remote.timeout import TotalTimeout

Document = Mapping[str, Any]
LOG = logging.getLogger(__name__)
HEADERS = {"User-Agent": "hent (journey planner; street ways)", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """whole_s: of one answer; rest_s: how long a server that failed is not asked again."""

    connect_s: float = 0.5
    whole_s: float = 2.0
    rest_s: float = 30.0
    answer_bytes: int = 16 * 2**20


USUAL_LIMITS = ServerLimits()


class ValhallaServer:
    """Safe between threads: what they share is when the server is asked again."""

    def __init__(
        self, url: str, limits: ServerLimits = USUAL_LIMITS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._limits, self._clock = url.rstrip("/"), limits, clock
        self._rests_until_s = -1.0

    def ask(self, action: str, question: Document) -> Document | None:
        """The answer, which may be a refusal with an `error_code`; None where there is none, or none in time."""
        if self._clock() < self._rests_until_s:
            return None
        try:
            return self._answer(action, orjson.dumps(question))
        except (requests.RequestException, HTTPError, Unfetchable, ValueError) as error:
            self.rest(type(error).__name__)
            return None

    def rest(self, reason: str) -> None:
        """Ask no more for a while. reason: without any place in it."""
        self._rests_until_s = self._clock() + self._limits.rest_s
        LOG.warning("the Valhalla server is left alone", extra={"rest_s": self._limits.rest_s, "fault": reason})

    def _answer(self, action: str, question: bytes) -> Document:
        """Raises RequestException, HTTPError, Unfetchable or ValueError."""
        limits, blocks = self._limits, list[bytes]()
        with (
            TotalTimeout(limits.whole_s) as timeout,
            guarded_session({host_of(self._url)}, timeout) as session,
            session.post(
                f"{self._url}/{action}",
                data=question,
                headers=HEADERS,
                timeout=(limits.connect_s, limits.whole_s),
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            copy_body(answer, lambda block, total: blocks.append(block), limits.answer_bytes)
        document = orjson.loads(b"".join(blocks))
        if not isinstance(document, dict) or answer.status_code not in (200, 400):
            raise ValueError(f"status {answer.status_code}")
        return document
