"""Arrays in one file of a folder, mapped all at once. A file for each costs a handful of system calls, at every one of
which a thread lets others go first: where days are laid out again with each live version that adds up.

The file: the length of its index (8 bytes, little-endian), the index (JSON: name, dtype, shape, first byte), and each
array from a multiple of 64 bytes on.
"""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from mobility.network.storage import open_arrays, whole_folder

PACKED = "arrays.packed"
LENGTH, ALIGNED = 8, 64

Arrays = Mapping[str, NDArray[Any]]


def save_packed(folder: Path, arrays: Arrays, *, settled: bool = False) -> None:
    """The folder appears whole or not at all; where it is there already, it stays as it is. Raises OSError. settled: it
    survives a loss of power right afterwards."""
    if folder.exists():
        return
    with whole_folder(folder, settled=settled) as beside, (beside / PACKED).open("wb") as file:
        _write(file, arrays)


def open_packed(folder: Path) -> dict[str, NDArray[Any]]:
    """Read-only. Also of a folder with a file for each. Raises FileNotFoundError where there is none, ValueError where
    it is cut short."""
    try:
        file = (folder / PACKED).open("rb")
    except FileNotFoundError:
        if found := open_arrays(folder):
            return found
        raise  # its file is gone already, and the folder not yet
    with file:
        return unpacked(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def packed(arrays: Arrays) -> bytes:
    file = BytesIO()
    _write(file, arrays)
    return file.getvalue()


def unpacked(content: bytes | mmap.mmap) -> dict[str, NDArray[Any]]:
    """Views of it. Raises ValueError where it is cut short."""
    data = LENGTH + int.from_bytes(content[:LENGTH], "little")
    return {
        name: np.frombuffer(content, dtype, int(np.prod(shape)), first).reshape(shape)
        for name, dtype, shape, first in orjson.loads(content[LENGTH:data])
    }


def _write(file: IO[bytes], arrays: Arrays) -> None:
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    index = _index(plain, 0)
    while (grown := _index(plain, _aligned(LENGTH + len(index)))) != index:  # its length depends on what it says
        index = grown
    file.write(len(index).to_bytes(LENGTH, "little") + index)
    for array in plain.values():
        file.write(bytes(_aligned(file.tell()) - file.tell()))
        file.write(array.data)


def _index(arrays: Arrays, first: int) -> bytes:
    """first: byte at which the first array begins."""
    rows = []
    for name, array in arrays.items():
        rows.append((name, array.dtype.str, array.shape, first))
        first = _aligned(first + array.nbytes)
    return orjson.dumps(rows)


def _aligned(byte: int) -> int:
    return -(-byte // ALIGNED) * ALIGNED
