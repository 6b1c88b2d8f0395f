"""How the versions of the MOTIS API differ; everything else answers as version 6.

Source: the version notes at the top of the MOTIS OpenAPI description.
"""

from dataclasses import dataclass

NEWEST = 6
OLD_MODES = {"SUBURBAN": "METRO", "AERIAL_LIFT": "AREAL_LIFT"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """version: 1..6 of the path /api/vN/."""

    version: int = NEWEST

    @property
    def polyline_precision(self) -> int:
        return 7 if self.version < 2 else 6

    @property
    def counts_rides_as_transfers(self) -> bool:
        """Before version 3 maxTransfers counted the rides."""
        return self.version < 3

    @property
    def short_name_is_display_name(self) -> bool:
        return self.version < 4

    @property
    def has_level(self) -> bool:
        """Before version 6 a place always had a level, 0 where it is not known."""
        return self.version < 6

    def mode(self, mode: str) -> str:
        return OLD_MODES.get(mode, mode) if self.version < 5 else mode
