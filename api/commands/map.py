"""`hent map`: the ground of the map, and the library that draws it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.failures import Failed
from api.commands.options import config_option, data_option, progress, read_config

if TYPE_CHECKING:
    from api.config import Config


@click.group(name="map")
def map_() -> None:
    """The map that people open: its ground and its library."""


@map_.command()
@click.option(
    "--extract",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An extract of OpenStreetMap (.osm.pbf). Default: streets.extract of the config.",
)
@config_option
@data_option
def build(extract: Path | None, config_file: Path | None, data: Path) -> None:
    """Draw water, land, roads and names of the extract, and put them under the maps. A running server follows.

    Needs tilemaker. An extract that was drawn before is not drawn again.
    """
    from mobility.ground.build import NotDrawn, build_ground
    from mobility.ground.storage import archive_of, put_in_service, version_of

    file = extract or _extract_of(read_config(config_file))
    version = version_of(file)
    archive = archive_of(data, version)
    if not archive.is_file():
        try:
            with progress() as said:
                build_ground(file, archive, said)
        except NotDrawn as error:
            raise Failed(str(error)) from error
    put_in_service(data, version)
    click.echo(f"in service: {file.name}, {archive.stat().st_size / 1e6:.1f} MB (ground {version[:12]})")


@map_.command()
@data_option
def off(data: Path) -> None:
    """Take the ground out of service: maps are drawn from the timetable alone. What was built is kept."""
    from mobility.ground.storage import take_out

    take_out(data)


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


def _extract_of(config: Config) -> Path:
    """Raises InvalidConfig where none is named."""
    from mobility.errors import InvalidConfig

    if config.streets.extract is None:
        raise InvalidConfig("streets.extract", "is missing; name an extract there or with --extract")
    return Path(config.streets.extract)
