"""An address of a feed is no way into the operator's own network: not by number, by name, by redirect, by rebinding."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Collection, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import chain, repeat
from typing import ClassVar

import pytest

from mobility.remote.errors import Unfetchable
from mobility.remote.guard import is_public
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of

BOUNDS = FetchBounds(max_bytes=1000, whole_s=5)
PUBLIC = "93.184.215.14"


class Inside(BaseHTTPRequestHandler):
    """A server that only people of the house may ask; one of its pages sends elsewhere."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        moved = self.path.startswith("/to/")
        self.send_response(302 if moved else 200)
        self.send_header("Content-Length", "0" if moved else "5")
        if moved:
            self.send_header("Location", f"http://{self.path.removeprefix('/to/')}:{self.server.server_port}/secret")
        self.end_headers()
        self.wfile.write(b"" if moved else b"inner")

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture
def port() -> Iterator[int]:
    Inside.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Inside)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def fetch(url: str, named: Collection[str] = ()) -> object:
    """As feeds and files are: from any host with a public address."""
    return body_of(RemoteFile(url, BOUNDS, named, public=True))


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Names get these addresses, one look-up after the other; the last one for ever. Numbers stay what they are."""
    later, real = chain(answers, repeat(answers[-1])), socket.getaddrinfo

    def look_up(host: str, port: int, *args: object, **kwargs: object) -> object:
        is_name = host.endswith(".example")
        return real(next(later) if is_name else host, port, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


HOSTS = """127.0.0.1 localhost 127.1 0.0.0.0 [::1] [::ffff:127.0.0.1] 10.0.0.8 169.254.169.254 192.168.1.1 [fe80::1]
    [fd00::1]"""


@pytest.mark.parametrize("host", HOSTS.split())
def test_a_private_address_is_not_asked_however_it_is_written(host: str, port: int) -> None:
    with pytest.raises(Unfetchable, match="is no public address"):
        fetch(f"http://{host}:{port}/secret")
    assert Inside.asked == []


def test_a_name_that_means_the_machine_itself_is_not_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "127.0.0.1")
    with pytest.raises(Unfetchable, match=r"feeds\.example: is no public address"):
        fetch(f"http://feeds.example:{port}/secret")
    assert Inside.asked == []


@pytest.mark.parametrize("inner", ["localhost", "127.0.0.2", "inner.example"])
def test_a_redirect_leads_to_no_private_address(inner: str, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "127.0.0.1")
    with pytest.raises(Unfetchable, match=f"{inner}: is no public address"):
        fetch(f"http://127.0.0.1:{port}/to/{inner}", {"127.0.0.1"})
    assert Inside.asked == [f"/to/{inner}"]


def test_a_name_that_changes_once_it_was_judged_gains_nothing(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, PUBLIC, "127.0.0.1")
    tried: list[str] = []

    def connect(address: tuple[str, int], *args: object) -> socket.socket:
        tried.append(address[0])
        raise OSError("no way out of the test")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unfetchable, match=r"^no answer "):
        fetch(f"http://feeds.example:{port}/secret")
    assert tried == [PUBLIC]


def test_a_host_that_the_config_names_may_be_private(port: int) -> None:
    fetched = body_of(RemoteFile(f"http://localhost:{port}/feed.zip", BOUNDS, {"localhost"}))
    assert fetched is not None and fetched[0] == b"inner"


@pytest.mark.parametrize("address", ["64:ff9b::7f00:1", "2002:7f00:1::", "100.64.0.1", "224.0.0.1", "::", "192.0.2.1"])
def test_addresses_that_lead_inside_are_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, "2a00:1450:4007:80e::200e", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_asked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
