"""`hent feeds diff`."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.options import config_option, data_option, json_option, print_json, read_config


@click.command()
@click.argument("feed_id", metavar="ID")
@click.argument("before", metavar="[A]", required=False, default="")
@click.argument("after", metavar="[B]", required=False, default="")
@json_option
@config_option
@data_option
def diff(feed_id: str, before: str, after: str, as_json: bool, config_file: Path | None, data: Path) -> None:
    """What travellers would notice between two versions of a feed: lines, stops, trips a day, first and last
    departures, connections lost, golden queries answered otherwise.

    A, B: the beginning of the sha256 of versions that are kept. Default: the version published before, and the one
    in service.
    """
    from api.commands.options import today_in
    from api.feeds.loading import Desk, compare
    from api.present.feed_diff import diff_json, diff_lines

    config = read_config(config_file)
    found = compare(Desk(data, config, today_in(config)), feed_id, before, after)
    if as_json:
        print_json(diff_json(found))
        return
    for line in diff_lines(found):
        click.echo(line)
