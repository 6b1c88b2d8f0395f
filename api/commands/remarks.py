"""`hent remarks`: what people say is wrong, read, answered, passed on and closed at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.options import config_option, data_option, json_option, note, print_json, read_config
from mobility.clock import now_s, written

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from api.operators.remark_acts import RemarkDesk
    from mobility.remarks.remark import Remark

ENDINGS = ("done", "nothing", "abuse")


@click.group()
def remarks() -> None:
    """What people say is wrong (docs/operators.md)."""


@remarks.command("list")
@json_option
@config_option
@data_option
def list_remarks(as_json: bool, config_file: Path | None, data: Path) -> None:
    """The open ones first, without their texts: `show` is the look that they wait for."""
    desk = _desk(config_file, data)
    found, zone = desk.remarks.every(), desk.config.territory.zone
    if as_json:
        print_json([_head(one, zone) for one in found])
        return
    if not found:
        note("nobody has reported anything yet")
    for one in found:
        subject = one.subject
        about = f"{subject.about.value} {subject.name}".strip()
        click.echo(f"{one.id}  {one.state:8}  {one.kind.value:9}  {about}  {written(one.at, zone)}")


@remarks.command()
@click.argument("id")
@json_option
@config_option
@data_option
def show(id: str, as_json: bool, config_file: Path | None, data: Path) -> None:
    """Read one: from now on it counts, and who wrote it sees its text."""
    desk = _desk(config_file, data)
    one, zone = desk.remarks.look(id, desk.now()), desk.config.territory.zone
    told = _head(one, zone) | {"text": one.text, "trip": one.subject.trip, "answer": one.answer}
    if as_json:
        print_json(told)
        return
    for name, value in told.items():
        if value:
            click.echo(f"{name}: {value}")


@remarks.command()
@click.argument("id")
@click.argument("text")
@config_option
@data_option
def answer(id: str, text: str, config_file: Path | None, data: Path) -> None:
    """Say to who has the code what became of it."""
    _desk(config_file, data).answer(id, text)


@remarks.command()
@click.argument("id")
@click.argument("mail")
@config_option
@data_option
def forward(id: str, mail: str, config_file: Path | None, data: Path) -> None:
    """Pass it on by mail to who can act. The address is not kept."""
    _desk(config_file, data).forward(id, mail)


@remarks.command()
@click.argument("id")
@click.option("--as", "ending", type=click.Choice(ENDINGS), default="done", show_default=True)
@config_option
@data_option
def close(id: str, ending: str, config_file: Path | None, data: Path) -> None:
    """Close it: done, nothing to change, or abuse, which counts for none."""
    _desk(config_file, data).close(id, ending)


def _head(one: Remark, zone: ZoneInfo) -> dict[str, str]:
    return {
        "id": one.id,
        "state": one.state,
        "kind": one.kind.value,
        "about": one.subject.about.value,
        "subject": one.subject.id,
        "name": one.subject.name,
        "at": written(one.at, zone),
        "ending": one.ending.value if one.ending else "",
    }


def _desk(config_file: Path | None, data: Path) -> RemarkDesk:
    from api.carpool.carpooling import post
    from api.feeds.logged import COMMAND_LINE
    from api.operators.remark_acts import RemarkDesk
    from api.web.storage import kept

    config = read_config(config_file)
    return RemarkDesk(config, kept(config, data), post(config), COMMAND_LINE, lambda: int(now_s()))
