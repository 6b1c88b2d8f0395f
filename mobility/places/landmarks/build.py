"""Places that people name, read from the territory's own files and from an extract, laid out and put into service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mobility.places.addresses.load import missing_first, newest_day
from mobility.places.landmarks.landmark import Landmark
from mobility.places.landmarks.landmark_index import LandmarkIndex, landmark_index
from mobility.places.landmarks.storage import LANDMARKS, open_landmarks, save_landmarks
from mobility.places.landmarks.table import read_landmarks
from mobility.places.openstreetmap.landmarks import landmarks_of
from mobility.places.openstreetmap.mapped_territory import MappedTerritory

Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LandmarkSources:
    """about: name and licence of the files. mapped: the extract, None where none serves."""

    files: Sequence[Path]
    about: tuple[str, str]
    mapped: MappedTerritory | None = None


@dataclass(frozen=True, slots=True)
class LoadedLandmarks:
    """version: in service now. is_new: not laid out before."""

    version: str
    index: LandmarkIndex
    is_new: bool


def load_landmarks(data: Path, sources: LandmarkSources, said: Said = lambda _: None) -> LoadedLandmarks:
    """Those of the files go before the extract's. What was read before under the same is not read again.

    Raises InvalidConfig, which names the file and what is wrong in it.
    """
    missing_first(sources.files)
    read = [*sources.files, *(sources.mapped.files if sources.mapped else ())]
    version = LANDMARKS.version_of(read, sources.about)
    folder = LANDMARKS.folder(data, version)
    if folder.is_dir():
        LANDMARKS.put_in_service(data, version)
        return LoadedLandmarks(version, open_landmarks(folder), False)
    index = landmark_index(_landmarks(sources, said), "; ".join(_credits(sources)))
    save_landmarks(data, version, index)
    return LoadedLandmarks(version, index, True)


def _landmarks(sources: LandmarkSources, said: Said) -> list[Landmark]:
    own = [one for file in sources.files for one in read_landmarks(file)]
    if sources.mapped is None:
        return own
    extract = sources.mapped.read(said)
    return [*own, *landmarks_of(extract.landmarks, sources.mapped.communes(extract))]


def _credits(sources: LandmarkSources) -> list[str]:
    own = [", ".join((*sources.about, newest_day(sources.files)))] if sources.files else []
    return own + ([sources.mapped.credit] if sources.mapped else [])
