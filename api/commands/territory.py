"""`hent territory`: the whole territory of a config."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.options import (
    config_option,
    data_option,
    json_option,
    leave_quick,
    niced,
    note,
    print_json,
    progress,
    read_config,
)


@click.group()
def territory() -> None:
    """All that a territory is made of: streets, addresses, timetables, vehicles for hire."""


@territory.command("fetch")
@json_option
@config_option
@data_option
def fetch_territory(as_json: bool, config_file: Path | None, data: Path) -> None:
    """Fetch all that the config names and put it into service, one line for each part.

    What came before and has not changed is left alone. A part that fails leaves the others alone, and what stood in its
    place stays. The exit code is 1 where a timetable fails that is not `optional` and has no version in service.
    """
    from dataclasses import asdict

    from api.commands.options import today_in
    from api.feeds.desk import Desk
    from api.feeds.logged import COMMAND_LINE, logged
    from api.feeds.parts import fetch_parts

    config = read_config(config_file)
    found = []
    with niced(), progress() as said:
        desk = Desk(data, config, today_in(config), said)
        with logged(desk, COMMAND_LINE, "fetch", "territory"):
            for one in fetch_parts(desk, said):
                found.append(one)
                if not as_json:
                    click.echo(str(one))
    if as_json:
        print_json([asdict(one) for one in found])
    leave_quick(data, config_file)
    barred = [one.id for one in found if one.bars]
    if barred:
        note(f"hent: the service cannot do without {', '.join(barred)}")
        raise SystemExit(1)
