"""The data folder that Hent of commit fba0be2 left behind; make.sh says how it was made, and from what."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

ARCHIVE = Path(__file__).parent / "fba0be2.tar.xz"


def unpacked(folder: Path, *, other_form: bool = False) -> Path:
    """The data folder, beside the config.toml that it was made with. other_form: its networks are as no version of
    Hent reads them, whatever form they have today."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    for document in (folder / "var" / "networks").glob("*/network.json") if other_form else ():
        document.write_text(json.dumps(json.loads(document.read_bytes()) | {"format": 0}))
    return folder / "var"
