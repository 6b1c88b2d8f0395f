"""Bytes that arrive, answers that leave and threads that are late, in the order that a busy machine may bring about."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from select import select
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from waitress import wasyncore
from waitress.adjustments import Adjustments

from api.app import create_app
from api.wire.channel import ASK_S, HEAR_S, KEEP_S, Channel, Listener, Tasks
from api.wire.worker import SETTINGS
from tests.api.conftest import config
from tests.api.test_problems import Nothing

LIVE = b"GET /health/live HTTP/1.1\r\nHost: hent\r\n\r\n"
TRIPS = b"POST /api/trips HTTP/1.1\r\nHost: hent\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
LONG_BODY = 65_536
SIZE = 8_000_000
"""Of an answer that is more than the system takes at once."""
GIVES_UP_AFTER_S = 20.0


@dataclass
class Wire:
    """A listener of the service, whose thread of the connections is that of the test: it goes on when the test says."""

    application: Any
    channel_class: type[Channel] = Channel
    map: dict[int, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tasks = Tasks(1)
        adjustments = Adjustments(**SETTINGS)
        adjustments.longest_body = LONG_BODY
        self.sock = socket.create_server(("127.0.0.1", 0))
        self.listener = Listener(self.application, self.sock, self.map, self.tasks, adjustments)
        self.listener.channel_class = self.channel_class

    def go_on(self) -> None:
        wasyncore.loop(timeout=0.05, use_poll=True, map=self.map, count=1)

    def go_on_until(self, holds: Callable[[], bool]) -> None:
        give_up_s = time.monotonic() + GIVES_UP_AFTER_S
        while not holds():
            assert time.monotonic() < give_up_s
            self.go_on()

    def is_at_rest(self) -> bool:
        return bool(self.listener.active_channels) and not self.listener.is_busy()

    def send(self, client: socket.socket, data: bytes) -> None:
        """Until it has arrived, where nobody reads it yet."""
        client.sendall(data)
        (channel,) = self.listener.active_channels.values()
        assert select([channel.socket], [], [], GIVES_UP_AFTER_S)[0]

    def look_at_the_clock(self, later_s: float) -> None:
        """As if the thread had been held up for so long since it heard or answered something."""
        for channel in tuple(self.listener.active_channels.values()):
            channel.look_at_the_clock(max(channel._began, channel._rested) + later_s)

    def answer_to(self, client: socket.socket) -> bytes:
        """What the client gets within a second in which nothing more came; raises ConnectionResetError."""
        client.setblocking(False)
        found, until_s = b"", time.monotonic() + 1
        while time.monotonic() < until_s:
            self.go_on()
            try:
                data = client.recv(1 << 20)
            except BlockingIOError:
                continue
            if not data:
                break
            found, until_s = found + data, time.monotonic() + 1
        client.setblocking(True)
        return found


@contextmanager
def wired(application: Any, channel_class: type[Channel] = Channel) -> Iterator[Wire]:
    wire = Wire(application, channel_class)
    try:
        yield wire
    finally:
        wire.tasks.shutdown(timeout=1)
        wasyncore.close_all(wire.map)


@pytest.fixture
def wire() -> Iterator[Wire]:
    with wired(create_app(config(), Nothing())) as wire:
        yield wire


@pytest.fixture
def client(wire: Wire) -> Iterator[socket.socket]:
    """Answered once, and kept since."""
    with closing(socket.create_connection(wire.sock.getsockname())) as client:
        client.sendall(LIVE)
        assert wire.answer_to(client).startswith(b"HTTP/1.1 200 ")
        wire.go_on_until(wire.is_at_rest)
        yield client


def test_a_request_that_has_arrived_is_answered_however_late_it_is_looked_at(wire: Wire, client: socket.socket) -> None:
    """The thread of the connections stood still, on a busy machine, while the next request came."""
    wire.send(client, LIVE)
    wire.look_at_the_clock(KEEP_S + 1)
    assert wire.answer_to(client).startswith(b"HTTP/1.1 200 ")


def test_who_says_nothing_for_longer_than_a_connection_is_kept_is_cut_off(wire: Wire, client: socket.socket) -> None:
    wire.look_at_the_clock(KEEP_S - 1)
    assert len(wire.listener.active_channels) == 1
    wire.look_at_the_clock(KEEP_S + 1)
    assert len(wire.listener.active_channels) == 0
    assert client.recv(1) == b""


def test_a_body_that_has_arrived_is_read_before_it_is_called_late(wire: Wire, client: socket.socket) -> None:
    begin(wire, client)
    wire.send(client, b" " * 898 + b"}")
    wire.look_at_the_clock(ASK_S + 1)
    assert b"request-timeout" not in wire.answer_to(client)


def test_a_body_that_goes_on_dripping_is_late_in_the_end(wire: Wire, client: socket.socket) -> None:
    begin(wire, client)
    wire.send(client, b" ")
    wire.look_at_the_clock(HEAR_S + 1)
    assert b"request-timeout" in wire.answer_to(client)


def test_a_service_that_ends_answers_what_has_arrived_and_says_that_it_is_the_last(
    wire: Wire, client: socket.socket
) -> None:
    assert not wire.listener.is_busy(), "it would end now"
    wire.listener.stop_listening()
    wire.send(client, LIVE)
    assert wire.listener.is_busy()
    answer = wire.answer_to(client)
    assert answer.startswith(b"HTTP/1.1 200 ") and b"Connection: close" in answer


def begin(wire: Wire, client: socket.socket) -> None:
    """A request of which the head has been read, and one byte of the body."""
    (channel,) = wire.listener.active_channels.values()
    wire.send(client, TRIPS + b"{")
    wire.go_on_until(lambda: channel.request is not None)


class Answered(Channel):
    """The thread that answers says that this was the last answer just when the last byte of it has left."""

    sent = Event()

    def _flush_some(self, do_close: bool = True) -> bool:
        flushed = super()._flush_some(do_close)
        if current_thread() is main_thread() and self.requests and not self.total_outbufs_len:
            self.sent.set()
            give_up_s = time.monotonic() + GIVES_UP_AFTER_S
            while self.requests and time.monotonic() < give_up_s:
                time.sleep(0.001)
        return flushed


class Large:
    """An answer that ends when it has been taken."""

    def __init__(self, sent: Event) -> None:
        self._sent = sent

    def __iter__(self) -> Iterator[bytes]:
        yield b"x" * SIZE

    def close(self) -> None:
        self._sent.wait(GIVES_UP_AFTER_S)


def test_a_last_answer_is_not_thrown_away_with_what_the_client_still_sends() -> None:
    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(SIZE))])
        return Large(Answered.sent)

    with wired(application, Answered) as wire, closing(socket.create_connection(wire.sock.getsockname())) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: hent\r\nConnection: close\r\n\r\n")
        wire.go_on_until(lambda: wire.listener.is_busy())
        client.sendall(b"more")
        head, _, body = wire.answer_to(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert len(body) == SIZE


class HeldUp(Channel):
    """The thread that answers is held up while it sends, as by others that answer at the same time."""

    sends, may_go_on = Event(), Event()
    looked = 0

    def _flush_some(self, do_close: bool = True) -> bool:
        if current_thread() is not main_thread():
            self.sends.set()
            assert self.may_go_on.wait(GIVES_UP_AFTER_S)
        return bool(super()._flush_some(do_close))

    def handle_write(self) -> None:
        self.looked += 1
        super().handle_write()


def test_the_thread_of_the_connections_rests_while_another_one_sends() -> None:
    """Else it looks hundreds of times an answer whether there is something to send, and holds up who sends it."""

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", "5")])
        return [b"by T1"]

    with wired(application, HeldUp) as wire, closing(socket.create_connection(wire.sock.getsockname())) as client:
        client.sendall(LIVE)
        wire.go_on_until(HeldUp.sends.is_set)
        (channel,) = wire.listener.active_channels.values()
        for _ in range(3):
            wire.go_on()
        assert channel.looked == 0
        HeldUp.may_go_on.set()
        assert wire.answer_to(client).endswith(b"by T1")


@contextmanager
def left_outside(wire: Wire) -> Iterator[socket.socket]:
    """A second client, whom the only worker, that is full, does not take."""
    with closing(socket.create_connection(wire.sock.getsockname())) as second:
        second.sendall(LIVE)
        for _ in range(3):
            wire.go_on()
        assert len(wire.listener.active_channels) == 1
        yield second


def test_who_comes_while_all_threads_answer_is_left_to_another_worker() -> None:
    """This one takes them as soon as a thread has done."""
    may_end = Event()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        assert may_end.wait(GIVES_UP_AFTER_S)
        start_response("200 OK", [("Content-Length", "5")])
        return [b"by T1"]

    with wired(application) as wire, closing(socket.create_connection(wire.sock.getsockname())) as first:
        first.sendall(LIVE)
        wire.go_on_until(wire.listener.is_busy)
        wire.go_on()
        with left_outside(wire) as second:
            may_end.set()
            assert wire.answer_to(second).endswith(b"by T1")


def test_who_sends_two_requests_at_once_leaves_no_room_while_the_second_is_answered() -> None:
    """It is begun before the thread that has answered the first says so."""
    begun, may_end = Event(), Event()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/second":
            begun.set()
            assert may_end.wait(GIVES_UP_AFTER_S)
        start_response("200 OK", [("Content-Length", "5")])
        return [b"by T1"]

    with wired(application) as wire, closing(socket.create_connection(wire.sock.getsockname())) as first:
        first.sendall(LIVE + b"GET /second HTTP/1.1\r\nHost: hent\r\n\r\n")
        wire.go_on_until(begun.is_set)
        with left_outside(wire) as second:
            may_end.set()
            assert wire.answer_to(second).endswith(b"by T1")
