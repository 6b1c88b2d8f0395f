"""What the sign at a quay says."""

from __future__ import annotations

LONGEST = 3
"""Letters: more than that is a description, and stands on no sign."""


def quay_sign(platform: str) -> str:
    """ "" where there is none."""
    return platform if len(platform) <= LONGEST else ""
