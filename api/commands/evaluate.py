"""`hent evaluate`: are the answers of the search those of the reference, and how fast are they?"""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import click

from api.commands.failures import WrongArgument
from api.commands.options import json_option, print_json, progress
from mobility.clock import epoch_of, now_s

FILE = click.Path(path_type=Path, exists=True)
QUERIES = "qid,from_stop_id,to_stop_id,dep_sec"
ANSWERS = "qid,n_trips,arrival_sec"
WINDOW_ANSWERS = "qid,dep_sec,arrival_sec,n_trips"
CALLS = "trip_id,day_offset,n,stop_id,arrival_sec,departure_sec"
WHOLE = re.compile(r"-?[0-9]{1,9}")
NUMBERS = {"dep_sec", "arrival_sec", "n_trips"}


@click.command()
@click.option(
    "--gtfs", "feed", type=FILE, required=True, help="A one-day instance; transfers.txt is its transfer graph."
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y%m%d", "%Y-%m-%d"]), required=True, help="The day of the queries."
)
@click.option("--queries", type=FILE, required=True, help=f"CSV: {QUERIES}")
@click.option("--answers", type=FILE, required=True, help=f"CSV: {ANSWERS}")
@click.option("--window-answers", type=FILE, help=f"CSV: {WINDOW_ANSWERS}, of two hours")
@click.option("--realtime", type=FILE, help="A captured GTFS-Realtime file; the answers are those with its updates.")
@click.option("--now", "moment", metavar="ISO", help="The moment at which the file is read; without offset UTC.")
@click.option("--changed-calls", type=click.Path(path_type=Path, dir_okay=False), help=f"CSV to write: {CALLS}")
@json_option
def evaluate(
    feed: Path,
    day: datetime,
    queries: Path,
    answers: Path,
    window_answers: Path | None,
    realtime: Path | None,
    moment: str | None,
    changed_calls: Path | None,
    as_json: bool,
) -> None:
    """Ask every query of a reference and compare the answers. Exit code 0 only if all are equal.

    With --realtime times count from noon minus 12 hours of the day in the zone of the feed, else from midnight UTC.
    """
    from mobility.feeds.evaluate import ReferenceFiles, Replayed
    from mobility.feeds.evaluate import evaluate as run

    if realtime is None and (moment or changed_calls):
        raise click.UsageError("--now and --changed-calls go with --realtime")
    replayed = Replayed(realtime, _moment(moment), changed_calls) if realtime else None
    files = {queries: QUERIES, answers: ANSWERS} | ({window_answers: WINDOW_ANSWERS} if window_answers else {})
    for file, columns in files.items():
        check_table(file, columns)
    with progress() as said:
        said(f"evaluating {feed.name}")
        found = run(feed, day.date(), ReferenceFiles(queries, answers, window_answers), replayed)
    print_json(found.to_dict()) if as_json else click.echo(str(found))
    if not found.all_equal:
        raise SystemExit(1)


def _moment(said: str | None) -> int:
    """Epoch seconds, now where nothing is said. Raises UsageError."""
    try:
        return epoch_of(said) if said else int(now_s())
    except ValueError as error:
        raise click.UsageError("--now: is no ISO 8601 time, as in 2019-06-04T17:14:00+02:00") from error


def check_table(path: Path, columns: str) -> None:
    """Raises WrongArgument, which names the file, the line and the column, where a value is missing or no number."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in (reader := csv.DictReader(file)):
            for column in columns.split(","):
                value = row.get(column) or ""
                if not value or (column in NUMBERS and not WHOLE.fullmatch(value)):
                    raise WrongArgument(path.name, f"line {reader.line_num}: {column} is missing or no whole number")
