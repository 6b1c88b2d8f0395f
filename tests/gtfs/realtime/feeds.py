"""GTFS-Realtime files for tests, written as the text form of protobuf that the specification itself uses."""

import os
from pathlib import Path

import pytest
from google.protobuf import text_format
from google.transit import gtfs_realtime_pb2 as pb


def feed(*entities: str, header: str = "timestamp: 1") -> bytes:
    """The bytes of a feed of these entities, each with an id of its own."""
    said = "".join(f'entity {{ id: "{row}" {entity} }}' for row, entity in enumerate(entities))
    text = f'header {{ gtfs_realtime_version: "2.0" {header} }} {said}'
    return text_format.Parse(text, pb.FeedMessage()).SerializeToString()


def reference_data(name: str) -> Path:
    """A file or folder of the reference data; the test is skipped where there are none."""
    folder = os.environ.get("HENT_REFERENCE_DATA")
    if not folder:
        pytest.skip("HENT_REFERENCE_DATA is not set")
    return Path(folder) / name
