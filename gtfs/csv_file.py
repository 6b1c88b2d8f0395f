"""A file of comma separated values becomes a table: reads what publishers send (any line end, byte order mark, spaces,
quotes, short and long rows, Windows-1252, semicolons); what cannot be read at all raises UnreadableFeed with file, line
and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gtfs import kernels
from gtfs.counted import counted
from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.notice import Notice
from gtfs.table import MOST_TOLD, Column, Int32s, Table, merged, reading_notice

MAX_COLUMNS = 256
CHUNK_ROWS = 16384
QUOTED = re.compile(r'"((?:[^"]|"")*)"(.*)', re.DOTALL)
LOST = "\ufffd"
MARKS = "\ufeff\u200b\u00a0"
"""Invisible characters that publishers paste round values; ordinary white space is stripped as well."""
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd-\uffff]")
"""Controls, which no XML may hold, turners of the direction of writing, and the sign of a character that was lost."""
DOS_END, SPACES = b"\x1a", b" \t\r\n"
SWAPPED = bytes.maketrans(b",;", b";,")
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def read_table(name: str, data: bytearray, max_rows: int = 2**31 - 1) -> Table:
    """data: the whole file; two line feeds are appended to it. Raises UnreadableFeed."""
    file = f"{name}.txt"
    _refuse_other_encodings(file, data)
    notices = [*_without_dos_end(file, data)]
    has_semicolons = _has_semicolons(data)
    if has_semicolons:
        data = data.translate(SWAPPED)
        notices.append(reading_notice("semicolons", file, 1))
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    room = data.count(b"\n") + data.count(b"\r") + 1
    data += b"\n\n"
    reader = _Reader(file, np.frombuffer(data, np.uint8), start)
    names, found = _header(file, reader)
    reader.names, notices = names, [*notices, *found]
    if not names:
        return Table(name, {}, np.zeros(0, np.int32), tuple(notices))
    columns, lines = reader.rows(len(names), min(room, max_rows + 1))
    if len(lines) > max_rows:
        raise UnreadableFeed(FeedFault.TOO_MANY_ROWS, file=file, line=int(lines[-1]), count=max_rows)
    notices += reader.notices()
    texts = {}
    for column_name, column in zip(names, columns, strict=True):
        if column_name and column_name not in texts:
            texts[column_name], found = _decoded(file, column_name, column, reader.data, lines)
            notices += found
    if has_semicolons:
        texts = {
            name: column.read_as([_swapped_back(text) for text in column.values]) for name, column in texts.items()
        }
    return Table(name, texts, lines, tuple(notices))


def _without_dos_end(file: str, data: bytearray) -> Iterator[Notice]:
    """The sign by which DOS ended a file is no row of it."""
    if data.endswith(DOS_END) or data.rstrip(SPACES).endswith(DOS_END):
        del data[len(data.rstrip(SPACES + DOS_END)) :]
        yield reading_notice("end_of_file_character", file)


def _has_semicolons(data: bytearray) -> bool:
    """Whether they stand between the names of the header, where commas should."""
    header = data[: data.find(b"\n") if b"\n" in data else len(data)]
    return b";" in header and b"," not in header


def _swapped_back(text: str) -> str:
    text = text.translate({ord(","): ";", ord(";"): ","})
    return text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text


def _refuse_other_encodings(file: str, data: bytearray) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFeed(FeedFault.UTF_16, file=file, line=1)


def _header(file: str, reader: _Reader) -> tuple[list[str], list[Notice]]:
    bounds = np.empty((2, MAX_COLUMNS, 1), np.int64)
    reader.expect(1)
    if not reader.split(bounds, 0):
        return [], [reading_notice("empty_file", file)]
    if reader.oddities.any():
        raise UnreadableFeed(FeedFault.NO_HEADER, file=file, line=int(reader.lines[0]))
    starts, ends = bounds[:, : reader.widths[0], 0].tolist()
    written = [_text(reader.data, start, end) for start, end in zip(starts, ends, strict=True)]
    names = [name.lower() for name in written]
    repeated = {name for name in names if name and names.count(name) > 1}
    line = int(reader.lines[0])
    found = [reading_notice("duplicated_column", file, line, name) for name in sorted(repeated)]
    odd = [name for name in written if name != name.lower()]
    more = f"{counted(len(odd), 'name')} with capitals {'is' if len(odd) == 1 else 'are'} read without"
    return names, found + ([reading_notice("column_name_case", file, line, value=odd[0], message=more)] if odd else [])


@dataclass(slots=True)
class _Interned:
    """A column while it is read: see kernels.intern."""

    codes: Int32s
    slots: Int32s = field(default_factory=lambda: np.zeros(64, np.int32))
    keys: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(32, np.uint64))
    firsts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(32, np.int64))
    lasts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(32, np.int64))
    count: int = 0

    def line(self, code: int, lines: Int32s) -> int:
        """Where a value stands first."""
        return int(lines[int(np.argmax(self.codes == code))])

    def make_room(self, more: int) -> None:
        needed = self.count + more
        if needed <= len(self.keys):
            return
        size = 1 << int(needed - 1).bit_length()
        for name in ("keys", "firsts", "lasts"):
            setattr(self, name, np.resize(getattr(self, name), size))
        self.slots = np.zeros(2 * size, np.int32)
        kernels.refill(self.slots, self.keys, self.count)


class _Reader:
    """Where we are in a file, and what was odd so far."""

    def __init__(self, file: str, data: NDArray[np.uint8], position: int) -> None:
        self.file, self.data, self.position, self.line = file, data, position, 1
        self.names: list[str] = []
        self.widths: Int32s = np.zeros(0, np.int32)
        self.oddities: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self.lines: Int32s = np.zeros(0, np.int32)

    def rows(self, columns: int, most: int) -> tuple[list[_Interned], Int32s]:
        """The next rows, `most` at most."""
        chunk = min(CHUNK_ROWS, most)
        bounds = np.empty((2, columns, chunk), np.int64)
        found = [_Interned(np.empty(most, np.int32)) for _ in range(columns)]
        self.expect(most)
        total, n = 0, 1
        while total < most and n:
            n = self.split(bounds, total)
            for column, starts, ends in zip(found, bounds[0], bounds[1], strict=True):
                column.make_room(n)
                column.count = kernels.intern(
                    self.data, starts[:n], ends[:n], column.codes[total:], column.slots,
                    column.keys, column.firsts, column.lasts, column.count,
                )  # fmt: skip
            total += n
        self.lines, self.widths, self.oddities = self.lines[:total], self.widths[:total], self.oddities[:total]
        for column in found:
            column.codes = column.codes[:total]
        return found, self.lines

    def expect(self, most: int) -> None:
        self.lines, self.widths = np.empty(most, np.int32), np.empty(most, np.int32)
        self.oddities = np.empty(most, np.uint8)

    def split(self, bounds: NDArray[np.int64], done: int) -> int:
        n, position, line, fault, column = kernels.split(
            self.data, self.position, self.line, bounds[0], bounds[1],
            self.lines[done:], self.widths[done:], self.oddities[done:],
        )  # fmt: skip
        if fault:
            code = FeedFault.OPEN_QUOTE if fault == kernels.UNCLOSED_QUOTE else FeedFault.NO_TEXT
            value = bytes(self.data[position : position + 40]).decode("utf-8", "replace")
            raise UnreadableFeed(code, file=self.file, line=line, column=self._named(column), value=value)
        self.position, self.line = position, line
        return int(n)

    def _named(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else f"column {column + 1}"

    def notices(self) -> list[Notice]:
        return [
            *self._told("invalid_row_length", self.widths < len(self.names)),
            *self._told("invalid_row_length", self.widths > len(self.names)),
            *self._told("new_line_in_value", (self.oddities & kernels.LINE_BREAK) != 0),
        ]

    def _told(self, code: str, odd: NDArray[np.bool_]) -> Iterator[Notice]:
        """One notice a row, and from the hundredth on one for all the rest."""
        rows, width = np.flatnonzero(odd).tolist(), len(self.names)
        for row in rows[:MOST_TOLD]:
            message = f"{self.widths[row]} of {width} cells" if self.widths[row] != width else ""
            yield reading_notice(code, self.file, int(self.lines[row]), message=message)
        if len(rows) > MOST_TOLD:
            yield reading_notice(code, self.file, message=f"and {len(rows) - MOST_TOLD} more rows")


def _text(data: NDArray[np.uint8], first: int, last: int) -> str:
    return _clean(bytes(data[first : abs(last)]).decode("utf-8", "replace"), last < 0)


def _clean(text: str, quoted: bool) -> str:
    if quoted:
        found = QUOTED.fullmatch(text)
        inside, after = found.groups() if found else (text, "")
        text = inside.replace('""', '"') + after
    return text.strip().strip(MARKS).strip()


def _decoded(file: str, name: str, column: _Interned, data: NDArray[np.uint8], lines: Int32s) -> _Decoded:
    """The usual case at once: regular values, valid UTF-8, nothing to strip."""
    firsts, lasts = column.firsts[: column.count], column.lasts[: column.count]
    joined = kernels.joined(data, firsts, lasts)
    try:
        text = joined.tobytes().decode()
    except UnicodeDecodeError:
        return _decoded_slowly(file, name, column, data, lines)
    is_odd = LOST in text or not text.replace("\0", "").isprintable()
    if is_odd or (column.count and lasts.min() < 0):
        return _decoded_slowly(file, name, column, data, lines)
    values = np.empty(column.count, object)
    values[:] = text.split("\0")[:-1]
    return Column(column.codes, values), []


_Decoded = tuple[Column, list[Notice]]


def _decoded_slowly(file: str, name: str, column: _Interned, data: NDArray[np.uint8], lines: Int32s) -> _Decoded:
    """One by one: what is no UTF-8 is taken for Windows-1252, which has what Latin-1 has and more, and told."""
    values, notices = [], []
    bounds = zip(column.firsts[: column.count].tolist(), column.lasts[: column.count].tolist(), strict=True)
    for code, (first, last) in enumerate(bounds):
        raw = data[first : abs(last)].tobytes()
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
            notices.append(reading_notice("invalid_character", file, column.line(code, lines), name, text))
        text = _clean(text, last < 0)
        if lost := UNSHOWABLE.findall(text):
            text = _clean(UNSHOWABLE.sub("", text), quoted=False)
            why = f"without {', '.join(f'U+{ord(one):04X}' for one in dict.fromkeys(lost))}"
            notices.append(reading_notice("unshowable_character", file, column.line(code, lines), name, text, why))
        values.append(text)
    return merged(column.codes, values), notices
