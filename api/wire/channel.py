"""One connection: how long it may take to ask and to be answered, and how it ends."""

from __future__ import annotations

import logging
import time
from select import POLLIN, poll
from socket import SHUT_WR, socket
from threading import Lock
from typing import Any

import orjson
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

from api.web.bodies import LONG
from api.web.errors import MEDIA_TYPE, UNREADABLE
from api.web.metrics import REFUSED
from api.wire.long_body import LongBody
from api.wire.request import ArrivingRequest, Late
from api.wire.tasks import Tasks

LOG = logging.getLogger("hent.wire")
ASK_S, KEEP_S = 5.0, 5.0
"""From the first byte of a request to the last of its body; without a byte between two requests."""
HEAR_S = 2 * ASK_S
"""The first, where bytes of it have arrived that were not read yet."""
TAKE_S, LEAST_BYTES_S = 30.0, 1_000
"""An answer is taken within so long, and a second more for so many bytes of it."""
TELL_S = 60.0
LINGER_S = 2.0
"""What a client still sends is heard for so long after a last answer, else its system would throw that away."""
UPLOAD_SILENCE_S, UPLOAD_S = 10.0, 600.0
"""How long a long body may take; the application ends it sooner."""


class RefusalCount:
    """A line in the log for all of a minute: whoever likes can be refused a thousand times a second."""

    def __init__(self) -> None:
        self._count, self._told = 0, -TELL_S

    def count(self) -> None:
        self._count += 1
        if time.monotonic() - self._told >= TELL_S:
            LOG.warning("Invalid request", extra={"count": self._count})
            self._count, self._told = 0, time.monotonic()


class Refusal(ErrorTask):  # type: ignore[misc]
    """What cannot be read as a request is answered with a problem, which repeats nothing of what was sent."""

    def execute(self) -> None:
        error = self.request.error
        self.channel.server.refusals.count()
        REFUSED.labels(error.code).inc()
        body = orjson.dumps(self.channel.server.application.extensions[UNREADABLE](error.code))
        self.status, self.content_length = f"{error.code} {error.reason}", len(body)
        self.response_headers.append(("Content-Type", MEDIA_TYPE))
        self.set_close_on_finish()
        self.write(body)


class AnswerTask(WSGITask):  # type: ignore[misc]
    def execute(self) -> None:
        if self.request.is_long or self.channel.server.is_ending:
            self.set_close_on_finish()
        super().execute()

    def get_environment(self) -> dict[str, Any]:
        is_new = self.environ is None
        environ: dict[str, Any] = super().get_environment()
        if is_new and self.request.is_long:
            environ[LONG] = True
            environ["wsgi.input"] = LongBody(self.channel.socket, self.request, UPLOAD_SILENCE_S, UPLOAD_S)
        return environ


