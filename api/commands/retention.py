"""`hent retention`: erase what is kept no longer."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.options import config_option, data_option, print_json, read_config
from mobility.clock import now_s


@click.group()
def retention() -> None:
    """What is kept, and for how long."""


@retention.command("run")
@config_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
def run_now(config_file: Path | None, data: Path, as_json: bool) -> None:
    """Erase what is due, for good: no byte of it is left in the database. The service does the same every hour."""
    from api.carpool.carpooling import carpooling
    from api.retention import erase_what_is_due
    from api.web.storage import kept

    config = read_config(config_file)
    found = carpooling(config, kept(config, data), lambda: int(now_s()))
    erased = erase_what_is_due(found, data, found.now())
    if as_json:
        print_json([{"rule": one.rule, "erased": one.count} for one in erased])
        return
    for one in erased:
        click.echo(f"{one.count:6}  {one.rule}")
