"""One file of another server: whole or not at all, within bytes and seconds, from hosts that may be asked."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import pytest

from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of, shown
from mobility.remote.validators import Validators
from tests.mobility.remote.server import DATE, DRIP_S, ETAG, Publisher

HERE = frozenset({"127.0.0.1"})
BOUNDS = FetchBounds(max_bytes=1000, whole_s=5, silence_s=5)


def had(url: str, seen: Validators = Validators(), bounds: FetchBounds = BOUNDS) -> tuple[bytes, Validators] | None:  # noqa: B008
    return body_of(RemoteFile(url, bounds, HERE), seen)


@pytest.mark.parametrize("path", ["/file", "/to//file", "/to//to//file"])
def test_a_file_is_had_with_what_it_is_known_by(publisher: Publisher, path: str) -> None:
    assert had(publisher.address + path) == (b"x" * 500, Validators(ETAG, DATE))


@pytest.mark.parametrize("seen", [Validators(ETAG), Validators(last_modified=DATE), Validators(ETAG, "long ago")])
def test_an_unchanged_file_is_not_sent_again(publisher: Publisher, seen: Validators) -> None:
    assert had(publisher.address + "/file", seen) is None


def test_what_is_unchanged_to_one_who_has_seen_nothing_is_a_fault(publisher: Publisher) -> None:
    publisher.status = 304
    with pytest.raises(Unfetchable, match="the server answers 304"):
        had(publisher.address + "/file")


@pytest.mark.parametrize(
    ("path", "fault", "reason"),
    [
        ("/none", FetchFault.SERVER_ANSWERS, "^the server answers 404$"),
        ("/short", FetchFault.NO_ANSWER, "^no answer "),
        ("/to/ftp://127.0.0.1/file", FetchFault.NO_ADDRESS, "^only http and https"),
        ("/to/file:///etc/passwd", FetchFault.NO_ADDRESS, "^only http and https"),
        ("/to/http://[x", FetchFault.REDIRECTED_NOWHERE, "^is redirected to what is no address$"),
        (
            "/to/http://elsewhere.example/file",
            FetchFault.NOT_NAMED,
            r"^elsewhere\.example: a host that the configuration",
        ),
        ("/to//to//to//to//to//to//file", FetchFault.REDIRECTED_TOO_OFTEN, "^is redirected too often$"),
    ],
)
def test_what_cannot_be_had_says_why(publisher: Publisher, path: str, fault: FetchFault, reason: str) -> None:
    with pytest.raises(Unfetchable, match=reason) as raised:
        had(publisher.address + path)
    assert raised.value.code is fault


@pytest.mark.parametrize(("size", "shown_size"), [(1001, "1000 bytes"), (2**20 + 1, "1 MiB")])
def test_what_is_too_large_is_not_read_to_its_end(publisher: Publisher, size: int, shown_size: str) -> None:
    publisher.body = b"x" * size
    bounds = replace(BOUNDS, max_bytes=1000 if size == 1001 else 2**20)
    with pytest.raises(Unfetchable, match=f"^larger than {shown_size}$") as raised:
        had(publisher.address + "/file", bounds=bounds)
    assert (raised.value.code, raised.value.values) == (FetchFault.FETCHED_TOO_LARGE, {"most": shown_size})


@pytest.mark.parametrize("part", ["header", "body", "body/without/length"])
def test_a_server_that_sends_a_byte_at_a_time_is_left_when_the_whole_takes_too_long(
    publisher: Publisher, part: str
) -> None:
    """Each byte comes well within the silence that is borne."""
    began, bounds = time.monotonic(), replace(BOUNDS, whole_s=DRIP_S * 6)
    with pytest.raises(Unfetchable, match=r"^takes longer than 0\.3 s$") as raised:
        had(f"{publisher.address}/drip/{part}", bounds=bounds)
    assert raised.value.code is FetchFault.TOO_LONG
    assert time.monotonic() - began < DRIP_S * 40, "the server goes on for 100 bytes"


def test_what_stands_in_a_redirect_is_not_read(publisher: Publisher) -> None:
    began = time.monotonic()
    assert had(publisher.address + "/drip/redirect", bounds=replace(BOUNDS, whole_s=30)) is not None
    assert time.monotonic() - began < DRIP_S * 90, "its body is 100 bytes long"


def test_a_server_that_says_nothing_is_left(publisher: Publisher) -> None:
    with pytest.raises(Unfetchable, match=r"^no answer in time$"):
        had(publisher.address + "/drip/body", bounds=replace(BOUNDS, silence_s=DRIP_S / 10))


SILENT_RESOLVER = """
import fcntl, os, socket, struct, subprocess, sys, tempfile, time
from mobility.remote.errors import Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    fcntl.ioctl(control, 0x8914, struct.pack("16sh22x", b"lo", 0x49))
resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
resolver.bind(("127.0.0.1", 53))
with tempfile.NamedTemporaryFile("w") as named:
    named.write("nameserver 127.0.0.1\\noptions timeout:20 attempts:1\\n")
    named.flush()
    subprocess.run(["mount", "--bind", named.name, os.path.realpath("/etc/resolv.conf")], check=True)
    began = time.monotonic()
    try:
        body_of(RemoteFile("http://feeds.example/f.zip", FetchBounds(1000, whole_s=0.5), {"feeds.example"}))
    except Unfetchable as fault:
        print(f"{fault.code}: {fault}")
    resolver.settimeout(1)
    print(len(resolver.recv(512)) > 0, time.monotonic() - began < 5, flush=True)
os._exit(0)
"""


def test_a_name_that_nobody_looks_up_is_given_up_when_the_whole_takes_too_long() -> None:
    """In a network and with a resolver of its own, which is asked and says nothing."""
    alone = ["unshare", "--net", "--mount", "--map-root-user"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not permitted here (unshare --net)")
    asked = subprocess.run(
        [*alone, sys.executable, "-c", SILENT_RESOLVER], capture_output=True, text=True, check=False, timeout=60
    )
    assert asked.stdout.splitlines() == ["too_long: takes longer than 0.5 s", "True True"], asked.stderr


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://localhost/f.zip", "/etc/passwd", ""])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(Unfetchable, match="only http and https"):
        had(url)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(Unfetchable, match=r"^no answer "):
        had("http://127.0.0.1:9/file", bounds=replace(BOUNDS, whole_s=0.5))


def test_a_key_in_the_address_is_not_shown(publisher: Publisher) -> None:
    url = publisher.address.replace("//", "//user:secret@") + "/none?key=secret"
    with pytest.raises(Unfetchable) as raised:
        had(url)
    assert "secret" not in str(raised.value) + shown(url)
    assert shown(url) == publisher.address + "/none", "with its port: several services of one host are told apart"
