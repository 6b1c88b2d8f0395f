"""`hent live`: what the sources of real time say, and what was made of it."""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.options import config_option, data_option, json_option, print_json, read_config
from gtfs.counted import counted
from mobility.clock import DAY_S, now_s


@click.group()
def live() -> None:
    """What the sources of real time say (docs/realtime.md)."""


@live.command()
@json_option
@config_option
@data_option
def status(as_json: bool, config_file: Path | None, data: Path) -> None:
    """Age and faults of each source, how much of each feed was matched, and what needs somebody."""
    from mobility.live.watch import watched
    from mobility.network.live_files import read_sources

    told = read_sources(data)
    found = watched(told, int(now_s()))
    if as_json:
        print_json(told | {"alarms": {one.feed: list(one.alarms) for one in found if one.alarms}})
        return
    if not found:
        click.echo("no source was looked at yet")
    for feed in dict.fromkeys(one.feed for one in read_config(config_file).realtime):
        if found and all(one.feed != feed for one in found):
            click.echo(f"{feed:16} was not looked at yet")
    for one in found:
        for source in one.sources:
            kinds = ", ".join(kind.replace("_", " ") for kind in source.kinds)
            age = f"{source.age_s} s old" if source.age_s is not None else "nothing yet"
            click.echo(f"{one.feed:16} {kinds:28} {age}  {source.fault.text}".rstrip())
        reasons = ", ".join(f"{count} {reason}" for reason, count in one.reasons.items())
        usual = f", usually {one.usual:.0%}" if one.usual is not None else ""
        rate = f" ({one.rate:.0%}{usual})" if one.rate is not None else ""
        click.echo(f"{one.feed:16} {one.matched} of {counted(one.updates, 'update')} matched{rate}  {reasons}".rstrip())
        for alarm in one.alarms:
            click.echo(f"{one.feed:16} ALARM: {alarm}")


@live.command()
@click.argument("feed")
@click.option("--days", type=click.IntRange(1, 31), default=1, show_default=True, help="How long.")
@config_option
@data_option
def confirm(feed: str, days: int, config_file: Path | None, data: Path) -> None:
    """Believe FEED where it cancels more than half of a day's runs: it is a strike, no fault."""
    from api.feeds.logged import COMMAND_LINE
    from api.web.storage import ready_store
    from mobility.errors import NotFound
    from mobility.live.raw import confirm as confirmed
    from mobility.operators.log import Action, write_down

    config, now = read_config(config_file), int(now_s())
    known = tuple(dict.fromkeys(one.feed for one in config.realtime))
    if feed not in known:
        raise NotFound("feed", "feed", known)
    confirmed(data, feed, now + days * DAY_S)
    write_down(ready_store(config, data), Action(COMMAND_LINE, "confirm-cancellations", feed), now)
