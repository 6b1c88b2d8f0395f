"""`hent feeds`: check, load, fetch, roll back and remove the timetables of the network in service."""

from __future__ import annotations

import click

from api.commands.feeds.changes import check, fetch, load, remove, rollback
from api.commands.feeds.shown import diff, export, list_feeds, show


@click.group()
def feeds() -> None:
    """The timetables (GTFS feeds) of the network in service.

    All verbs work while a server runs on the same --data: it follows within two seconds.
    """


for verb in (check, load, fetch, rollback, remove, list_feeds, show, diff, export):
    feeds.add_command(verb)
