"""MapLibre GL JS beside our own scripts, where it was installed: it draws the map that one opens. Pages are whole
without it.

It is a package of npm, too large for the project and not ours; who sets Hent up brings it by `hent map library`.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from base64 import b64encode
from functools import cache
from hashlib import sha512
from pathlib import Path
from tempfile import TemporaryDirectory

from api.web.assets import FOLDER

PACKAGE = "maplibre-gl@6.17.0"
INTEGRITY = "2chIZwpLGenoUQOcnm9Pk4SLbA8ppNFq8jlpXiq9vcYm3Y1wJ3fc82FL0GLwBaPYJCLzPv/mC46KEupVov75rQ=="
"""sha512 of the package, as its registry tells it."""
HERE = FOLDER / "maplibre"
MEMBERS = {
    "package/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "package/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "package/dist/maplibre-gl.css": "maplibre-gl.css",
    "package/LICENSE.txt": "LICENSE.txt",
}
PATIENCE_S = 300


class NoLibrary(Exception):
    """reason: with what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the library of the map is not installed: {reason}")
        self.reason = reason


@cache
def is_there() -> bool:
    return all((HERE / name).is_file() for name in MEMBERS.values())


def fetch_and_install() -> None:
    """By npm. Raises NoLibrary."""
    if shutil.which("npm") is None:
        raise NoLibrary("npm is not there (Debian: apt-get install npm)")
    with TemporaryDirectory(prefix="maplibre-") as folder:
        command = ["npm", "pack", PACKAGE, "--ignore-scripts", "--pack-destination", folder]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S, cwd=folder)
        except subprocess.TimeoutExpired as error:
            raise NoLibrary(f"npm did not answer within {PATIENCE_S} s") from error
        found = list(Path(folder).glob("*.tgz"))
        if done.returncode or not found:
            raise NoLibrary(f"npm cannot fetch {PACKAGE}: {done.stderr.strip()[-300:]}")
        install(found[0])


def install(package: Path) -> None:
    """What pages load of the package as npm has it (.tgz). Raises NoLibrary."""
    if b64encode(sha512(package.read_bytes()).digest()).decode("ascii") != INTEGRITY:
        raise NoLibrary(f"{package.name} is not {PACKAGE}")
    HERE.mkdir(exist_ok=True)
    with tarfile.open(package) as archive:
        for member, name in MEMBERS.items():
            held = archive.extractfile(member)
            assert held is not None, member
            (HERE / name).write_bytes(held.read())
    is_there.cache_clear()
