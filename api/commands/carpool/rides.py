"""`hent carpool ask`, `rides`, `answer`, ...: seats in drivers' offers from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from api.commands.carpool.counter import (
    WEEKDAYS_HELP,
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

VERBS = ("accept", "refuse", "cancel")


@click.command()
@click.argument("offer")
@account_option
@click.option("--date", "day", required=True, help="YYYY-MM-DD")
@click.option("--pickup", required=True, help="Id of the meeting point to get in at.")
@click.option("--drop-off", required=True, help="Id of the meeting point to get out at.")
@click.option("--seats", type=int, default=1, show_default=True)
@click.option("--wait", type=int, default=0, help="Seconds that the driver is to wait, as the leg says.")
@click.option("--message", help="For the driver; 500 characters at most.")
@at_counter
def ask(offer: str, account: str, config_file: Path | None, data: Path, **said: Any) -> None:
    """Ask for seats in OFFER; its driver is told. The members of a carpool leg's `hent` say what to ask for."""
    from api.carpool.ask import asked
    from api.parse.bodies.carpool import AskRequest

    carpooling = carpooling_at(config_file, data)
    known = carpooling.accounts.by_id(account_id(account)).id
    told = {"offer": offer, "date": said["day"], "pickup": said["pickup"], "dropOff": said["drop_off"]}
    body = checked(AskRequest, told | {"seats": said["seats"], "wait": said["wait"], "message": said["message"]})
    booked = carpooling.agreements.ask(asked(body, known))
    _print(config_file, data, account, booked.id)


@click.command()
@account_option
@at_counter
def rides(account: str, config_file: Path | None, data: Path) -> None:
    """Print the rides of an account, asked for or driven: also who asked."""
    from api.present.carpool_rides import bookings
    from mobility.carpool.outside import outside_of
    from mobility.carpool.rides import shared_by

    carpooling = carpooling_at(config_file, data)
    known = carpooling.accounts.by_id(account_id(account)).id
    with carpooling.store.reading() as connection:
        outside = outside_of(connection, known)
    print_json(bookings(shared_by(carpooling.accounts, carpooling.agreements, known), outside, now()))


@click.command()
@click.argument("booking")
@click.argument("verb", type=click.Choice(VERBS))
@account_option
@at_counter
def answer(booking: str, verb: str, account: str, config_file: Path | None, data: Path) -> None:
    """Accept, refuse or cancel BOOKING."""
    from mobility.carpool.booking import STATUSES, BookingId

    carpooling = carpooling_at(config_file, data)
    side = _shared(config_file, data, account, booking).side
    carpooling.agreements.become(BookingId(booking), STATUSES[verb], side)
    _print(config_file, data, account, booking)


@click.command()
@click.argument("booking")
@click.argument("text")
@account_option
@at_counter
def write(booking: str, text: str, account: str, config_file: Path | None, data: Path) -> None:
    """Write TEXT to the other side of BOOKING."""
    from api.parse.bodies.carpool import MessageRequest
    from mobility.carpool.booking import BookingId

    known = checked(MessageRequest, {"text": text}).text
    side = _shared(config_file, data, account, booking).side
    carpooling_at(config_file, data).agreements.write(BookingId(booking), side, known)


@click.command()
@click.argument("booking")
@account_option
@at_counter
def messages(booking: str, account: str, config_file: Path | None, data: Path) -> None:
    """Print what both sides of BOOKING wrote."""
    from api.present.carpool_rides import messages as present
    from mobility.carpool.messages import messages_about
    from mobility.carpool.people import aliases_of

    about = _shared(config_file, data, account, booking).booking
    with carpooling_at(config_file, data).store.reading() as connection:
        found = messages_about(connection, about.id)
        aliases = aliases_of(connection, [one.sender for one in found if one.sender])
    print_json(present(found, account_id(account), aliases))


@click.command()
@account_option
@places(needed=True)
@click.option("--departure", required=True, help="HH:MM")
@click.option("--date", "day", help="YYYY-MM-DD")
@click.option("--weekdays", help=WEEKDAYS_HELP)
@click.option("--seats", type=int, default=1, show_default=True)
@at_counter
def want(account: str, config_file: Path | None, data: Path, **said: Any) -> None:
    """Publish a ride that an account looks for."""
    from api.parse.bodies.carpool import WantedRequest
    from api.parse.carpool import wish
    from api.present.carpool_rides import wanted as present
    from mobility.carpool.wanted import publish_wanted
    from mobility.carpool.wish import wished
    from mobility.clock import local_date

    config = read_config(config_file)
    carpooling, found, said = carpooling_at(config_file, data), territory(data, config), placed(config, data, said)
    known, ground = carpooling.accounts.by_id(account_id(account)).id, carpooling.ground(found)
    told = {"fromPlace": said["start"], "toPlace": said["end"], "departure": said["departure"], "date": said["day"]}
    weekly = {"weekdays": listed(said["weekdays"])} if said["weekdays"] else None
    body = checked(WantedRequest, told | {"weekly": weekly, "seats": said["seats"]})
    ride = wished(wish(body, found.network, ground, local_date(now(), ground.zone)), ground, known, now())
    with carpooling.store.writing() as connection:
        publish_wanted(connection, ride)
    tell_understood(said["understood"])
    print_json(present(ride))


@click.command()
@account_option
@at_counter
def wanted(account: str, config_file: Path | None, data: Path) -> None:
    """Print the rides that an account looks for."""
    from api.present.carpool_rides import wanted as present
    from mobility.carpool.wanted import wanted_of

    carpooling = carpooling_at(config_file, data)
    with carpooling.store.reading() as connection:
        known = carpooling.accounts.of(connection, account_id(account)).id
        print_json({"wanted": [present(one) for one in wanted_of(connection, known)]})


@click.command()
@click.argument("ride")
@account_option
@at_counter
def unwant(ride: str, account: str, config_file: Path | None, data: Path) -> None:
    """Look for RIDE no longer."""
    from mobility.carpool.wanted import withdraw_wanted

    with carpooling_at(config_file, data).store.writing() as connection:
        withdraw_wanted(connection, account_id(account), ride)


def _shared(config_file: Path | None, data: Path, account: str, booking: str) -> Any:
    """Raises NotFound, also where the account is neither side."""
    from mobility.carpool.booking import BookingId
    from mobility.carpool.rides import shared

    carpooling = carpooling_at(config_file, data)
    return shared(carpooling.accounts, carpooling.agreements, account_id(account), BookingId(booking))


def _print(config_file: Path | None, data: Path, account: str, booking: str) -> None:
    from api.present.carpool_rides import booking as present

    print_json(present(_shared(config_file, data, account, booking), now()))


RIDES = (ask, rides, answer, write, messages, want, wanted, unwant)
