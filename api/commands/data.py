"""`hent data`: the open data of the territory as files."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.options import config_option, data_option, note, progress, read_config


@click.group()
def data() -> None:
    """The open data that is served under /data/."""


@data.command("build")
@config_option
@data_option
def build_data(config_file: Path | None, data: Path) -> None:
    """Make the files of the network in service now; the service does it by itself when they are asked for."""
    from api.commands.options import territory
    from api.portal.products import make

    config = read_config(config_file)
    with progress() as said:
        opened = territory(data, config)
        said("writing the open data")
        folder = make(data, config, opened)
    for file in sorted(folder.iterdir()):
        note(f"{file}: {file.stat().st_size} bytes")
