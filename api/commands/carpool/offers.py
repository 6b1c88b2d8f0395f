"""`hent carpool offer`, `change`, ...: drivers' offers from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.commands.carpool.counter import (
    WEEKDAYS_HELP,
    Command,
    account_id,
    account_option,
    at_counter,
    carpooling_at,
    checked,
    listed,
    now,
    placed,
    places,
)
from api.commands.options import print_json, read_config, territory
from api.commands.plan import tell_understood

STATUSES = {"pause": "paused", "resume": "active", "withdraw": "withdrawn", "take-back": "active"}
THINGS = ("wheelchair", "childSeat", "luggage", "bike", "pets")


def terms(command: Command) -> Command:
    """The options of a new offer and of a change alike; what is not said stays, or is as the API has it."""
    for option in (
        click.option("--date", "day", help="YYYY-MM-DD"),
        click.option("--weekdays", help=WEEKDAYS_HELP),
        click.option("--until", help="YYYY-MM-DD: last day of a weekly offer."),
        click.option("--except", "except_days", help="Days on which a weekly offer does not run: YYYY-MM-DD,..."),
        click.option("--school", type=click.Choice(["any", "school_days_only", "holidays_only"]), default="any"),
        click.option("--seats", type=int),
        click.option("--flexible", type=int, help="Minutes."),
        click.option("--longest-detour", type=int, help="Minutes."),
        click.option("--price", type=int, help="Cents for a seat and the whole way."),
        click.option("--takes", help=f"What can be taken along: {', '.join(THINGS)}."),
        click.option("--languages", help="fr,br,..."),
    ):
        command = option(command)
    return command


@click.command()
@account_option
@places(needed=True)
@click.option("--departure", required=True, help="HH:MM")
@terms
@click.option("--back", help="HH:MM of the way back, published in one go.")
@click.option("--preview", is_flag=True, help="Show what it would be; store nothing.")
@at_counter
def offer(config_file: Path | None, data: Path, account: str, preview: bool, back: str | None, **said: Any) -> None:
    """Publish an offer for an account."""
    from api.parse.bodies.carpool import OfferRequest
    from api.parse.carpool import draft
    from api.present.carpool import offers as present
    from mobility.carpool.draft import drafted
    from mobility.clock import local_date

    config = read_config(config_file)
    carpooling, found = carpooling_at(config_file, data), territory(data, config)
    ground, known = carpooling.ground(found), carpooling.accounts.by_id(account_id(account))
    said = placed(config, data, said)
    body = checked(OfferRequest, _terms(said) | {"back": {"departure": back} if back else None})
    made = drafted(draft(body, found.network, ground, local_date(now(), ground.zone)), ground, known.id, now())
    if preview:
        carpooling.registry.look(made)
    else:
        made = carpooling.registry.publish(made)
    tell_understood(said["understood"])
    print_json(present(made, config.carpool.cost_cents_per_km))


@click.command()
@click.argument("offer")
@account_option
@places(needed=False)
@click.option("--departure", help="HH:MM")
@terms
@at_counter
def change(offer: str, config_file: Path | None, data: Path, account: str, **said: Any) -> None:
    """Change OFFER; what is not named stays. Whoever has a seat that it no longer serves is told."""
    from api.parse.bodies.carpool import OfferChange
    from api.parse.carpool import changed
    from api.present.carpool import offer as present
    from mobility.carpool.draft import check
    from mobility.carpool.offer import Offer, OfferId
    from mobility.clock import local_date

    config = read_config(config_file)
    carpooling, found = carpooling_at(config_file, data), territory(data, config)
    said = placed(config, data, said)
    ground, body = carpooling.ground(found), checked(OfferChange, _terms(said))

    def apply(before: Offer) -> Offer:
        after = changed(before, body, found.network, ground, local_date(now(), ground.zone))
        check(after, ground, now())
        return after

    after = carpooling.registry.change(account_id(account), OfferId(offer), apply)
    tell_understood(said["understood"])
    print_json(present(after, config.carpool.cost_cents_per_km))


@click.command()
@account_option
@at_counter
def offers(config_file: Path | None, data: Path, account: str) -> None:
    """Print the offers of an account."""
    from api.present.carpool import offers as present

    carpooling = carpooling_at(config_file, data)
    found = carpooling.registry.of_driver(carpooling.accounts.by_id(account_id(account)).id)
    print_json(present(found, carpooling.config.carpool.cost_cents_per_km))


@click.command()
@click.argument("offer")
@click.argument("change", type=click.Choice(list(STATUSES)))
@account_option
@at_counter
def become(offer: str, change: str, account: str, config_file: Path | None, data: Path) -> None:
    """Pause, resume, withdraw or take back OFFER."""
    from mobility.carpool.offer import OfferId, OfferStatus

    status = OfferStatus(STATUSES[change])
    registry = carpooling_at(config_file, data).registry
    found = registry.become(account_id(account), OfferId(offer), status, now())
    click.echo(f"{found.id}  {found.status}")


@click.command()
@click.argument("offer")
@account_option
@at_counter
def confirm(offer: str, account: str, config_file: Path | None, data: Path) -> None:
    """Let a weekly OFFER go on for half a year from today."""
    from mobility.carpool.draft import confirmed
    from mobility.carpool.offer import OfferId
    from mobility.carpool.records import last_day
    from mobility.clock import local_date

    carpooling = carpooling_at(config_file, data)
    today = local_date(now(), carpooling.zone)
    found = carpooling.registry.change(account_id(account), OfferId(offer), lambda before: confirmed(before, today))
    click.echo(f"{found.id}  {last_day(found.schedule)}")


def _terms(said: dict[str, Any]) -> dict[str, object]:
    """As the body of the API."""
    weekly = {
        "weekdays": listed(said["weekdays"]),
        "lastDay": said["until"],
        "exceptDays": listed(said["except_days"]) or [],
        "school": said["school"],
    }
    takes = listed(said["takes"])
    return {
        "fromPlace": said["start"],
        "toPlace": said["end"],
        "departure": said["departure"],
        "date": said["day"],
        "weekly": weekly if said["weekdays"] else None,
        "seats": said["seats"],
        "flexibleMinutes": said["flexible"],
        "longestDetourMinutes": said["longest_detour"],
        "priceCents": said["price"],
        "accessibility": None if takes is None else dict.fromkeys(takes, True),
        "languages": listed(said["languages"]),
    }


OFFERS = (offer, change, offers, become, confirm)