class Channel(HTTPChannel):  # type: ignore[misc]
    """All times are of the monotonic clock."""

    parser_class = ArrivingRequest
    task_class = AnswerTask
    error_task_class = Refusal
    request: ArrivingRequest | None
    close_when_flushed: bool

    def __init__(self, server: Listener, sock: socket, addr: Any, adj: Any, map: dict[int, Any]) -> None:
        self._began = self._rested = time.monotonic()
        self._sending_since, self._sent = 0.0, 0
        self._lingers_until = 0.0
        self._waits = False
        super().__init__(server, sock, addr, adj, map=map)

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self._began = time.monotonic()
        return bool(super().received(data))

    def wait(self) -> None:
        """The next request, which came with the last one, is begun when the answer to that has been taken: else a
        client that takes nothing could have as many made as it likes."""
        self._waits = True

    def asks_at_length(self) -> bool:
        """Whether its next request has a long body."""
        return bool(self.requests) and bool(self.requests[0].is_long)

    def is_busy(self) -> bool:
        """Whether a request is there, answered, or on its way in."""
        is_answered = bool(self.requests or self.total_outbufs_len)
        return is_answered or self.request is not None or self._has_something_to_hear()

    def look_at_the_clock(self, now: float) -> None:
        """In the thread of the connections."""
        self._go_on()
        if self._lingers_until:
            if now > self._lingers_until:
                self.handle_close()
        elif self.total_outbufs_len:
            if self._takes_too_long(now):
                self.will_close = True
                self.handle_close()
        elif not self.requests:
            self._end_what_is_late(now)

    def service(self) -> None:
        is_long = self.asks_at_length()
        try:
            super().service()
        finally:
            self._rested = time.monotonic()
            if not is_long:
                self.server.has_answered()

    def readable(self) -> bool:
        return bool(self._lingers_until or super().readable())

    def writable(self) -> bool:
        return not self._lingers_until and bool(super().writable()) and self._is_ours_to_send()

    def _is_ours_to_send(self) -> bool:
        """Not while a thread that answers sends what it has written: it tells this one when it leaves something. To ask
        again and again until it is done would keep it from being done, as both need the interpreter."""
        if not self.requests or self.will_close or self.total_outbufs_len > self.adj.outbuf_high_watermark:
            return True
        is_free = bool(self.outbuf_lock.acquire(False))
        if is_free:
            self.outbuf_lock.release()
        return is_free

    def handle_read(self) -> None:
        if not self._lingers_until:
            super().handle_read()
        elif self.connected:
            self.recv(self.adj.recv_bytes)

    def handle_write(self) -> None:
        """As waitress does, but that a connection which has been answered is not cut off, whenever the thread that
        answers says that it was the last answer."""
        if not self.requests:
            self._flush_exception(self._flush_some)
        elif self.total_outbufs_len >= self.adj.send_bytes:
            self._flush_exception(self._flush_some_if_lockable)
        self._go_on()
        if self.will_close:
            self.handle_close()
        elif self.close_when_flushed and self.connected and not self.total_outbufs_len:
            self._linger()

    def _flush_some(self, do_close: bool = True) -> bool:
        if not self._sending_since:
            self._sending_since, self._sent = time.monotonic(), 0
        before = self.total_outbufs_len
        flushed = bool(super()._flush_some(do_close=do_close))
        self._sent += before - self.total_outbufs_len
        if not self.total_outbufs_len:
            self._sending_since, self._rested = 0.0, time.monotonic()
        return flushed

    def _takes_too_long(self, now: float) -> bool:
        return bool(self._sending_since) and now - self._sending_since > TAKE_S + self._sent / LEAST_BYTES_S

    def _end_what_is_late(self, now: float) -> None:
        """A connection that is cut off while bytes wait in it takes an answer away from a client that was in time: this
        thread may have been late itself, on a machine that is busy, and not the client."""
        with self.requests_lock:
            if self.request is None:
                if now - self._rested > KEEP_S and not self._has_something_to_hear():
                    self.will_close = True
                    self.handle_close()
            elif now - self._began > (HEAR_S if self._has_something_to_hear() else ASK_S) and not self.requests:
                self.request.refuse(Late(""))
                self.requests.append(self.request)
                self.request = None
                self.server.add_task(self)

    def _has_something_to_hear(self) -> bool:
        """Bytes that have arrived and were not read yet, or the end of the connection."""
        heard = poll()
        heard.register(self.socket.fileno(), POLLIN)
        return bool(heard.poll(0))

    def _go_on(self) -> None:
        if self._waits and not self.total_outbufs_len:
            self._waits = False
            self.server.add_task(self)

    def _linger(self) -> None:
        try:
            self.socket.shutdown(SHUT_WR)
        except OSError:
            self.handle_close()
        else:
            self._lingers_until = time.monotonic() + LINGER_S


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """Takes connections on a socket that is bound already."""

    channel_class = Channel
    is_ending = False
    """Answers say then that no more is answered on their connection."""

    def __init__(self, application: Any, sock: socket, map: dict[int, Any], tasks: Tasks, adj: Any) -> None:
        where = (sock.family, sock.type, sock.proto, sock.getsockname())
        self.refusals, self._threads = RefusalCount(), len(tasks.answering.threads)
        self._answering, self._counting = 0, Lock()
        super().__init__(application, map, _sock=sock, dispatcher=tasks, adj=adj, sockinfo=where, bind_socket=False)

    def readable(self) -> bool:
        """Who comes while all threads answer is left to another worker, or else waits for the first that has done: a
        connection that is kept would wait behind the others for as long as it is kept."""
        return bool(super().readable()) and not self._is_full()

    def add_task(self, channel: Channel) -> None:
        if channel.total_outbufs_len:
            channel.wait()
            return
        if not channel.asks_at_length():
            with self._counting:
                self._answering += 1
        super().add_task(channel)

    def has_answered(self) -> None:
        """One request. The next one of its connection may have been added before."""
        with self._counting:
            was_full = self._is_full()
            self._answering -= 1
        if was_full:
            self.pull_trigger()

    def _is_full(self) -> bool:
        return self._answering >= self._threads

    def maintenance(self, now: float) -> None:
        """Nothing: it goes by the clock on the wall, which may jump."""

    def look_at_the_clock(self) -> None:
        now = time.monotonic()
        for channel in tuple(self.active_channels.values()):
            channel.look_at_the_clock(now)

    def is_busy(self) -> bool:
        return any(channel.is_busy() for channel in tuple(self.active_channels.values()))

    def stop_listening(self) -> None:
        self.accepting, self.is_ending = False, True
        self.del_channel()
        self.socket.close()
