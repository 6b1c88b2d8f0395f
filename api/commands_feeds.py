"""`hent feeds`: check, load and look at the timetables of the network in service."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from api.commands_options import (
    config_option,
    data_option,
    json_option,
    note,
    print_json,
    progress,
    read_config,
    today_in,
)

if TYPE_CHECKING:
    from api.config import Config
    from gtfs.notice import Report
    from mobility.feeds.load import Incoming
    from mobility.network.network import FeedVersion

ADDRESS = ("http://", "https://")
UNKNOWN_LICENCE = "unknown"


@click.group()
def feeds() -> None:
    """The timetables (GTFS feeds) of the network in service."""


@feeds.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@json_option
@config_option
def check(file: Path, as_json: bool, config_file: Path | None) -> None:
    """Read FILE (a zip or a folder) and report what is wrong with it. Exit code 0 if it could be loaded."""
    from api.setting import read_limits
    from gtfs.load import load as load_tables
    from gtfs.snapshot import FeedSource
    from gtfs.validate import validate

    config = read_config(config_file)
    with progress() as said:
        said(f"checking {file.name}")
        tables = load_tables(file, FeedSource(clean_id(file.name), UNKNOWN_LICENCE), read_limits(config))
        report = validate(tables, today_in(config))
    print_json(report.to_dict()) if as_json else click.echo(str(report))
    if not report.accepted:
        raise SystemExit(1)


@feeds.command()
@click.argument("feed", metavar="FILE_OR_URL")
@click.option("--feed", "feed_id", help="Id of the feed. Default: that of the config, else the file's name.")
@click.option("--licence", help="As its source states it today. Default: that of the config.")
@click.option("--publisher", default="", help="Who publishes it.")
@click.option("--only", is_flag=True, help="Take all other feeds out of the network.")
@json_option
@config_option
@data_option
def load(
    feed: str,
    feed_id: str | None,
    licence: str | None,
    publisher: str,
    only: bool,
    as_json: bool,
    config_file: Path | None,
    data: Path,
) -> None:
    """Load a timetable and put it into service, in place of its version before and beside the other feeds.

    FILE_OR_URL: a zip, a folder, an http address, or the id of a feed of the config. A running server follows within
    seconds. A feed with blocking faults is refused and nothing changes.
    """
    from api.loading import load_one
    from gtfs.errors import RejectedFeed

    config = read_config(config_file)
    wanted = incoming_feed(config, feed, feed_id, licence, publisher, data)
    if wanted.source.licence == UNKNOWN_LICENCE:
        note(f"hent: the licence of {wanted.source.id} is not known; state it with --licence or in config.toml")
    try:
        with progress() as said:
            loaded = load_one(data, config, wanted, today_in(config), only, said)
    except RejectedFeed as rejected:
        _refuse(rejected.report, as_json)
    (report,) = loaded.reports
    if as_json:
        print_json({"network": loaded.network.version, "report": report.to_dict()})
        return
    click.echo(str(report))
    click.echo(
        f"in service: {', '.join(one.id for one in loaded.network.feeds)} (network {loaded.network.version[:12]})"
    )


@feeds.command("list")
@json_option
@config_option
@data_option
def list_feeds(as_json: bool, config_file: Path | None, data: Path) -> None:
    """The feeds in service, and those that the config names and that are not loaded."""
    from api.in_service import feeds_in_service

    config, serving = read_config(config_file), feeds_in_service(data)
    loaded = {feed.id for feed in serving}
    waiting = [feed for feed in config.feeds if feed.id not in loaded]
    if as_json:
        print_json({"loaded": [asdict(feed) for feed in serving], "waiting": [feed.id for feed in waiting]})
        return
    for feed in serving:
        click.echo(f"{feed.id:16} {feed.first_day} to {feed.last_day}  {feed.sha256[:12]}  {feed.licence}")
    for missing in waiting:
        click.echo(f"{missing.id:16} not loaded: hent feeds load {missing.id}")


@feeds.command()
@click.argument("feed_id", metavar="ID")
@json_option
@data_option
def show(feed_id: str, as_json: bool, data: Path) -> None:
    """What is known of a feed in service: version, licence, days, and the report of its checks."""
    from api.in_service import feeds_in_service
    from mobility.errors import NotFound

    feed = next((feed for feed in feeds_in_service(data) if feed.id == feed_id), None)
    if feed is None:
        raise NotFound("feed", "ID")
    report = _stored_report(data, feed)
    if as_json:
        print_json(asdict(feed) | {"report": report})
        return
    for name, value in asdict(feed).items():
        click.echo(f"{name:10} {value}")
    for notice in report.get("notices", []):
        click.echo(f"{notice['totalNotices']:>7} x {notice['severity']} {notice['code']}")


def incoming_feed(
    config: Config, feed: str, feed_id: str | None, licence: str | None, publisher: str, data: Path
) -> Incoming:
    """What is to be loaded, with what the config knows of it. Raises InvalidQuery for an id that cannot be one."""
    from api.config import FEED_ID
    from api.setting import incoming
    from gtfs.snapshot import FeedSource
    from mobility.errors import InvalidQuery, NotFound
    from mobility.feeds.load import Incoming

    named = config.feed(feed) if not Path(feed).exists() else None
    if named is not None:
        return incoming(named, data / "demo", today_in(config))
    if not feed.startswith(ADDRESS) and not Path(feed).exists():
        raise NotFound("file, address or feed of the config", "FILE_OR_URL")
    known = (
        config.feed(feed_id) if feed_id else next((one for one in config.feeds if feed in (one.url, one.path)), None)
    )
    name = feed_id or (known.id if known else clean_id(feed))
    if not re.match(FEED_ID, name):
        raise InvalidQuery("--feed", "takes lower-case letters, digits and hyphens")
    licence = licence or (known.licence if known else UNKNOWN_LICENCE)
    url = feed if feed.startswith(ADDRESS) else ""
    return Incoming(FeedSource(name, licence, publisher or (known.publisher if known else ""), url), feed)


def clean_id(file: str) -> str:
    """`.../Helsinki (2022).zip` -> `helsinki-2022`."""
    stem = Path(file.split("?")[0].rstrip("/")).name.lower().removesuffix(".zip")
    return re.sub("[^a-z0-9]+", "-", stem).strip("-") or "feed"


def _refuse(report: Report, as_json: bool) -> NoReturn:
    print_json({"report": report.to_dict()}) if as_json else click.echo(str(report))
    faults = sum(count for code, count in report.counts.items() if code in report.blocking)
    note(f"hent: {report.source} is refused for {faults} blocking faults; nothing has changed")
    raise SystemExit(1)


def _stored_report(data: Path, feed: FeedVersion) -> dict[str, Any]:
    import json

    from mobility.feeds.load import stored_feed

    path = stored_feed(data, feed.id, feed.sha256).with_suffix(".json")
    report: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return report
