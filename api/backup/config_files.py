"""config.toml and the files that it names, as parts of a backup.

What lies in the folder of config.toml comes along, what lies elsewhere is the machine's. Large files that were made of
something else and are in service by now do not: extracts of streets, tiles, timetables, which the folder has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.config import Config, find_config, parse_config, read_config
from mobility.backup.archive import CONFIG, Backup

NAME = "config.toml"
LARGE = 64 * 2**20


def own_config(config_file: Path | None) -> Path | None:
    """None: nobody wrote one, and the demo territory's is used."""
    here = config_file or Path(NAME)
    return here if config_file or here.is_file() else None


def config_files(config_file: Path | None) -> tuple[Config, dict[str, Path]]:
    """The config, and its files by their names within its folder. Raises InvalidConfig."""
    if config_file is None:
        return read_config(find_config(Path.cwd())), {}
    config, folder = read_config(config_file), config_file.resolve().parent
    inside = {one.relative_to(folder).as_posix(): one for one in named_files(config) if one.is_relative_to(folder)}
    return config, {NAME: config_file, **inside}


def named_files(config: Config) -> Iterator[Path]:
    """Those that are there, and small enough to be the territory's own."""
    singles = (config.carpool.school_holidays, config.mail.authority if config.mail else None)
    for name in (*config.places.model_dump().values(), *singles):
        file = Path(name).resolve() if isinstance(name, str) else None
        if file and file.is_file() and file.stat().st_size <= LARGE:
            yield file


def read_backed_up(backup: Backup, target: Path) -> Config:
    """The config that stands, else that of the backup as it will stand. Raises InvalidConfig."""
    if target.is_file():
        return read_config(target)
    if CONFIG + NAME in backup.names(CONFIG):
        return parse_config(backup.read(CONFIG + NAME).decode("utf-8"), target.absolute().parent)
    return read_config(find_config(target.absolute().parent))


def put_config(backup: Backup, target: Path) -> list[str]:
    """Each file where none stands; the names of those that stand there otherwise than in the backup."""
    others = []
    for part in backup.names(CONFIG):
        name = part.removeprefix(CONFIG)
        file = target if name == NAME else target.absolute().parent / name
        if not file.exists():
            backup.put(part, file)
        elif file.read_bytes() != backup.read(part):
            others.append(name)
    return others
