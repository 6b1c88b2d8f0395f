"""`hent carpool`: the registry of offers from the command line, as the staff of a counter uses it for people.

Whoever may read the database acts for any account: `--account ID` says for whom. Codes are printed, not mailed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from api.commands_options import config_option, data_option, print_json, read_config

if TYPE_CHECKING:
    from api.carpooling import Carpooling

Command = TypeVar("Command", bound=Callable[..., Any])
STATUSES = {"pause": "paused", "resume": "active", "withdraw": "withdrawn", "take-back": "active"}


@click.group()
def carpool() -> None:
    """Drivers' offers and their accounts."""


def at_counter(command: Command) -> Command:
    return config_option(data_option(command))


account_option = click.option("--account", required=True, help="Id of the account that it is done for.")


@carpool.command()
@click.argument("email")
@click.option("--language", type=click.Choice(["fr", "br", "en"]), default="fr", show_default=True)
@at_counter
def code(email: str, language: str, config_file: Path | None, data: Path) -> None:
    """Print a sign-in code for EMAIL, once the counter has made sure whose address it is; it is good for 15 minutes."""
    carpooling = _carpooling(config_file, data)
    printed = carpooling.accounts.code(email, language, _now())
    click.echo(carpooling.link(printed) or printed)


@carpool.command("sign-in")
@click.argument("code")
@click.option("--alias", help="How others see the person; needed the first time.")
@click.option("--adult", is_flag=True, help="The person says that they are of age; needed the first time.")
@at_counter
def sign_in(code: str, alias: str | None, adult: bool, config_file: Path | None, data: Path) -> None:
    """Use up CODE; prints the account and the token of its session."""
    from api.present.carpool import new_session
    from mobility.carpool.accounts import Newcomer

    accounts = _carpooling(config_file, data).accounts
    begun = accounts.sign_in(code.rpartition("#code=")[2], Newcomer(alias, adult), _now())
    print_json(new_session(begun, accounts.by_id(begun.account)))


@carpool.command()
@at_counter
def accounts(config_file: Path | None, data: Path) -> None:
    """List ids and aliases."""
    for account, alias in _carpooling(config_file, data).accounts.everybody():
        click.echo(f"{account}  {alias}")


@carpool.command()
@account_option
@click.confirmation_option(prompt="Erase the account with all its offers and rides?")
@at_counter
def erase(account: str, config_file: Path | None, data: Path) -> None:
    """Erase an account with all that hangs on it."""
    from mobility.carpool.offer import AccountId

    _carpooling(config_file, data).accounts.erase(AccountId(account), _now())


@carpool.command()
@account_option
@click.option("--from", "start", required=True, help="LAT,LON or id of a stop; becomes a meeting point.")
@click.option("--to", "end", required=True, help="LAT,LON or id of a stop; becomes a meeting point.")
@click.option("--departure", required=True, help="HH:MM")
@click.option("--date", "day", help="YYYY-MM-DD")
@click.option("--weekdays", help="monday,friday,...: every week, for half a year")
@click.option("--school", type=click.Choice(["any", "school_days_only", "holidays_only"]), default="any")
@click.option("--seats", type=int, default=3, show_default=True)
@click.option("--flexible", type=int, default=10, show_default=True, help="Minutes.")
@click.option("--longest-detour", type=int, default=10, show_default=True, help="Minutes.")
@click.option("--price", type=int, default=0, show_default=True, help="Cents for a seat and the whole way.")
@click.option("--back", help="HH:MM of the way back, published in one go.")
@click.option("--preview", is_flag=True, help="Show what it would be; store nothing.")
@at_counter
def offer(config_file: Path | None, data: Path, account: str, preview: bool, **said: Any) -> None:
    """Publish an offer for an account."""
    from api.commands_options import territory
    from api.parse.carpool import draft
    from api.present.carpool import offers as present
    from mobility.carpool.draft import drafted
    from mobility.clock import local_date

    config = read_config(config_file)
    carpooling, found = _carpooling(config_file, data), territory(data, config)
    ground, known = carpooling.ground(found), carpooling.accounts.by_id(_account(account))
    drawn = draft(_request(said), found.network, ground, local_date(_now(), ground.zone))
    made = drafted(drawn, ground, known.id, _now())
    shown = made if preview else carpooling.registry.publish(made)
    print_json(present(shown, config.carpool.cost_cents_per_km))


@carpool.command()
@account_option
@at_counter
def offers(config_file: Path | None, data: Path, account: str) -> None:
    """Print the offers of an account."""
    from api.present.carpool import offers as present

    carpooling = _carpooling(config_file, data)
    found = carpooling.registry.of_driver(_account(account))
    print_json(present(found, carpooling.config.carpool.cost_cents_per_km))


@carpool.command()
@click.argument("offer")
@click.argument("change", type=click.Choice(list(STATUSES)))
@account_option
@at_counter
def become(offer: str, change: str, account: str, config_file: Path | None, data: Path) -> None:
    """Pause, resume, withdraw or take back OFFER."""
    from mobility.carpool.offer import OfferId, OfferStatus

    status = OfferStatus(STATUSES[change])
    found = _carpooling(config_file, data).registry.become(_account(account), OfferId(offer), status, _now())
    click.echo(f"{found.id}  {found.status}")


def _request(said: dict[str, Any]) -> Any:
    from api.requests import read_body
    from api.requests_carpool import OfferRequest

    weekly = {"weekdays": said["weekdays"].split(","), "school": said["school"]} if said["weekdays"] else None
    return read_body(
        OfferRequest,
        _json(
            {
                "fromPlace": said["start"],
                "toPlace": said["end"],
                "departure": said["departure"],
                "date": said["day"],
                "weekly": weekly,
                "seats": said["seats"],
                "flexibleMinutes": said["flexible"],
                "longestDetourMinutes": said["longest_detour"],
                "priceCents": said["price"],
                "back": {"departure": said["back"]} if said["back"] else None,
            }
        ),
    )


def _json(value: object) -> bytes:
    import orjson

    return orjson.dumps(value)


def _account(account: str) -> Any:
    from mobility.carpool.offer import AccountId

    return AccountId(account)


def _carpooling(config_file: Path | None, data: Path) -> Carpooling:
    from api.carpooling import carpooling
    from api.storing import kept

    config = read_config(config_file)
    return carpooling(config, kept(config, data), _now)


def _now() -> int:
    return int(time.time())
