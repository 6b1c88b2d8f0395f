"""`hent operators`: who may change timetables over HTTP, and who did what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.failures import WrongArgument
from api.commands.options import config_option, data_option, json_option, note, print_json, read_config
from mobility.clock import now_s

if TYPE_CHECKING:
    from mobility.storage.store import Store

ROLES = ("read", "load", "admin")
NAME = r"[\w .@-]{1,100}"


@click.group()
def operators() -> None:
    """Who may change timetables over HTTP (docs/operators.md), and who did what."""


@operators.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="load", show_default=True, help="What the token may do.")
@click.option("--days", type=click.IntRange(1, 400), default=365, show_default=True, help="How long it is good.")
@config_option
@data_option
def add(name: str, role: str, days: int, config_file: Path | None, data: Path) -> None:
    """Give NAME a token. It is shown this once; only a hash of it is kept."""
    import re

    from api.feeds.logged import COMMAND_LINE
    from mobility.operators.log import Action, write_down
    from mobility.operators.tokens import Operators, Role

    if not re.fullmatch(NAME, name):
        raise WrongArgument("NAME", "takes letters, digits, spaces and . @ - _, a hundred at most")
    store, now = _store(config_file, data), int(now_s())
    token = Operators(store).add(name, Role[role.upper()], days, now)
    write_down(store, Action(COMMAND_LINE, "add-operator", name), now)
    note(f"hent: this is the only time that the token of {name} is shown")
    click.echo(token)


@operators.command("list")
@json_option
@config_option
@data_option
def list_operators(as_json: bool, config_file: Path | None, data: Path) -> None:
    """Names, roles and until when; ended ones, too, for they stand in the log."""
    from api.present.operators import operator_json
    from mobility.operators.tokens import Operators

    found, now = Operators(_store(config_file, data)).everybody(), int(now_s())
    told = [operator_json(one) | {"inForce": one.is_in_force(now)} for one in found]
    if as_json:
        print_json(told)
        return
    if not told:
        note("hent: nobody has a token yet: hent operators add NAME")
    for one in told:
        ended = "" if one["inForce"] else "  ended"
        click.echo(f"{one['name']:24} {one['role']:6} until {one['expires'][:10]}{ended}")


@operators.command()
@click.argument("name")
@config_option
@data_option
def revoke(name: str, config_file: Path | None, data: Path) -> None:
    """End NAME's token at once."""
    from api.feeds.logged import COMMAND_LINE
    from mobility.operators.log import Action, write_down
    from mobility.operators.tokens import Operators

    store, now = _store(config_file, data), int(now_s())
    Operators(store).revoke(name, now)
    write_down(store, Action(COMMAND_LINE, "revoke-operator", name), now)
    click.echo(f"{name}: the token has ended")


@operators.command("log")
@json_option
@config_option
@data_option
def show_log(as_json: bool, config_file: Path | None, data: Path) -> None:
    """Who did what, when, to which version; the latest first."""
    from api.present.operators import action_json
    from mobility.operators.log import actions

    told = [*map(action_json, actions(_store(config_file, data)))]
    if as_json:
        print_json(told)
        return
    for one in told:
        what = f"{one['verb']:16} {one['subject']:16} {one['version'][:12]:12} {one['outcome']}"
        click.echo(f"{one['at']}  {one['operator']:20} {what}")


def _store(config_file: Path | None, data: Path) -> Store:
    from api.web.storage import ready_store

    return ready_store(read_config(config_file), data)
