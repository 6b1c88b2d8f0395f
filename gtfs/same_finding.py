"""Which findings of the canonical rules are ours already: those about the same value, row or file. A name that both
have is not enough: both may look at other rows, or at other columns of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from gtfs.canonical import CanonicalFindings
from gtfs.notice import Notice

OUR_NAMES: Mapping[str, tuple[str, ...]] = {
    "stop_without_stop_time": ("unused_stop",),
    "station_with_parent_station": ("wrong_parent_location_type",),
    "duplicate_key": ("duplicate_key", "repeated_row", "optional_row_left_out"),
    "invalid_timezone": ("invalid_timezone", "timezone_case"),
    "number_out_of_range": ("number_out_of_range", "negative_price"),
    "missing_required_column": ("missing_required_column", "optional_table_left_out"),
    "foreign_key_violation": (
        *("foreign_key_violation", "optional_row_left_out", "optional_reference_ignored"),
        *("reference_to_missing_file", "fare_zone_without_stop"),
    ),
}
"""Canonical codes of which rules of ours find the same under these names; all others have one name."""
OUR_FILE = {"unusable_trip": "trips.txt"}
"""Where the row stands that theirs counts, whatever file it names."""
OF_PAIRS = frozenset({"overlapping_frequency"})
"""Of two rows each rule names one, not always the same."""
FoundAt = defaultdict[str, defaultdict[str, dict[int, set[str]]]]


def _seen() -> FoundAt:
    return defaultdict(lambda: defaultdict(dict))


@dataclass(frozen=True, slots=True)
class SeenFindings:
    """looked_for: our names of the codes that the canonical rules found. at: code, file, line -> fields of ours."""

    looked_for: frozenset[str]
    at: FoundAt = field(default_factory=_seen)

    @classmethod
    def of(cls, canonical: CanonicalFindings) -> SeenFindings:
        return cls(frozenset(name for one in canonical.notices for name in _our_names(one.code)))

    def noted(self, notice: Notice) -> Notice:
        """The same notice, remembered."""
        if notice.code in self.looked_for:
            self.at[notice.code][notice.file].setdefault(notice.line, set()).add(notice.field)
        return notice

    def others(
        self, canonical: CanonicalFindings, untroubled: frozenset[str]
    ) -> tuple[tuple[Notice, ...], Counter[str]]:
        """The canonical findings that are not ours, and how many there are; of those beyond the ones that were told it
        is taken that they are ours where any of the same code is."""
        told = [one for one in canonical.notices if one.code not in untroubled]
        others = tuple(one for one in told if not self.has(one))
        all_told, left = Counter(one.code for one in told), Counter(one.code for one in others)
        found = dict(canonical.counts)
        return others, Counter({code: found[code] if left[code] == all_told[code] else left[code] for code in left})

    def has(self, notice: Notice) -> bool:
        """A finding of ours about a file as a whole is about each row of it."""
        return any(self._has_as(notice, code) for code in _our_names(notice.code))

    def _has_as(self, notice: Notice, code: str) -> bool:
        if code not in self.at or code in OF_PAIRS:
            return code in self.at
        lines = self.at[code].get(OUR_FILE.get(code, notice.file), {})
        if not notice.line:
            return any(_is_about(notice, fields) for fields in lines.values())
        return 0 in lines or _is_about(notice, lines.get(notice.line, set()))


def _our_names(code: str) -> tuple[str, ...]:
    return OUR_NAMES.get(code, (code,))


def _is_about(notice: Notice, fields: set[str]) -> bool:
    """Whether one of ours names the same column, or one of both names none. A key names several."""
    return any(not notice.field or not one or notice.field in one.split() for one in fields)
