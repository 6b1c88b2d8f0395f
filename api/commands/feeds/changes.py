"""`hent feeds`, the verbs that change what is in service, and `check`, which says what would come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.failures import Failed
from api.commands.options import (
    config_option,
    data_option,
    json_option,
    leave_quick,
    niced,
    note,
    note_forgotten,
    print_json,
    progress,
    read_config,
)
from gtfs.counted import counted

if TYPE_CHECKING:
    from api.feeds.desk import Desk
    from gtfs.notice import Report
    from mobility.feeds.outcome import HeldBack, Outcome, Preview
    from mobility.feeds.progress import Progress, Watch


force_option = click.option(
    "--force", is_flag=True, help="Also a version that runs on no day, has ended or ends before the one in service."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--feed", "feed_id", default="", help="Its id; held against the version of it in service.")
@click.option("--licence", default="", help="As its source states it today. Default: that of the config.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write the report as a page, too."
)
@json_option
@config_option
@data_option
def check(
    file: Path,
    feed_id: str,
    licence: str,
    page: Path | None,
    as_json: bool,
    config_file: Path | None,
    data: Path,
) -> None:
    """Read FILE (a zip or a folder) and report what is wrong with it, and which days it runs on. Exit code 0 if it
    would be published: it is not refused and, with --feed, reaches as far as the version in service."""
    from api.commands.options import today_in
    from api.feeds.desk import Desk
    from api.feeds.desk import check as check_feed
    from api.feeds.named_feed import clean_id, licence_of
    from api.pages.report import report_page
    from gtfs.snapshot import FeedSource

    config = read_config(config_file)
    with progress() as said:
        said(f"checking {file.name}")
        source = FeedSource(feed_id or clean_id(file.name), licence_of(config, feed_id, licence))
        desk = Desk(data, config, today_in(config))
        found = check_feed(desk, file, source)
    if page is not None:
        page.write_text(report_page(found.report.to_dict(), config.territory.languages[0]), "utf-8")
    _tell_preview(found, desk, as_json)
    if not found.would_load:
        raise SystemExit(1)


@click.command()
@click.argument("feed", metavar="FILE_OR_URL")
@click.option("--feed", "feed_id", default="", help="Its id. Default: that of the config, else the file's name.")
@click.option("--licence", default="", help="As its source states it today. Default: that of the config.")
@click.option("--publisher", default="", help="Who publishes it.")
@click.option("--only", is_flag=True, help="Take all other feeds out of the network.")
@force_option
@json_option
@config_option
@data_option
def load(
    feed: str,
    feed_id: str,
    licence: str,
    publisher: str,
    only: bool,
    force: bool,
    as_json: bool,
    config_file: Path | None,
    data: Path,
) -> None:
    """Load a timetable and put it into service, in place of its version before and beside the other feeds.

    FILE_OR_URL: a zip, a folder, an http address, or the id of a feed of the config. A file that is in service already
    is left alone. A feed with blocking faults is refused and nothing changes; one that runs on no day, has ended or
    ends before the version in service is published with --force only. One that begins in the future waits beside the
    version in service, and takes over on its day.
    """
    from api.feeds.desk import load_one
    from api.feeds.logged import COMMAND_LINE, logged
    from api.feeds.named_feed import UNKNOWN_LICENCE, incoming_feed
    from gtfs.snapshot import FeedSource

    with _working(config_file, data, as_json) as desk:
        stated = FeedSource(feed_id, licence, publisher)
        wanted = incoming_feed(desk.config, feed, stated, data / "demo", desk.today)
        with _about(wanted.source.id), logged(desk, COMMAND_LINE, "load", wanted.source.id):
            outcome = load_one(desk, replace(wanted, force=force), only)
        _tell(outcome, wanted.source.id, desk, as_json)
        if wanted.source.licence == UNKNOWN_LICENCE:
            note(f"hent: the licence of {wanted.source.id} is not known; state it with --licence or in config.toml")
    leave_quick(data, config_file)


@click.command()
@click.argument("feed_id", metavar="[ID]", required=False)
@force_option
@json_option
@config_option
@data_option
def fetch(feed_id: str | None, force: bool, as_json: bool, config_file: Path | None, data: Path) -> None:
    """Ask the addresses of the config, or that of one feed, for new versions, and load them.

    What came from an address before, accepted or not, is not loaded again: neither does a version come back that was
    rolled back. One that fails leaves the others alone, and the exit code is 1. The service does the same by itself for
    feeds with `every_h`.
    """
    from mobility.errors import NotFound

    wanted = [feed_id] if feed_id else [feed.id for feed in read_config(config_file).feeds if feed.url]
    if not wanted:
        raise NotFound("feed of the config with an address", "ID")
    faults = 0
    for one in wanted:
        try:
            _fetch(one, force, as_json, config_file, data)
        except SystemExit:
            faults += 1
        except Failed as fault:
            fault.show()
            faults += 1
    leave_quick(data, config_file)
    if faults:
        raise SystemExit(1)


def _fetch(feed_id: str, force: bool, as_json: bool, config_file: Path | None, data: Path) -> None:
    """Raises SystemExit, Failed where nothing comes of it; the other feeds are fetched all the same."""
    from api.feeds.desk import fetch as fetch_one
    from api.feeds.logged import COMMAND_LINE, logged

    with _working(config_file, data, as_json) as desk:
        with _about(feed_id), logged(desk, COMMAND_LINE, "fetch", feed_id):
            outcome = fetch_one(desk, feed_id, force)
        _tell(outcome, feed_id, desk, as_json)


@click.command()
@click.argument("feed_id", metavar="ID")
@click.argument("version", required=False, default="")
@click.option("--forward", is_flag=True, help="To the version from which one went back.")
@force_option
@json_option
@config_option
@data_option
def rollback(
    feed_id: str, version: str, forward: bool, force: bool, as_json: bool, config_file: Path | None, data: Path
) -> None:
    """Put the version of a feed back into service that was published before the one in service.

    VERSION: the beginning of the sha256 of another one that is kept (`hent feeds show ID` lists them). One that runs on
    no day, no more or not yet, or ends sooner than the one in service, is put there with --force only.
    """
    from api.feeds.desk import roll_back
    from api.feeds.logged import COMMAND_LINE, logged

    with _working(config_file, data, as_json) as desk:
        with _about(feed_id), logged(desk, COMMAND_LINE, "rollback", feed_id):
            outcome = roll_back(desk, feed_id, version, forward=forward, force=force)
        _tell(outcome, feed_id, desk, as_json)
    leave_quick(data, config_file)


@click.command()
@click.argument("feed_id", metavar="ID")
@json_option
@config_option
@data_option
def remove(feed_id: str, as_json: bool, config_file: Path | None, data: Path) -> None:
    """Take a feed out of the network. Its versions stay in DIR, and `hent feeds rollback ID` puts it back."""
    from api.feeds.desk import remove as remove_one
    from api.feeds.logged import COMMAND_LINE, logged

    with _working(config_file, data, as_json) as desk:
        with _about(feed_id), logged(desk, COMMAND_LINE, "remove", feed_id):
            outcome = remove_one(desk, feed_id)
        _tell(outcome, feed_id, desk, as_json)
    leave_quick(data, config_file)


@contextmanager
def _working(config_file: Path | None, data: Path, as_json: bool) -> Iterator[Desk]:
    """The desk to work at. Why a load is refused is told in full; then the exit code is 1."""
    from api.commands.options import today_in
    from api.feeds.desk import Desk
    from gtfs.errors import RejectedFeed
    from mobility.feeds.outcome import HeldBack, NotAnswered

    config = read_config(config_file)
    note_forgotten(data)
    try:
        with niced(), progress() as said:
            yield Desk(data, config, today_in(config), _watching(said, as_json))
    except RejectedFeed as rejected:
        _tell_refused(rejected.report, as_json)
        raise SystemExit(1) from None
    except HeldBack as held:
        _tell_held(held, as_json)
        raise SystemExit(1) from None
    except NotAnswered as error:
        raise Failed("\n".join([str(error), *error.queries])) from error


@contextmanager
def _about(feed: str) -> Iterator[None]:
    """Why nothing came of a change, with the feed that it was about: many are loaded by one script."""
    from gtfs.errors import UnreadableFeed
    from mobility.errors import FolderUnavailable, LoadTooLarge

    try:
        yield
    except UnreadableFeed as error:
        raise Failed(f"{feed} is refused, nothing has changed: {error}") from error
    except (FolderUnavailable, LoadTooLarge) as error:
        raise Failed(f"nothing has changed, {feed} stays as it was: {error}") from error


def _watching(said: Callable[[object], None], as_json: bool) -> Watch:
    """What is lost is told before it is published."""

    def watch(progress: Progress) -> None:
        said(progress)
        for line in () if as_json else progress.told:
            click.echo(line)

    return watch


def _tell(outcome: Outcome, feed: str, desk: Desk, as_json: bool) -> None:
    from api.present.feeds import outcome_json, outcome_lines
    from mobility.network.current import Current
    from mobility.network.structure import about

    if as_json:
        print_json(outcome_json(outcome, desk.today))
        return
    found = outcome.structure and about(outcome.structure, Current(desk.data).network(), {feed})
    for line in outcome_lines(outcome, found, feed, desk.today):
        click.echo(line)


def _tell_preview(found: Preview, desk: Desk, as_json: bool) -> None:
    from api.present.feeds import preview_json, preview_lines

    if as_json:
        told = preview_json(found, desk.today)
        print_json(told.pop("report") | told)
        return
    for line in preview_lines(found, desk.today):
        click.echo(line)


def _tell_held(held: HeldBack, as_json: bool) -> None:
    from api.present.feeds import held_back_json

    if as_json:
        print_json(held_back_json(held))
    else:
        found = held.findings
        lost = [line for loss in found.losses for line in loss.told()]
        for told in (*found.shortfalls, *lost, *found.reports):
            click.echo(str(told))
    note("hent: nothing has changed; --force publishes it all the same")


def _tell_refused(report: Report, as_json: bool) -> None:
    print_json({"report": report.to_dict()}) if as_json else click.echo(str(report))
    faults = sum(count for code, count in report.counts.items() if code in report.blocking)
    note(f"hent: {report.source} is refused for {counted(faults, 'blocking fault')}; nothing has changed")
