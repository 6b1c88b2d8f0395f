"""Address files of an operator, read, laid out and put into service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from mobility.errors import ConfigFault, InvalidConfig
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.addresses.ban import AddressFile
from mobility.places.addresses.build import AddressSource, build_addresses
from mobility.places.addresses.storage import ADDRESSES, open_addresses, save_addresses
from mobility.places.openstreetmap.addresses import addresses_of
from mobility.places.openstreetmap.mapped_territory import LICENCE, SOURCE, MappedTerritory

Said = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LoadedAddresses:
    """version: in service now. rows: read, 0 where the same files were laid out before; skipped: of these, told:
    of the first of them the file, line, field and value."""

    version: str
    index: AddressIndex
    rows: int = 0
    skipped: int = 0
    told: tuple[str, ...] = ()


def load_addresses(
    data: Path, files: Sequence[Path], about: tuple[str, str], said: Said = lambda _: None
) -> LoadedAddresses:
    """about: name and licence of the source. Files that were read before under the same are not read again.

    Raises InvalidConfig, which names the file and what is wrong in it.
    """
    missing_first(files)
    version = ADDRESSES.version_of(files, about)
    if (before := _laid_out(data, version)) is not None:
        return before
    read = [AddressFile(file) for file in files]
    source = AddressSource(*about, date=newest_day(files))
    index = build_addresses(chain.from_iterable(file.read() for file in read), source, said)
    save_addresses(data, version, index)
    told = tuple(line for file in read for line in file.told)
    return LoadedAddresses(version, index, sum(one.rows for one in read), sum(one.skipped for one in read), told)


def load_mapped_addresses(data: Path, mapped: MappedTerritory, said: Said = lambda _: None) -> LoadedAddresses:
    """Those of an extract, for where there is no address file. Raises InvalidConfig."""
    version = ADDRESSES.version_of(mapped.files, (SOURCE, LICENCE))
    if (before := _laid_out(data, version)) is not None:
        return before
    extract = mapped.read(said)
    rows = list(addresses_of(extract, mapped.communes(extract)))
    index = build_addresses(rows, AddressSource(SOURCE, LICENCE, mapped.date), said)
    save_addresses(data, version, index)
    return LoadedAddresses(version, index, len(rows))


def _laid_out(data: Path, version: str) -> LoadedAddresses | None:
    """What was laid out before is put into service again."""
    folder = ADDRESSES.folder(data, version)
    if not folder.is_dir():
        return None
    ADDRESSES.put_in_service(data, version)
    return LoadedAddresses(version, open_addresses(folder))


def missing_first(files: Sequence[Path]) -> None:
    """Raises InvalidConfig, which names a file that is not there."""
    missing = next((file for file in files if not file.is_file()), None)
    if missing is not None:
        raise InvalidConfig(missing.name, "does not exist", ConfigFault.MISSING_FILE)


def newest_day(files: Sequence[Path]) -> str:
    """ISO, of the newest file: BAN writes no date into them."""
    latest = max(file.stat().st_mtime for file in files)
    return datetime.fromtimestamp(latest, UTC).date().isoformat()
