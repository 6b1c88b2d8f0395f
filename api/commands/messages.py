"""`hent messages`: what an operator says of a trip, a line or a stop. It outranks every feed, and has an end."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.commands.failures import WrongArgument
from api.commands.options import config_option, data_option, json_option, note, print_json, read_config
from gtfs.counted import counted
from mobility.clock import now_s, written

if TYPE_CHECKING:
    from api.config import Config
    from mobility.live.messages import OperatorMessage
    from mobility.live.timetable_index import PlannedRun
    from mobility.network.network import Network
    from mobility.storage.store import Store

EFFECTS = ("cancelled", "at_risk", "moved", "works", "event")
CAUSES = ("weather", "technical", "strike", "accident", "works", "event", "other")
RUN = re.compile(r"(\d{8})_\d+:\d\d_(.+)")
"""As the API names a run: `20260603_08:05_boats_T1`."""

ABOUT = "one of --line, --stop and --trip"

TRIP_NAMES = (
    "A trip has its id of trips.txt with --date, or the name of its run that the API and the page of operators give: "
    "20260603_08:05_FEED_TRIP"
)


@dataclass(frozen=True, slots=True)
class TypedMessage:
    """The options of `hent messages add` that say something, as they are typed; None where one is not."""

    trip: str | None
    day: datetime | None
    line: str | None
    stop: str | None
    begin: str | None
    until: str | None
    effect: str | None
    cause: str
    clock: str
    to_stop: str | None
    text: str

    @property
    def about(self) -> list[str]:
        return [one for one in (self.line, self.stop, self.trip) if one]


@click.group()
def messages() -> None:
    """What is said of a trip, a line or a stop (docs/realtime.md)."""


@messages.command(
    options_metavar="(--line LINE | --stop STOP | --trip TRIP --date DATE) --effect EFFECT --until ISO [OPTIONS]"
)
@click.option("--line", help="About a line: its id or name.")
@click.option("--stop", help="About a stop: its id or name.")
@click.option("--trip", help="About a trip: its id, with --date; or a run as the API names it, without.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d", "%Y%m%d"]), help="Service day of the trip.")
@click.option("--effect", type=click.Choice(EFFECTS), help="What happens.  [required]")
@click.option("--until", metavar="ISO", help="When it ends. Without offset: what clocks here show.  [required]")
@click.option("--from", "begin", metavar="ISO", help="When it begins; now by default.")
@click.option(
    "--cause", type=click.Choice(CAUSES), default="other", help="Why. Default: works of works, event of an event."
)
@click.option(
    "--clock", metavar="HH:MM", default="", help="When a moved trip leaves now; by when it is decided (at_risk)."
)
@click.option("--to-stop", metavar="STOP", help="Moved: where is called now, by a trip instead of at its first stop.")
@click.option("--text", default="", help="In your own words, beside the ready-made sentence.")
@click.option("--sure", is_flag=True, help="Cancel more than half of a day's runs.")
@json_option
@config_option
@data_option
def add(sure: bool, as_json: bool, config_file: Path | None, data: Path, **said: Any) -> None:
    """Say what happens to a line, a stop or a trip, and until when. It prints the id by which it is ended.

    \b
    hent messages add --line T1 --effect works --until 2026-06-12T18:00
    hent messages add --stop "Groix Port-Tudy (quai)" --effect cancelled --cause weather --until 2026-06-03T12:00

    `cancelled`, and `moved` with --clock or --to-stop, change the search within seconds; the others are told.
    """
    from mobility.live.message_store import add_message
    from mobility.network.current import Current

    typed = TypedMessage(**said)
    _require(typed)
    config = read_config(config_file)
    network, now = Current(data).network(), int(now_s())
    message = _message(config, network, typed, now)
    _check_decision(config, message)
    store = _store(config, data)
    departures = _ask_about(network, store, message, sure=sure, told=not as_json)
    added = add_message(store, message)
    _write_down(store, "add-message", added.id, now)
    print_json({"id": added.id, "departures": departures}) if as_json else click.echo(added.id)


@messages.command("list")
@json_option
@config_option
@data_option
def list_messages(as_json: bool, config_file: Path | None, data: Path) -> None:
    """What holds, and what is to come."""
    from mobility.live.message_store import messages_in_force

    config = read_config(config_file)
    found = messages_in_force(_store(config, data), int(now_s()))
    if as_json:
        print_json([_told(config, one) for one in found])
        return
    if not found:
        note("no message is in force or to come")
    for one in found:
        told = _told(config, one)
        click.echo(f"{told['id']}  {told['effect']:9}  {told['about']}  until {told['until']}  {told['text']}".rstrip())


@messages.command()
@click.argument("id")
@config_option
@data_option
def end(id: str, config_file: Path | None, data: Path) -> None:
    """Take a message back: the plan is as it was before."""
    from mobility.live.message_store import end_message

    store, now = _store(read_config(config_file), data), int(now_s())
    end_message(store, id, now)
    _write_down(store, "end-message", id, now)


def _require(typed: TypedMessage) -> None:
    """Raises UsageError, which names all that is missing."""
    needed = {ABOUT: bool(typed.about), "--effect": typed.effect is not None, "--until": typed.until is not None}
    if not all(needed.values()):
        raise click.UsageError(_missing(needed))
    if len(typed.about) > 1:
        raise click.UsageError(f"a message has {ABOUT}, not several")


def _message(config: Config, network: Network, typed: TypedMessage, now: int) -> OperatorMessage:
    """Of what is required. Raises NotFound, InvalidQuery, WrongArgument."""
    from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
    from mobility.live.named import departure_s, named_line, named_stop, trip_id

    named, day = _run_name(typed.trip, typed.day.date() if typed.day else None)
    run, text = _run(network, named, day) if named else None, typed.text.strip()
    return OperatorMessage(
        id="",
        effect=MessageEffect(typed.effect or ""),
        cause=MessageCause(typed.cause),
        from_s=_moment(config, "--from", typed.begin) if typed.begin else now,
        until_s=_moment(config, "--until", typed.until or ""),
        trip=trip_id(network, run) if run else "",
        day=day,
        line=named_line(network, typed.line) if typed.line else "",
        stop=named_stop(network, typed.stop) if typed.stop else "",
        clock=typed.clock,
        to_stop=named_stop(network, typed.to_stop, "--to-stop") if typed.to_stop else "",
        text=(("", text),) if text else (),
        by="command line",
        at_s=now,
        departs_s=departure_s(network, run) if run else 0,
    )


def _check_decision(config: Config, message: OperatorMessage) -> None:
    """Raises WrongArgument."""
    from api.present.message_texts import is_decided_too_late

    if is_decided_too_late(message, config.territory.zone):
        raise WrongArgument("--clock", "is an hour at which the trip has left, or all that may be cancelled is over")


def _missing(needed: Mapping[str, bool]) -> str:
    lacking = [name for name, is_said in needed.items() if not is_said]
    return f"{', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"


def _ask_about(network: Network, store: Store, message: OperatorMessage, *, sure: bool, told: bool) -> int:
    """How many departures it takes away or shortens; who types it is told, and asked whether that is meant. Raises
    WrongArgument."""
    from mobility.live.cancelled_share import cancelled_share
    from mobility.live.message_store import messages_in_force

    share = cancelled_share(network, message, messages_in_force(store, message.at_s))
    if share.is_most and not sure:
        raise WrongArgument(
            "--sure", f"takes away {share.gone} of {counted(share.running, 'run')} of {share.day}: say --sure"
        )
    if share.all > 1 and told:
        click.echo(f"{share.all} departures are cancelled or shortened", err=True)
        if not sure and _is_typed():
            click.confirm("Is that meant?", abort=True, err=True)
    return share.all


def _is_typed() -> bool:
    """At a terminal, not by a program."""
    return sys.stdin.isatty()


def _told(config: Config, message: OperatorMessage) -> dict[str, str]:
    zone = config.territory.zone
    about = message.line or message.stop or f"{message.trip} {message.day}"
    kind = "line" if message.line else "stop" if message.stop else "trip"
    return {
        "id": message.id,
        "effect": message.effect.value,
        "cause": message.cause.value,
        "about": about,
        kind: message.line or message.stop or message.trip,
        "date": message.day.isoformat() if message.day else "",
        "from": written(message.from_s, zone),
        "until": written(message.until_s, zone),
        "clock": message.clock,
        "toStop": message.to_stop,
        "text": message.text[0][1] if message.text else "",
        "by": message.by,
    }


def _run_name(trip: str | None, day: date | None) -> tuple[str, date | None]:
    found = RUN.fullmatch(trip) if trip else None
    if found is None:
        return trip or "", day
    return found[2], day or datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007


def _run(network: Network, trip: str, day: date | None) -> PlannedRun:
    """Raises WrongArgument, InvalidQuery where it does not run on that day."""
    from mobility.live.named import like_trips, named_run

    known = like_trips(network, trip)
    if trip not in known:
        meant = f": did you mean {', '.join(known)}?" if known else ""
        raise WrongArgument("--trip", f"there is no trip {trip}{meant}. {TRIP_NAMES}")
    if day is None:
        raise WrongArgument("--date", "is required with a trip")
    return named_run(network, trip, day)


def _moment(config: Config, option: str, said: str) -> int:
    """Without offset: what clocks of the territory show. Raises WrongArgument."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise WrongArgument(option, "is no ISO 8601 time, as in 2026-03-03T18:00") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=config.territory.zone)).timestamp())


def _store(config: Config, data: Path) -> Store:
    from api.web.storage import ready_store

    return ready_store(config, data)


def _write_down(store: Store, verb: str, subject: str, now: int) -> None:
    from api.feeds.logged import COMMAND_LINE
    from mobility.operators.log import Action, write_down

    write_down(store, Action(COMMAND_LINE, verb, subject), now)
