"""`hent backup` and `hent restore`: an installation as one file, and back (docs/operations.md)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.options import config_option, data_option, note, progress
from gtfs.counted import counted

if TYPE_CHECKING:
    from api.config import Config
    from mobility.backup.archive import Backup
    from mobility.backup.installation import Contents, Installation

FORCE = "Also where something stands already: it goes, and the backup takes its place."


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@data_option
def backup(file: Path, config_file: Path | None, data: Path) -> None:
    """Write all that cannot be made again into FILE: database, secret, timetables with their versions, config.

    While the service runs. Only its owner may read FILE: it holds personal data, and the secret that unseals them.
    """
    from api.backup.config_files import config_files, own_config
    from mobility.backup.installation import back_up
    from mobility.clock import now_s

    from_file = own_config(config_file)
    config, files = config_files(from_file)
    with progress() as said:
        contents = back_up(_installation(config, data), files, file, int(now_s()), said)
    _tell(file, contents)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help=FORCE)
@config_option
@data_option
def restore(file: Path, force: bool, config_file: Path | None, data: Path) -> None:
    """Put what `hent backup` wrote back into DIR and the database; then `hent serve` serves it.

    Where there is no config.toml, that of the backup is put there with the files it names; one that stands stays. A
    FILE that is damaged or none of Hent's is refused before anything is touched.
    """
    from api.backup.config_files import put_config, read_backed_up
    from mobility.backup.archive import opened
    from mobility.backup.installation import put_back

    target = config_file or Path("config.toml")
    with opened(file) as found, progress() as said:
        config = read_backed_up(found, target)
        put_back(found, _installation(config, data), force, said)
        for name in put_config(found, target):
            note(f"hent: {name} stands there already and stays; that of the backup is in {file} as config/{name}")
        _tell_restored(found, config, data)


def _installation(config: Config, data: Path) -> Installation:
    from api.web.storage import SECRET, storage_url
    from mobility.backup.installation import Installation

    return Installation(data, storage_url(config, data), os.environ.get(SECRET, ""))


def _tell(file: Path, contents: Contents) -> None:
    files, rows = counted(contents.files, "file"), counted(sum(contents.rows.values()), "row")
    click.echo(f"{file}: {files} of the data folder, {contents.config_files} of the config, {rows}")
    if contents.holds_secret:
        click.echo("it holds personal data and the secret that unseals them: keep it as you keep the database")
    else:
        click.echo("it holds sealed personal data; HENT_SECRET_KEY, which unseals them, is not in it")


def _tell_restored(found: Backup, config: Config, data: Path) -> None:
    from api.present.operators import instant
    from api.web.storage import ready_store
    from mobility.clock import now_s
    from mobility.operators.tokens import Operators

    click.echo(f"restored: as of {instant(found.manifest.made_at)}; start the service, or start it again")
    now = int(now_s())
    in_force = [one.name for one in Operators(ready_store(config, data)).everybody() if one.is_in_force(now)]
    if in_force:
        note(f"hent: operators' tokens in force again, revoke what ended since: {', '.join(in_force)}")
