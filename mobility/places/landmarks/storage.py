"""Landmarks as a folder that workers map, followed like a network (mobility/network/pointed.py)."""

from __future__ import annotations

from pathlib import Path

import orjson

from mobility.network.pointed import Followed, PointedFolder
from mobility.network.storage import columns, opened, save_arrays
from mobility.places.landmarks.landmark_index import LandmarkIndex

LANDMARKS = PointedFolder("landmarks", 1)
DOCUMENT = "landmarks.json"


def save_landmarks(data: Path, version: str, index: LandmarkIndex) -> None:
    """Keeps them and puts them in service."""
    document = orjson.dumps({"sources": index.sources})
    save_arrays(LANDMARKS.folder(data, version), dict(columns(index)), {DOCUMENT: document})
    LANDMARKS.put_in_service(data, version)


def open_landmarks(folder: Path) -> LandmarkIndex:
    """Raises FileNotFoundError where there are none."""
    index: LandmarkIndex = opened(LandmarkIndex, "", folder, orjson.loads((folder / DOCUMENT).read_bytes()))
    return index


def followed_landmarks(data: Path) -> Followed[LandmarkIndex]:
    return Followed(data, LANDMARKS, open_landmarks)
