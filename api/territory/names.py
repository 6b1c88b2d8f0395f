"""From config.toml to the names that people type: which files and which extract addresses and landmarks are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from api.config import Config
from mobility.errors import ConfigFault, InvalidConfig
from mobility.places.addresses.load import LoadedAddresses, load_addresses, load_mapped_addresses
from mobility.places.addresses.storage import ADDRESSES
from mobility.places.landmarks.build import LandmarkSources, LoadedLandmarks, load_landmarks
from mobility.places.landmarks.storage import LANDMARKS
from mobility.places.openstreetmap.mapped_territory import MappedTerritory

Said = Callable[[str], None]


def mapped(config: Config, extract: Path | None) -> MappedTerritory | None:
    """The extract given, else that of the config, where it is there."""
    named = extract or (Path(config.streets.extract) if config.streets.extract else None)
    if named is None or not (extract or named.is_file()):
        return None
    if not named.is_file():
        raise InvalidConfig(named.name, "does not exist", ConfigFault.MISSING_FILE)
    communes = config.places.communes
    return MappedTerritory(named, Path(communes) if communes else None)


def load_named_addresses(
    data: Path, config: Config, sources: tuple[Sequence[Path], MappedTerritory | None], said: Said
) -> LoadedAddresses | None:
    """sources: address files, else those of the config, else the extract; None without any. Raises InvalidConfig."""
    files, extract = sources
    chosen = files or [Path(file) for file in config.places.addresses]
    if chosen:
        return load_addresses(data, chosen, (config.places.addresses_source, config.places.addresses_licence), said)
    return load_mapped_addresses(data, extract, said) if extract else None


def load_named_landmarks(
    data: Path, config: Config, extract: MappedTerritory | None, said: Said
) -> LoadedLandmarks | None:
    """Of the files of the config and of the extract; None where there are neither. Raises InvalidConfig."""
    places = config.places
    files = [Path(file) for file in places.landmarks]
    about = places.landmarks_source, places.landmarks_licence
    return load_landmarks(data, LandmarkSources(files, about, extract), said) if files or extract else None


def ensure_names(data: Path, config: Config, said: Said) -> None:
    """What the config names as files is put into service where nothing is that this version of Hent can read; what is
    in service later is `hent places build`. Raises InvalidConfig, OSError."""
    if ADDRESSES.in_service(data) is None:
        load_named_addresses(data, config, ((), None), said)
    if LANDMARKS.in_service(data) is None:
        load_named_landmarks(data, config, None, said)
