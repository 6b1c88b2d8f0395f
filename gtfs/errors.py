"""What can be wrong with a feed, so wrong that it cannot be used. Each has a code, and the values that stand in its
sentence: who tells it in another language needs no more, and never reads the English one.

FeedError
├── UnreadableFeed       no tables can be had from the file: names file, line, column, value where they are known
├── RejectedFeed         readable, but with blocking faults; carries the report
├── UnreadableRealtime   what was fetched is no GTFS-Realtime feed that can be believed
└── NoIndicators         gtfs_kit fails on it
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gtfs.notice import Report


class FeedFault(StrEnum):
    TOO_MANY_DAYS = "too_many_days"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_RUNS = "too_many_runs"
    TOO_MANY_CALLS = "too_many_calls"
    UTF_16 = "utf_16"
    NO_HEADER = "no_header"
    OPEN_QUOTE = "open_quote"
    NO_TEXT = "no_text"
    NO_FILE = "no_file"
    FILE_FORBIDDEN = "file_forbidden"
    TOO_LARGE = "too_large"
    NO_ZIP = "no_zip"
    DAMAGED_ZIP = "damaged_zip"
    DAMAGED_MEMBER = "damaged_member"
    CUT_SHORT = "cut_short"
    TOO_MANY_FILES = "too_many_files"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    UNPACKS_TOO_MUCH = "unpacks_too_much"
    NAME_TWICE = "name_twice"
    NAME_OUTSIDE = "name_outside"
    ENCRYPTED = "encrypted"
    LINK = "link"
    NO_TABLE = "no_table"
    SEVERAL_FEEDS = "several_feeds"
    STAYS_UNREADABLE = "stays_unreadable"
    REJECTED = "rejected"
    NO_REALTIME = "no_realtime"
    REALTIME_TOO_LARGE = "realtime_too_large"
    REALTIME_INCOMPLETE = "realtime_incomplete"
    REALTIME_DIFFERENTIAL = "realtime_differential"
    TOO_MANY_ENTITIES = "too_many_entities"
    NO_INDICATORS = "no_indicators"


SENTENCES = {
    FeedFault.TOO_MANY_DAYS: "{services} services over {days} days are too many",
    FeedFault.TOO_MANY_ROWS: "more than {count} rows",
    FeedFault.TOO_MANY_RUNS: "more than {count} runs in all",
    FeedFault.TOO_MANY_CALLS: "more than {count} calls of runs in all",
    FeedFault.UTF_16: "is UTF-16, not UTF-8",
    FeedFault.NO_HEADER: "the header is no list of column names",
    FeedFault.OPEN_QUOTE: "a quote is never closed",
    FeedFault.NO_TEXT: "a zero byte: no text file",
    FeedFault.NO_FILE: "there is no such file",
    FeedFault.FILE_FORBIDDEN: "permission denied",
    FeedFault.TOO_LARGE: "larger than {bytes} bytes",
    FeedFault.NO_ZIP: "no zip file but {kind}",
    FeedFault.DAMAGED_ZIP: "a damaged zip file: {fault}",
    FeedFault.DAMAGED_MEMBER: "cannot be unpacked: {fault}",
    FeedFault.CUT_SHORT: "is cut short",
    FeedFault.TOO_MANY_FILES: "more than {count} files",
    FeedFault.UNPACKS_TOO_LARGE: "unpacks to more than {bytes} bytes",
    FeedFault.UNPACKS_TOO_MUCH: "unpacks to more than {times} times its size",
    FeedFault.NAME_TWICE: "a file name occurs twice",
    FeedFault.NAME_OUTSIDE: "a name that leaves the archive",
    FeedFault.ENCRYPTED: "is encrypted",
    FeedFault.LINK: "is a link",
    FeedFault.NO_TABLE: "no GTFS table in it",
    FeedFault.SEVERAL_FEEDS: "several feeds in it: {names}",
    FeedFault.STAYS_UNREADABLE: "{feed} stays in service and cannot be read again ({reason}); "
    "load it anew, or remove it",
    FeedFault.REJECTED: "the feed has blocking faults",
    FeedFault.NO_REALTIME: "is no GTFS-Realtime feed, or cut off",
    FeedFault.REALTIME_TOO_LARGE: "is larger than {mib} MiB",
    FeedFault.REALTIME_INCOMPLETE: "is empty, or an entity lacks what it must have",
    FeedFault.REALTIME_DIFFERENTIAL: "holds changes alone (DIFFERENTIAL), which the specification does not define",
    FeedFault.TOO_MANY_ENTITIES: "has more than {count} entities",
    FeedFault.NO_INDICATORS: "{fault}",
}


class FeedError(Exception):
    """Root of what gtfs raises. reason: the English sentence, without what the file holds; values: by name, what stands
    in it."""

    def __init__(self, code: str, reason: str, /, **values: Any) -> None:
        super().__init__(reason)
        self.code, self.reason, self.values = code, reason, values


class UnreadableFeed(FeedError):
    def __init__(
        self,
        code: str,
        told: str = "",
        *,
        file: str = "",
        line: int = 0,
        column: str = "",
        value: str = "",
        **values: object,
    ) -> None:
        """code: a FeedFault; or another one, with its sentence, where the file cannot be had."""
        super().__init__(code, told or SENTENCES[FeedFault(code)].format(**values), **values)
        self.file, self.line, self.column, self.value = file, line, column, value

    def __str__(self) -> str:
        shown = f" (value {self.value[:80]!r})" if self.value else ""
        return f"{self.place}: {self.reason}{shown}" if self.place else f"{self.reason}{shown}"

    @property
    def place(self) -> str:
        """`stops.txt:7:stop_lat`, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line or "", self.column) if part)


class RejectedFeed(FeedError):
    def __init__(self, report: Report) -> None:
        super().__init__(FeedFault.REJECTED, SENTENCES[FeedFault.REJECTED])
        self.report = report


class UnreadableRealtime(FeedError):
    """str(): what is wrong with it, without what it holds."""

    def __init__(self, code: FeedFault, **values: object) -> None:
        super().__init__(code, SENTENCES[code].format(**values), **values)


class NoIndicators(FeedError):
    """Of a feed that is served all the same."""

    def __init__(self, fault: str) -> None:
        super().__init__(FeedFault.NO_INDICATORS, fault, fault=fault)
