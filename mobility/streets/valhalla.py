"""A Valhalla server: asked over HTTP, with a time-out, and left alone for a while after it failed.

Places go in the body of a POST, never into an address. Source: valhalla.github.io/valhalla, API of `route` and
`sources_to_targets`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import requests

Document = Mapping[str, Any]
LOG = logging.getLogger(__name__)
BLOCK = 1 << 16
AGENT = "hent (journey planner; street ways)"


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """whole_s: of one answer; rest_s: how long a server that failed is not asked again."""

    connect_s: float = 0.5
    whole_s: float = 2.0
    rest_s: float = 30.0
    answer_bytes: int = 16 * 2**20


USUAL_LIMITS = ServerLimits()


class ValhallaServer:
    """Safe between threads: what they share is when the server is asked again, and connections kept open."""

    def __init__(
        self, url: str, limits: ServerLimits = USUAL_LIMITS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._limits, self._clock = url.rstrip("/"), limits, clock
        self._rests_until_s = -1.0
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"User-Agent": AGENT, "Content-Type": "application/json"})

    def ask(self, action: str, question: Document) -> Document | None:
        """The answer, which may be a refusal with an `error_code`; None where there is none, or none in time."""
        if self._clock() < self._rests_until_s:
            return None
        try:
            return self._answer(action, orjson.dumps(question))
        except (requests.RequestException, ValueError) as error:
            self.rest(type(error).__name__)
            return None

    def rest(self, reason: str) -> None:
        """Ask no more for a while. reason: without any place in it."""
        self._rests_until_s = self._clock() + self._limits.rest_s
        LOG.warning("the Valhalla server is left alone", extra={"rest_s": self._limits.rest_s, "fault": reason})

    def _answer(self, action: str, question: bytes) -> Document:
        """Raises RequestException or ValueError."""
        until_s, limits = time.monotonic() + self._limits.whole_s, self._limits
        with self._session.post(
            f"{self._url}/{action}",
            data=question,
            timeout=(limits.connect_s, limits.whole_s),
            allow_redirects=False,
            stream=True,
        ) as answer:
            document = orjson.loads(b"".join(self._blocks(answer, until_s)))
            if not isinstance(document, dict) or answer.status_code not in (200, 400):
                raise ValueError(f"status {answer.status_code}")
            return document

    def _blocks(self, answer: requests.Response, until_s: float) -> Iterator[bytes]:
        size = 0
        for block in answer.iter_content(BLOCK):
            size += len(block)
            if size > self._limits.answer_bytes or time.monotonic() > until_s:
                raise ValueError("its answer is too long")
            yield block
