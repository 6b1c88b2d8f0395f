"""`hent map`: the ground of the map, and the library that draws it."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.failures import Failed
from api.commands.options import config_option, data_option, extract_of, extract_option, progress, read_config


@click.group(name="map")
def map_() -> None:
    """The map that people open: its ground and its library."""


@map_.command()
@extract_option
@config_option
@data_option
def build(extract: Path | None, config_file: Path | None, data: Path) -> None:
    """Draw water, land, roads and names of the extract, and put them under the maps. A running server follows.

    Needs tilemaker. An extract that was drawn before is not drawn again.
    """
    from mobility.ground.build import NotDrawn, build_ground
    from mobility.ground.storage import GROUND, archive_of, version_of

    file = extract or extract_of(read_config(config_file))
    version = version_of(file)
    archive = archive_of(data, version)
    if not archive.is_file():
        try:
            with progress() as said:
                build_ground(file, archive, said)
        except NotDrawn as error:
            raise Failed(str(error)) from error
    GROUND.put_in_service(data, version)
    click.echo(f"in service: {file.name}, {archive.stat().st_size / 1e6:.1f} MB (ground {version[:12]})")


@map_.command()
@data_option
def off(data: Path) -> None:
    """Take the ground out of service: maps are drawn from the timetable alone. What was built is kept."""
    from mobility.ground.storage import GROUND

    GROUND.take_out(data)


@map_.command()
@click.option(
    "--package",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The package as npm has it (.tgz), where there is no network. Default: npm fetches it.",
)
def library(package: Path | None) -> None:
    """Install the library that draws the map one opens (MapLibre GL JS) beside the pages' own scripts.

    Without it the drawn maps stay.
    """
    from api.web.map_library import PACKAGE, NoLibrary, fetch_and_install, install

    try:
        install(package) if package else fetch_and_install()
    except NoLibrary as error:
        raise Failed(str(error)) from error
    click.echo(f"installed: {PACKAGE}")
