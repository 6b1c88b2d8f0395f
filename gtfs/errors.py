"""What can be wrong with a feed, so wrong that it cannot be used.

FeedError
├── UnreadableFeed       no tables can be had from the file: names file, line, column, value where they are known
├── RejectedFeed         readable, but with blocking faults; carries the report
├── UnreadableRealtime   what was fetched is no GTFS-Realtime feed that can be believed
└── NoIndicators         gtfs_kit fails on it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gtfs.notice import Report


class FeedError(Exception):
    """Root of what gtfs raises."""


class UnreadableFeed(FeedError):
    def __init__(self, reason: str, *, file: str = "", line: int = 0, column: str = "", value: str = "") -> None:
        place = ":".join(str(part) for part in (file, line or "", column) if part)
        shown = f" (value {value[:80]!r})" if value else ""
        super().__init__(f"{place}: {reason}{shown}" if place else f"{reason}{shown}")
        self.reason, self.file, self.line, self.column, self.value = reason, file, line, column, value


class RejectedFeed(FeedError):
    def __init__(self, report: Report) -> None:
        super().__init__("the feed has blocking faults")
        self.report = report


class UnreadableRealtime(FeedError):
    """str(): what is wrong with it, without what it holds."""


class NoIndicators(FeedError):
    """Of a feed that is served all the same."""
