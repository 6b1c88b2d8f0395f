"""`hent streets`: the streets of the territory, prepared from an extract of OpenStreetMap."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.failures import Failed
from api.commands.options import (
    config_option,
    data_option,
    extract_of,
    extract_option,
    json_option,
    leave_quick,
    print_json,
    progress,
    read_config,
)
from gtfs.counted import counted


@click.group()
def streets() -> None:
    """The streets that people walk, ride and drive along."""


@streets.command()
@extract_option
@config_option
@data_option
def build(extract: Path | None, config_file: Path | None, data: Path) -> None:
    """Read the extract and put its streets into service. A running server follows with its next answer.

    The timetables in service are put on the new streets, too. An extract that was read before is not read again.
    """
    from mobility.streets.build import build_streets
    from mobility.streets.storage import put_in_service, save_streets, streets_folder, version_of

    file = extract or extract_of(read_config(config_file))
    version = version_of(file)
    if streets_folder(data, version).is_dir():
        put_in_service(data, version)
        click.echo(f"in service: {file.name}, read before (streets {version[:12]})")
        _renew(config_file, data)
        return
    with progress() as said:
        built = build_streets(file, said=said)
        said("keeping them")
        save_streets(data, version, built)
    click.echo(f"in service: {file.name}, {counted(len(built.segments), 'piece')} of street (streets {version[:12]})")
    _renew(config_file, data)


@streets.command()
@json_option
@data_option
def show(as_json: bool, data: Path) -> None:
    """Which streets are in service."""
    from mobility.streets.graph import CLOSED, Mode
    from mobility.streets.storage import open_streets, version_in_service

    version = version_in_service(data)
    if version is None:
        raise Failed("no streets were built yet: hent streets build")
    known = open_streets(data, version)
    share = {str(mode): round(float((known.of(mode).cost != CLOSED).mean()), 3) for mode in Mode}
    about = {"version": version, "source": known.source, "segments": len(known.segments), "open": share}
    if as_json:
        print_json(about)
        return
    click.echo(f"{known.source}: {counted(len(known.segments), 'piece')} of street (streets {version[:12]})")
    for mode, part in share.items():
        click.echo(f"{mode:10} {part:.0%} of them are open")


@streets.command()
@config_option
@data_option
def off(config_file: Path | None, data: Path) -> None:
    """Take the streets out of service: ways are straight lines again. What was built is kept."""
    from mobility.streets.storage import take_out

    take_out(data)
    _renew(config_file, data)


def _renew(config_file: Path | None, data: Path) -> None:
    """The walks between stops, and between stops and places, are columns of the network: it is made anew."""
    from api.commands.options import today_in
    from api.feeds.desk import Desk, renew
    from mobility.feeds.state import feeds_in_service

    if feeds_in_service(data):
        config = read_config(config_file)
        with progress() as said:
            renew(Desk(data, config, today_in(config), said))
        leave_quick(data, config_file)
