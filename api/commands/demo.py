"""`hent demo`: the embedded territory as a feed of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mobility.clock import instant, now_s


@click.group()
def demo() -> None:
    """The embedded demo territory."""


@demo.command("build")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The calendar is made around it. Default: today."
)
def build_demo(folder: Path, day: datetime | None) -> None:
    """Write the illustrative timetable as lorient.zip, a GTFS feed, into FOLDER and print its path."""
    from demo import build

    click.echo(build(folder, day.date() if day else instant(int(now_s())).date()))
