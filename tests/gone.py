"""A file that is listed, and gone when it is looked at: as one that another process removes in between."""

from __future__ import annotations

from pathlib import Path


def removed_when_looked_at(path: Path) -> Path:
    """Of a link to nowhere the folder has a name, and nobody a status."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.parent / "nowhere" / "at-all")
    return path
