"""A backup of which only the beginning arrived is called so."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mobility.backup.archive import opened
from mobility.backup.errors import UnsoundBackup


def test_a_backup_that_ends_within_its_parts_is_told_to_be_cut_short(tmp_path: Path) -> None:
    """The last part that came whole is a timetable, itself a zip, whose end is taken for that of the file."""
    feed, file = io.BytesIO(), tmp_path / "night.zip"
    with zipfile.ZipFile(feed, "w") as archive:
        archive.writestr("stops.txt", "stop_id")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("folder/feeds/bus/1.zip", feed.getvalue())
        archive.writestr("manifest.json", "{}")
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(feed.getvalue()) + len(feed.getvalue())])
    with pytest.raises(UnsoundBackup, match=r"^the backup night\.zip was cut short"), opened(file):
        pass
