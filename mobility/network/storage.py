"""A network as a folder: each column a .npy file that workers map, everything small in one JSON document.

Opening reads the document and maps the columns; no row becomes a Python object before it is asked for.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from mobility.network.files import sync
from mobility.network.network import Network
from mobility.network.terrain import Terrain

ArrayColumn = NDArray[Any]

DOCUMENT = "network.json"
UNFINISHED = ".new-"
"""How the folders begin that are being written, or were left so by a process that was killed."""
FORMAT = 10
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


def save(network: Network, folder: Path) -> None:
    document = orjson.dumps(_document(network), option=orjson.OPT_INDENT_2)
    save_arrays(folder, dict(columns(network)), {DOCUMENT: document}, settled=True)


def size_of(network: Network) -> int:
    """Bytes of its columns on disk."""
    return sum(column.nbytes for _, column in columns(network))


def save_arrays(
    folder: Path, arrays: Mapping[str, ArrayColumn], files: Mapping[str, bytes] = NO_FILES, *, settled: bool = False
) -> None:
    """The folder appears whole or not at all; where it is there already, it stays as it is. Raises OSError.

    settled: it survives a loss of power right afterwards; what can be made anew need not.
    """
    if folder.exists():
        return
    with whole_folder(folder, settled=settled) as beside:
        for name, array in arrays.items():
            np.save(beside / f"{name}.npy", array)
        for name, content in files.items():
            (beside / name).write_bytes(content)


@contextmanager
def whole_folder(folder: Path, *, settled: bool = False) -> Iterator[Path]:
    """A folder to fill, which stands there as `folder` at the end; where one does by then, that stays. Raises
    OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=UNFINISHED, dir=folder.parent))
    try:
        yield beside
        beside.chmod(0o755)
        if settled:
            _settle(beside)
        beside.rename(folder)
    except BaseException as error:
        shutil.rmtree(beside, ignore_errors=True)
        if not (isinstance(error, OSError) and folder.exists()):
            raise


def _settle(folder: Path) -> None:
    """On disk before its name is, so that a machine that loses power never comes back with half a network."""
    for path in (*folder.iterdir(), folder):
        sync(path)


def open_arrays(folder: Path) -> dict[str, ArrayColumn]:
    """Raises FileNotFoundError where there are none."""
    if not folder.exists():
        raise FileNotFoundError(folder)
    return {path.stem: mapped(path) for path in folder.glob("*.npy")}


def open_network(folder: Path) -> Network:
    """Raises FileNotFoundError where there is none, ValueError where another version of Hent wrote it."""
    document = orjson.loads((folder / DOCUMENT).read_bytes())
    if document["format"] != FORMAT:
        raise ValueError(f"network format {document['format']}, this version of Hent reads {FORMAT}")
    network: Network = opened(Network, "", folder, document)
    return network


def find_network(folder: Path) -> Network | None:
    """None where there is none, or one that cannot be opened: cut short, or of another version of Hent."""
    try:
        return open_network(folder)
    except (OSError, EOFError, ValueError, KeyError, TypeError, shapely.errors.ShapelyError):
        return None


def with_version(network: Network) -> Network:
    """The network, named by the sha256 of all that is in it."""
    digest = hashlib.sha256(orjson.dumps(_document(replace(network, version=""))))
    for name, column in columns(network):
        digest.update(f"{name} {column.dtype} {column.shape} ".encode())
        digest.update(np.ascontiguousarray(column).data)
    return replace(network, version=digest.hexdigest())


def mapped(path: Path) -> ArrayColumn:
    """The array, mapped read-only, as a plain ndarray (a memmap is slow to index). By a plain name: numpy would ask the
    system about every folder of a path."""
    column: ArrayColumn = np.load(str(path), mmap_mode="r")
    return column.view(np.ndarray)


def columns(part: Any, prefix: str = "") -> Iterator[tuple[str, ArrayColumn]]:
    """Every array in a dataclass and in those within it, by dotted name."""
    for field in fields(part):
        value, name = getattr(part, field.name), prefix + field.name
        if isinstance(value, np.ndarray):
            yield name, value
        elif isinstance(value, Terrain):
            yield f"{name}.barriers", _barriers(value)
        elif is_dataclass(value):
            yield from columns(value, f"{name}.")


def _document(network: Network) -> dict[str, Any]:
    terrain = {f.name: getattr(network.terrain, f.name) for f in fields(Terrain) if f.name != "barriers"}
    small = dict(_small(network))
    return {"format": FORMAT, "terrain": terrain, **small}


def _small(part: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Records as they are: JSON is made of them by their fields."""
    for field in fields(part):
        value, name = getattr(part, field.name), prefix + field.name
        if isinstance(value, tuple):
            yield name, value
        elif is_dataclass(value) and not isinstance(value, Terrain):
            yield from _small(value, f"{name}.")
        elif not isinstance(value, np.ndarray | Terrain):
            yield name, value


def opened(kind: Any, prefix: str, folder: Path, document: dict[str, Any]) -> Any:
    """The dataclass `kind` from its columns in the folder, everything else from the document.

    Columns that have a default may be missing: those who wrote the folder did not know them yet.
    """
    hints = _hints(kind)
    return kind(
        **{
            f.name: _value(hints[f.name], prefix + f.name, folder, document)
            for f in fields(kind)
            if f.default is MISSING or not _is_missing(hints[f.name], prefix + f.name, folder)
        }
    )


def _is_missing(hint: Any, name: str, folder: Path) -> bool:
    holds_columns = is_dataclass(hint) and hint is not Terrain
    return holds_columns and not any(folder.glob(f"{name}.*.npy"))


def _value(hint: Any, name: str, folder: Path, document: dict[str, Any]) -> Any:
    if get_origin(hint) is np.ndarray:
        return mapped(folder / f"{name}.npy")
    if hint is Terrain:
        barriers = mapped(folder / f"{name}.barriers.npy")
        areas = shapely.get_parts(shapely.from_wkb(barriers.tobytes()))
        hints = _hints(Terrain)
        return Terrain(
            barriers=tuple(areas), **{key: _read(hints[key], value) for key, value in document[name].items()}
        )
    if is_dataclass(hint):
        return opened(hint, f"{name}.", folder, document)
    return _read(hint, document[name])


def _read(hint: Any, value: Any) -> Any:
    """A value of the document as what it was: text, number, date, tuple or a record of these."""
    if hint in (date, date | None):
        return date.fromisoformat(value) if isinstance(value, str) else value
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], row) for row in value)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        return hint(**{name: _read(hints[name], inner) for name, inner in value.items()})
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _barriers(terrain: Terrain) -> ArrayColumn:
    wkb: bytes = shapely.to_wkb(shapely.GeometryCollection(list(terrain.barriers)))
    return np.frombuffer(wkb, np.uint8)
