"""What the verbs of `hent carpool` share: whoever may read the database acts for any account, `--account ID`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.commands.options import config_option, data_option, read_config
from mobility.clock import now_s

if TYPE_CHECKING:
    from api.carpool.carpooling import Carpooling
    from api.config import Config
    from api.parse.bodies import Read
    from mobility.carpool.offer import AccountId

Command = TypeVar("Command", bound=Callable[..., Any])

account_option = click.option("--account", required=True, help="Id of the account that it is done for.")
WEEKDAYS_HELP = "monday,friday,...: every week, for half a year."


def at_counter(command: Command) -> Command:
    return config_option(data_option(command))


def places(needed: bool) -> Callable[[Command], Command]:
    """The options --from and --to."""

    def add(command: Command) -> Command:
        told = "Name of a place (said which was understood), id of a stop, or LAT,LON; becomes a meeting point."
        return click.option("--from", "start", required=needed, help=told)(
            click.option("--to", "end", required=needed, help=told)(command)
        )

    return add


def placed(config: Config, data: Path, said: dict[str, Any]) -> dict[str, Any]:
    """The options with both ends as the API names places, and for what their names were taken (`understood`, see
    tell_understood). Raises NotFound, with what may be meant."""
    from api.carpool.carpooling import configured_points
    from api.commands.options import ensure_network
    from api.commands.plan import place
    from api.territory.in_service import Following

    ensure_network(data, config)
    territory, ours = Following(data, config).territory(), {one.id for one in configured_points(config)}
    ends = {end: said[end] for end in ("start", "end") if said[end]}
    points = ours | {one.id for one in territory.network.places if one.kind == "carpool_point"}
    called = {"start": "--from", "end": "--to"}
    found = {end: place(territory, text, called[end]) for end, text in ends.items() if text not in points}
    return said | {end: one.asked for end, one in found.items()} | {"understood": [*found.values()]}


def carpooling_at(config_file: Path | None, data: Path) -> Carpooling:
    from api.carpool.carpooling import carpooling
    from api.web.storage import kept

    config = read_config(config_file)
    return carpooling(config, kept(config, data), now)


def now() -> int:
    return int(now_s())


def account_id(account: str) -> AccountId:
    from mobility.carpool.offer import AccountId

    return AccountId(account)


def checked(model: type[Read], said: dict[str, object]) -> Read:
    """The body that the API would be sent; what is None is not said. Raises InvalidBody."""
    import orjson

    from api.parse.bodies import read_body

    return read_body(model, orjson.dumps({name: value for name, value in said.items() if value is not None}))


def listed(text: str | None) -> list[str] | None:
    """The words between commas."""
    return None if text is None else [word.strip() for word in text.split(",") if word.strip()]
