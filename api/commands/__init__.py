"""The `hent` command. Each verb says what it does with --help; what it needs is imported when it runs.

Exit codes: 0 done; 1 it could not be done, or what was asked about is not so; 2 the command line or config.toml
cannot be understood.
"""

from __future__ import annotations

from typing import Any

import click

from api.commands.backup import backup, restore
from api.commands.carpool import carpool
from api.commands.data import data
from api.commands.demo import demo
from api.commands.evaluate import evaluate
from api.commands.export import export
from api.commands.failures import Failed, NotUnderstood, WrongArgument
from api.commands.feeds import feeds
from api.commands.graph import graph
from api.commands.kernels import kernels
from api.commands.live import live
from api.commands.map import map_
from api.commands.messages import messages
from api.commands.operators import operators
from api.commands.options import named, typed
from api.commands.places import places
from api.commands.plan import plan
from api.commands.remarks import remarks
from api.commands.retention import retention
from api.commands.serve import serve
from api.commands.streets import streets
from api.commands.territory import territory
from api.web.errors import InvalidBody
from demo.records import TableError
from gtfs.errors import FeedError
from mobility.backup.errors import BackupError
from mobility.errors import (
    InvalidConfig,
    InvalidQuery,
    MobilityError,
    NetworkUnavailable,
    NotFound,
    SkippedHour,
)


class Verbs(click.Group):
    """Says every expected fault in one line; a traceback is only for what is wrong in Hent itself."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NetworkUnavailable as error:
            raise Failed("there is no network yet; load a timetable: hent feeds load FILE_OR_URL") from error
        except (WrongArgument, InvalidQuery, SkippedHour) as error:
            reason = str(error).removeprefix(f"{error.parameter}: ")
            raise NotUnderstood(f"{named(ctx, error.parameter)}: {reason}") from error
        except (InvalidBody, InvalidConfig) as error:
            raise NotUnderstood(str(error)) from error
        except NotFound as error:
            known = f" (known: {', '.join(error.known)})" if error.known else ""
            meant = f"; did you mean {', '.join(error.meant)}?" if error.meant else ""
            raise Failed(f"no such {error.kind}: {typed(ctx, error.parameter)}{known}{meant}") from error
        except (MobilityError, FeedError, TableError, BackupError) as error:
            raise Failed(str(error)) from error
        except BrokenPipeError:  # whoever reads, `head` for one, has read enough
            raise
        except OSError as error:
            raise Failed(f"{error.filename or 'input or output'}: {error.strerror or error}") from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Manual: docs/commands.md")
@click.version_option(package_name="hent")
def main() -> None:
    """Hent, the journey planner of a territory: serve it, ask it, load its timetables."""


for verb in (
    serve,
    plan,
    feeds,
    operators,
    messages,
    remarks,
    live,
    carpool,
    retention,
    backup,
    restore,
    evaluate,
    graph,
    streets,
    map_,
    places,
    territory,
    data,
    kernels,
    export,
    demo,
):
    main.add_command(verb)
