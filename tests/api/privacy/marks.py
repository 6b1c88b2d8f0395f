"""Marks: values that nobody else has, and the search for them in every form that they may be written in."""

from __future__ import annotations

import re
import struct
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

from mobility.geo import Point
from mobility.polyline import encode as polyline

OF_ANYBODY = re.compile(rf"[^/]|/(dev/(null|urandom)|proc|sys|usr)|{re.escape(sys.prefix)}/")
"""Open files that are the machine's or those of installed packages, and what is no file."""
DECIMAL = re.compile(rb"[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Mark:
    """forms: all byte strings that give it away, in small letters where they are text."""

    name: str
    forms: tuple[bytes, ...]

    def is_in(self, content: bytes) -> bool:
        return self.is_among(content, content.lower())

    def is_among(self, content: bytes, small: bytes) -> bool:
        """small: the content in small letters, which hold a form without capitals wherever the content does."""
        return any(_holds(small if form == form.lower() else content, form) for form in self.forms)


def _holds(content: bytes, form: bytes) -> bool:
    """A decimal number stands by itself: `13.357` seconds past a minute are no 3.357 degrees."""
    if not DECIMAL.fullmatch(form):
        return form in content
    return form in content and re.search(rb"(?<![0-9])" + re.escape(form), content) is not None


def text(name: str, value: str) -> Mark:
    """As it is, in an address, hexadecimal, and in base64 at each of its three offsets."""
    raw = value.encode()
    plain = {
        raw,
        quote(value).encode(),
        quote(value, safe="").encode(),
        quote_plus(value).encode(),
        raw.hex().encode(),
        raw[::-1],
    }
    return Mark(name, tuple(dict.fromkeys([*(form.lower() for form in plain), *_base64(raw)])))


def position(name: str, lat: float, lon: float) -> Mark:
    """Each of both numbers: as it was sent, rounded down to three decimals (100 m), as a double, and in base64; both
    as where a polyline begins."""
    forms = {polyline([Point(lat, lon)], decimals).encode() for decimals in (5, 6)}
    for degrees in (lat, lon):
        rounded = [f"{abs(degrees):.{decimals}f}".encode() for decimals in range(3, 8)]
        cut = [str(abs(degrees)).encode()[: 3 + decimals] for decimals in range(3, 8)]
        doubles = [struct.pack(order, degrees) for order in ("<d", ">d")]
        forms |= {*rounded, *cut, *doubles, *_base64(str(degrees).encode())}
    return Mark(name, tuple(forms))


def _base64(raw: bytes) -> Iterator[bytes]:
    """What is common to all texts that hold it; the characters at its ends depend on the neighbours."""
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            inner = encode(b"\0" * before + raw).rstrip(b"=")
            yield inner[-(-8 * before // 6) : len(inner) - 1]


def found_in(marks: tuple[Mark, ...], content: bytes) -> set[str]:
    small = content.lower()
    return {mark.name for mark in marks if mark.is_among(content, small)}


def files_below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path


def open_files(pid: int) -> Iterator[tuple[str, bytes]]:
    """What a process and its children hold open and is a file, also where it has no name any more."""
    for process in (pid, *children(pid)):
        for handle in Path(f"/proc/{process}/fd").iterdir():
            try:
                target = str(handle.readlink())
                if OF_ANYBODY.match(target) is None and handle.is_file():
                    yield target, handle.read_bytes()
            except OSError:
                continue


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
