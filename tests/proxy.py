"""The proxy of deploy/, with a certificate of its own, before services of this machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

CONFIG = Path(__file__).parent.parent / "deploy" / "nginx.conf"
NAME = "hent.example.org"
UPSTREAM = re.compile(r"server (hent-\d+):8080")
STARTS_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Ports:
    """Of this machine: of the proxy without and with TLS, and of the services in the order of the config."""

    plain: int
    tls: int
    services: tuple[int, ...]


def needed(program: str, package: str) -> str:
    """Where a program is, which Debian may have off the path."""
    found = shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{program} is not installed (Debian: {package})")
    return found


def prepare(folder: Path, ports: Ports) -> Path:
    """The config as it stands, but for its folders, its ports and the addresses of the services."""
    openssl = needed("openssl", "openssl")
    subject = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    files = ("-keyout", folder / "proxy.key", "-out", folder / "proxy.pem")
    words = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, *files]
    subprocess.run(words, check=True, capture_output=True)
    services = iter(ports.services)
    text = CONFIG.read_text("utf-8").replace("/tmp/", f"{folder}/").replace("/etc/hent", str(folder))
    text = UPSTREAM.sub(lambda _: f"server 127.0.0.1:{next(services)}", text)
    text = re.sub(r"listen \[::\].*\n", "\n", text)
    text = text.replace("listen 80 ", f"listen 127.0.0.1:{ports.plain} ")
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{ports.tls} ")
    config = folder / "nginx.conf"
    config.write_text(text)
    return config


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


@contextmanager
def proxied(folder: Path, services: Sequence[int]) -> Iterator[urllib3.HTTPSConnectionPool]:
    """A client of the proxy, which believes in its certificate alone."""
    nginx, ports = needed("nginx", "nginx-light"), Ports(free_port(), free_port(), tuple(services))
    config = prepare(folder, ports)
    # As root nginx would answer as another user, who may not enter the folders of tests.
    process = subprocess.Popen([nginx, "-c", config, "-g", "daemon off; user root;"], stderr=subprocess.PIPE)
    try:
        _wait_for(ports.tls, process)
        yield urllib3.HTTPSConnectionPool(
            "127.0.0.1", ports.tls, maxsize=8, retries=False, timeout=30, headers={"Host": NAME},
            ca_certs=str(folder / "proxy.pem"), server_hostname=NAME, assert_hostname=NAME,
        )  # fmt: skip
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up_s = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None and time.monotonic() < give_up_s, process.stderr and process.stderr.read()
            time.sleep(0.05)
