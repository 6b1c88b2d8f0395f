"""By what a file that was fetched is known again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows a file again (RFC 9110, section 8.8). "": it said nothing."""

    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


NOT_SEEN = Validators()
