"""The departures (with arrive-by: the arrivals) that one search answers for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Departures (arrivals with arrive_by) from from_s up to, but without, until_s; epoch seconds."""

    from_s: int
    until_s: int

    @property
    def width_s(self) -> int:
        return self.until_s - self.from_s

    def without(self, part: TimeSpan) -> TimeSpan:
        """What is left of a span that begins or ends where its part does."""
        if part.from_s == self.from_s:
            return TimeSpan(part.until_s, self.until_s)
        return TimeSpan(self.from_s, part.from_s)
