"""`hent feeds`, the verbs that change nothing: list, show, diff, export."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from api.commands.options import (
    config_option,
    data_option,
    json_option,
    note,
    note_forgotten,
    print_json,
    read_config,
)


@click.command("list")
@json_option
@config_option
@data_option
def list_feeds(as_json: bool, config_file: Path | None, data: Path) -> None:
    """The feeds in service, those that wait for their day, those that end soon, and those of the config not loaded."""
    from api.commands.options import today_in
    from api.present.feeds import feed_line, feeds_json, left_out_json, left_out_line, pointer_line
    from mobility.feeds.expiry import endings
    from mobility.feeds.state import feeds_in_service, left_out
    from mobility.feeds.versions import waiting_feeds
    from mobility.network.current import POINTER, is_pointer_damaged

    config, serving, waiting = read_config(config_file), feeds_in_service(data), waiting_feeds(data)
    missing = [feed.id for feed in config.feeds if feed.id not in {one.id for one in serving}]
    note_forgotten(data)
    if is_pointer_damaged(data):
        note(f"hent: {pointer_line(data / POINTER, serving)}")
    if as_json:
        print_json(feeds_json(serving, waiting, missing, today_in(config)) | left_out_json(left_out(data)))
        return
    for feed in serving:
        click.echo(feed_line(feed))
    for feed in waiting:
        click.echo(feed_line(feed, f"  takes over on {feed.first_day}"))
    for one in endings(serving, waiting, today_in(config)):
        click.echo(f"warning: {one}")
    for feed in left_out(data):
        click.echo(left_out_line(feed))
    for name in missing:
        click.echo(f"{name:16} not loaded: hent feeds load {name}")


@click.command()
@click.argument("feed_id", metavar="ID")
@json_option
@config_option
@data_option
def show(feed_id: str, as_json: bool, config_file: Path | None, data: Path) -> None:
    """What is known of a feed: the version in service, whether it ends soon, the report of its checks, how much service
    it gives (once `hent data build` or the service has reckoned it), and the versions that are kept."""
    from api.commands.options import today_in
    from api.portal.folder import description_of
    from api.present.feeds import (
        Findings,
        feed_json,
        service_lines,
        shown_ending,
        shown_json,
        shown_version,
        version_line,
    )
    from mobility.feeds.versions import kept_versions, report_of

    kept, today = kept_versions(data, feed_id), today_in(read_config(config_file))
    if as_json:
        print_json(shown_json(kept, Findings(partial(report_of, data), partial(description_of, data)), today))
        return
    first = shown_version(kept).feed
    for name, value in feed_json(first).items():
        click.echo(f"{name:10} {'none' if value is None else value}")
    if ending := shown_ending(kept, today):
        click.echo(f"warning: {ending}")
    for notice in report_of(data, first)["notices"]:
        click.echo(f"{notice['totalNotices']:>7} x {notice['severity']} {notice['code']}")
    if service := description_of(data, first):
        for line in service_lines(service):
            click.echo(line)
    click.echo("versions")
    for one in kept:
        click.echo(version_line(one))


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
    from api.feeds.desk import Desk, compare
    from api.present.feed_diff import diff_json, diff_lines

    config = read_config(config_file)
    found = compare(Desk(data, config, today_in(config)), feed_id, before, after)
    if as_json:
        print_json(diff_json(found))
        return
    for line in diff_lines(found):
        click.echo(line)


@click.command()
@click.argument("feed_id", metavar="ID")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: ID.zip")
@click.option("--served", is_flag=True, help="As Hent understood it, without what was refused.")
@config_option
@data_option
def export(feed_id: str, output: Path | None, served: bool, config_file: Path | None, data: Path) -> None:
    """Write a feed in service to a file: as it was published, or as it is served."""
    from api.feeds.inputs import read_limits
    from mobility.feeds.export import write_published, write_served
    from mobility.feeds.versions import version_in_service

    feed, path = version_in_service(data, feed_id), output or Path(f"{feed_id}.zip")
    if served:
        write_served(data, feed, read_limits(read_config(config_file)), path)
    else:
        write_published(data, feed, path)
    note(f"{path}: {path.stat().st_size} bytes")
