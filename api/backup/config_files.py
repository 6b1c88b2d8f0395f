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
    there = {name: file for name, file in named_files(config, folder) if file.is_file()}
    small = {name: file for name, file in there.items() if file.stat().st_size <= LARGE}
    return config, {NAME: config_file, **small}


def named_files(config: Config, folder: Path) -> Iterator[tuple[str, Path]]:
    """Those within the folder, by their names there."""
    singles = (config.carpool.school_holidays, config.mail.authority if config.mail else None)
    for name in (*config.places.files, *singles):
        if isinstance(name, str) and (file := Path(name).resolve()).is_relative_to(folder):
            yield file.relative_to(folder).as_posix(), file


def read_backed_up(backup: Backup, target: Path) -> Config:
    """The config that stands, else that of the backup as it will stand. Raises InvalidConfig."""
    if target.is_file():
        return read_config(target)
    if CONFIG + NAME in backup.names(CONFIG):
        return parse_config(backup.read(CONFIG + NAME).decode("utf-8"), target.absolute().parent)
    return read_config(find_config(target.absolute().parent))


def put_config(backup: Backup, target: Path) -> list[str]:
    """Each file where none stands; the names of those that stand there otherwise than in the backup. What its
    config.toml does not name stays in it."""
    others, folder = [], target.absolute().parent.resolve()
    if CONFIG + NAME not in backup.names(CONFIG):
        return []
    config = parse_config(backup.read(CONFIG + NAME).decode("utf-8"), folder)
    wanted = {NAME: target, **dict(named_files(config, folder))}
    for part in backup.names(CONFIG):
        name = part.removeprefix(CONFIG)
        if (file := wanted.get(name)) is None:
            continue
        if not file.exists():
            backup.put(part, file)
        elif file.read_bytes() != backup.read(part):
            others.append(name)
    return others
