"""Connections to hosts that the config names, and to public addresses where that is allowed, so that an address of a
feed is no way into the network behind the service.

The name is looked up here, each address that it has is judged, and the connection goes to one that was judged: a
name that changes in between gains nothing. The same holds for every redirect. A proxy of the environment is not asked,
for nobody here would see where it connects.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from concurrent.futures import Future
from threading import Thread
from typing import Any, ClassVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError

from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.timeout import TotalTimeout

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def guarded_session(named: Collection[str], timeout: TotalTimeout) -> requests.Session:
    """named: hosts that may be private, as the config names them, in lower case. Its connections last until the
    timeout at most."""
    session = _Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(frozenset(named), timeout))
    return session


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None, as of an answer that leads nowhere else: who asks looks for itself. requests would read the whole body
        of a redirect, however large, be it told to follow or not."""


def is_public(address: Address) -> bool:
    """Whether it leads to nobody's own network, however it is written."""
    inner = _inside(address)
    return is_public(inner) if inner is not None else address.is_global and not address.is_multicast


def _inside(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that some IPv6 addresses stand for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class _Guarded:
    """In front of a connection class of urllib3."""

    named: ClassVar[frozenset[str]]
    total: ClassVar[TotalTimeout]

    def _new_conn(self) -> socket.socket:
        connection: Any = self
        host, port = connection.host.strip("[]"), connection.port or connection.default_port
        try:
            addresses = _looked_up(host, port, min(connection.timeout, self.total.left_s))
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(host, connection, socket.gaierror(str(error))) from error
        if host.lower() not in self.named and not all(map(_may_be_asked, addresses)):
            raise Unfetchable(FetchFault.NOT_PUBLIC, host=host)
        opened = _connected(connection, addresses, port, self.total)
        self.total.watch(opened)
        return opened


def _looked_up(host: str, port: int, longest_s: float) -> list[str]:
    """In a thread of its own, which is left alone when the time is over: the resolver of the system waits as long as it
    likes. Raises OSError, UnicodeError."""
    answer: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result(list(dict.fromkeys(str(one[4][0]) for one in found)))
        except Exception as error:
            answer.set_exception(error)

    Thread(target=look_up, daemon=True).start()
    return answer.result(longest_s)


def _may_be_asked(address: str) -> bool:
    return is_public(ipaddress.ip_address(address.partition("%")[0]))


def _connected(connection: Any, addresses: list[str], port: int, timeout: TotalTimeout) -> socket.socket:
    """To the first of them that answers."""
    fault: OSError | None = None
    for address in addresses:
        try:
            if timeout.is_over:
                raise TimeoutError
            return socket.create_connection((address, port), min(connection.timeout, timeout.left_s))
        except OSError as error:
            fault = error
    raise NewConnectionError(connection, f"no connection: {fault}") from fault


class _Http(_Guarded, HTTPConnection):
    pass


class _Https(_Guarded, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    def __init__(self, named: frozenset[str], timeout: TotalTimeout) -> None:
        self._of_this_fetch = {"named": named, "total": timeout}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = (("http", HTTPConnectionPool, _Http), ("https", HTTPSConnectionPool, _Https))
        self.poolmanager.pool_classes_by_scheme = {
            scheme: type("Pool", (pool,), {"ConnectionCls": type("Connection", (kind,), self._of_this_fetch)})
            for scheme, pool, kind in pools
        }
