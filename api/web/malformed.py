"""What is no request, or too long for one: the server answers it before the application sees it. As a problem, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from gunicorn.workers.gthread import ThreadWorker

from api.web.errors import MEDIA_TYPE, UNREADABLE


class Worker(ThreadWorker):  # type: ignore[misc]
    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, Client(client, self.wsgi.extensions[UNREADABLE]), addr, exc)


class Client:
    """A client's connection; the page that the server writes of what went wrong leaves it as a problem, which repeats
    nothing of what was sent. gunicorn lets one choose the worker, and not that page."""

    def __init__(self, connection: Any, problem_of: Callable[[int], object]) -> None:
        self._connection, self._problem_of = connection, problem_of

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def sendall(self, page: bytes) -> None:
        line, _, _ = page.partition(b"\r\n")
        body = orjson.dumps(self._problem_of(int(line.split()[1])))
        headers = f"Connection: close\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
        self._connection.sendall(line + b"\r\n" + headers.encode() + body)
