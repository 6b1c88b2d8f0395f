"""No third party: the service starts and answers where no way leads out, and its pages name nothing of another host."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.api.conftest import ROOT
from tests.api.motis import CheckedClient

ALONE = ["unshare", "--net", "--map-root-user"]
"""A network namespace of one's own: its loopback is down until it is set up, and there is nothing else."""
ASK = """
import fcntl, http.client, socket, struct, subprocess, sys, threading

def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh22x", b"lo", 0x49))

loopback_up()
try:
    socket.create_connection(("192.0.2.1", 80), 1)
    sys.exit("there is a way out")
except OSError:
    pass
from tests.api.test_server import SERVE
server = subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True)
threading.Timer(100, server.kill).start()
try:
    host = server.stdout.readline().split()[3].removeprefix("http://")
    trip = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T08:00:00Z"
    for path in ("/", "/lines", "/stops", "/data-use", trip):
        connection = http.client.HTTPConnection(host, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        print(answer.status, path.split("?")[0])
        answer.read()
finally:
    server.terminate()
    server.wait(20)
import os
os._exit(0)
"""
LOADED = re.compile(r'<(?:script|link|img|iframe|source|use|object|embed)\b[^>]*?\b(?:src|href|data)="([^"]+)"')
PAGES = ("/", "/lines", "/stops", "/counters", "/ranking", "/data-use")


def test_the_service_starts_and_answers_without_any_network() -> None:
    if subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("network namespaces are not permitted here (unshare --net)")
    asked = subprocess.run([*ALONE, sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.splitlines() == ["200 /", "200 /lines", "200 /stops", "200 /data-use", "200 /api/v6/plan"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_sets_no_cookie(client: CheckedClient, path: str) -> None:
    answer = client.get(path)
    loaded = LOADED.findall(answer.text)
    assert loaded
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in loaded), loaded
    assert "Set-Cookie" not in answer.headers
