"""`hent export`: what travellers need, for when there is no service."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from api.commands.failures import Failed
from api.commands.options import config_option, data_option, progress, read_config, today_in
from api.web.sentences import LANGUAGES
from gtfs.counted import counted


@click.group()
def export() -> None:
    """What travellers need, as files."""


@export.command("paper")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), help="First day of the week. Default: today.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: the territory's first.")
@config_option
@data_option
def paper(folder: Path, first_day: datetime | None, language: str | None, config_file: Path | None, data: Path) -> None:
    """Write the timetables of the seven days from --from on as HTML sheets for A4 into FOLDER: every line and stop, the
    first and last boats, counters and telephone numbers. They open from a disk and print without the service. A stop
    is as its page prints it (/stops/ID/sheet), a line has all its days on one (/lines/ID/sheet has those of one kind);
    what is announced or cancelled stands on the pages' alone."""
    from api.commands.options import territory
    from api.paper.paper import Paper
    from api.paper.sheets import write
    from api.paper.week import weeks
    from api.web.sentences import sentences, spoken

    config = read_config(config_file)
    with progress() as said:
        network = territory(data, config).network
        said("writing the sheets")
        day = first_day.date() if first_day else today_in(config)
        words = sentences(language or spoken(config.territory.languages))
        if not weeks(network, day):
            raise Failed(f"no line runs in the week of {day}: no sheet was written")
        made = Paper(network, config.territory.name, words, day)
        written = write(made, folder)
    first, last = made.covered
    click.echo(
        f"{counted(len(written), 'sheet')} with the timetables of {first} to {last}; begin with {folder / 'index.html'}"
    )
