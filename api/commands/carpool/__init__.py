"""`hent carpool`: the registry from the command line, as the staff of a counter uses it for people: accounts.

Codes are printed, not mailed.
"""

from __future__ import annotations

from pathlib import Path

import click

from api.commands.carpool.counter import account_id, account_option, at_counter, carpooling_at, now
from api.commands.carpool.offers import OFFERS
from api.commands.carpool.partners import partners
from api.commands.carpool.rides import RIDES
from api.commands.options import print_json
from api.web.sentences import LANGUAGES


@click.group()
def carpool() -> None:
    """Shared rides: accounts, drivers' offers, bookings, other operators."""


@carpool.command()
@click.argument("email")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@at_counter
def code(email: str, language: str, config_file: Path | None, data: Path) -> None:
    """Print a sign-in code for EMAIL, once the counter has made sure whose address it is; it is good for 15 minutes."""
    carpooling = carpooling_at(config_file, data)
    printed = carpooling.accounts.code(email, language, now())
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

    accounts = carpooling_at(config_file, data).accounts
    begun = accounts.sign_in(code.rpartition("#code=")[2], Newcomer(alias, adult), now())
    print_json(new_session(begun, accounts.by_id(begun.account)))


@carpool.command()
@at_counter
def accounts(config_file: Path | None, data: Path) -> None:
    """List ids and aliases."""
    for account, alias in carpooling_at(config_file, data).accounts.everybody():
        click.echo(f"{account}  {alias}")


@carpool.command()
@account_option
@click.confirmation_option(prompt="Erase the account with all its offers and rides?")
@at_counter
def erase(account: str, config_file: Path | None, data: Path) -> None:
    """Erase an account with all that hangs on it."""
    carpooling_at(config_file, data).accounts.erase(account_id(account), now())


for verb in (*OFFERS, *RIDES, partners):
    carpool.add_command(verb)
