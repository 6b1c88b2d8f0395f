"""Clients that are slow, cut off, or speak HTTP badly, and those beside them who are not."""

from __future__ import annotations

import json
import re
import socket
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse

import pytest

from api.wire.channel import ASK_S
from tests.api.test_server import Served, served

__all__ = ["served"]
PLAN = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T08:00:00"
TRIPS = b"POST /api/trips HTTP/1.1\r\nHost: hent\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
ASKED = json.dumps({"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T08:00:00Z"}).encode()


def connected(served: Served) -> socket.socket:
    host, port = served.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def answer_to(served: Served, *pieces: bytes) -> tuple[int, dict[str, object]]:
    """The status and the body, as JSON, of what is sent on a connection of its own."""
    with connected(served) as connection:
        for piece in pieces:
            connection.sendall(piece)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, json.loads(answer.read())


def test_who_sends_slowly_holds_up_nobody(served: Served) -> None:
    """Sixteen clients whose bodies, sixteen whose heads never end, and sixteen that say nothing."""
    begun = (TRIPS + b"Content-Length: 900\r\n\r\n{", b"GET / HTTP/1.1\r\nHost: he", b"")
    with ExitStack() as slow:
        for piece in begun * 16:
            slow.enter_context(closing(connected(served))).sendall(piece)
        began_s = time.monotonic()
        for _ in range(8):
            served.get(PLAN)
        assert time.monotonic() - began_s < ASK_S - 1


def test_who_takes_an_answer_slowly_holds_up_nobody(served: Served) -> None:
    ask = b"GET /api/openapi.json HTTP/1.1\r\nHost: hent\r\n\r\n"
    with ExitStack() as slow:
        for _ in range(16):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            slow.enter_context(closing(client)).connect(connected(served).getpeername())
            client.sendall(ask * 50)
        began_s = time.monotonic()
        for _ in range(8):
            served.get(PLAN)
        assert time.monotonic() - began_s < ASK_S - 1


def test_a_body_that_is_not_whole_in_time_is_given_up(served: Served) -> None:
    began_s = time.monotonic()
    status, problem = answer_to(served, TRIPS + b"Content-Length: 900\r\n\r\n{")
    assert (status, problem["type"]) == (408, "/problems/request-timeout")
    assert ASK_S <= time.monotonic() - began_s < ASK_S + 3


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def test_a_body_in_chunks_is_put_together(served: Served) -> None:
    chunks = b"".join(chunk(ASKED[n : n + 7]) for n in range(0, len(ASKED), 7))
    status, found = answer_to(
        served, TRIPS + b"Transfer-Encoding: chunked\r\n\r\n", chunks[:20], chunks[20:] + chunk(b"")
    )
    assert status == 200
    assert len(found["itineraries"]) == 3  # type: ignore[arg-type]


MALFORMED = (b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}!!0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n", b"2;=\r\n{}\r\n0\r\n\r\n")


@pytest.mark.parametrize("chunks", MALFORMED)
def test_malformed_chunks_are_a_bad_request(served: Served, chunks: bytes) -> None:
    status, problem = answer_to(served, TRIPS + CHUNKED + chunks)
    assert (status, problem["type"]) == (400, "/problems/bad-request")


AMBIGUOUS = {
    "no host": b"GET / HTTP/1.1\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
    "a host that is none": b"GET / HTTP/1.1\r\nHost: a/b\r\n",
    "another host in the address": b"GET http://b/ HTTP/1.1\r\nHost: a\r\n",
    "an address that is none": b"GET http://[b/ HTTP/1.1\r\nHost: a\r\n",
    "two lengths": b"POST /api/trips HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
    "a length and chunks": TRIPS + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
    "chunks before they were": b"POST /api/trips HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n",
    "a length that is none": b"POST /api/trips HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000 + b"\r\n",
    "a field that goes on": b"GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\n",
    "no version": b"GET /\r\nHost: a\r\n",
}


@pytest.mark.parametrize("head", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_what_a_proxy_may_read_in_another_way_is_a_bad_request(served: Served, head: bytes) -> None:
    status, problem = answer_to(served, head + b"\r\n")
    assert (status, problem["type"]) == (400, "/problems/bad-request")


def test_a_host_needs_no_name_where_there_was_none_yet(served: Served) -> None:
    assert answer_to(served, b"GET /health/ready HTTP/1.0\r\n\r\n")[0] == 200


@pytest.mark.parametrize("length", [b"Content-Length: 99999999", b"Transfer-Encoding: chunked"])
def test_a_body_beyond_the_limit_is_refused_before_it_is_there(served: Served, length: bytes) -> None:
    """The client still sends while it is answered, and reads the answer."""
    status, problem = answer_to(served, TRIPS + length + b"\r\n\r\n", chunk(b" " * 70_000), b"x" * 200_000)
    assert (status, problem["type"]) == (413, "/problems/body-too-large")


def test_who_waits_for_a_word_before_a_long_body_is_refused_without_it(served: Served) -> None:
    status, _ = answer_to(served, TRIPS + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")
    assert status == 413


def test_a_connection_is_kept_for_the_next_request(served: Served) -> None:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=20)
    for _ in range(3):
        connection.request("POST", "/api/trips", ASKED, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert (answer.status, len(json.loads(answer.read())["itineraries"])) == (200, 3)
        assert answer.headers["Connection"] is None
        assert answer.headers["Server"] is None
    connection.close()


def test_requests_that_come_in_one_piece_are_answered_in_turn(served: Served) -> None:
    with connected(served) as connection:
        connection.sendall(b"GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n")
        found = b""
        while found.count(b"HTTP/1.1 ") < 2:
            found += connection.recv(65536)
    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"200", b"404"]
