"""`hent carpool partners`: the keys of other operators that may book here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from api.commands.carpool.counter import at_counter, carpooling_at, now


@click.group()
def partners() -> None:
    """Other operators and their keys (docs/standard-covoiturage.md)."""


@partners.command()
@click.argument("name")
@at_counter
def add(name: str, config_file: Path | None, data: Path) -> None:
    """Print a key for the operator NAME: once; only its hash is kept."""
    from mobility.carpool.partners import add_partner

    with carpooling_at(config_file, data).store.writing() as connection:
        key = add_partner(connection, name, now())
    click.echo(key)


@partners.command("list")
@at_counter
def list_partners(config_file: Path | None, data: Path) -> None:
    """List the operators that have or had a key, since when, until when."""
    from mobility.carpool.partners import partners as known

    with carpooling_at(config_file, data).store.reading() as connection:
        found = known(connection)
    for one in found:
        ended = f"revoked {_day(one.revoked_at)}" if one.revoked_at else "in force"
        click.echo(f"{_day(one.created_at)}  {ended:18}  {one.name}")


@partners.command()
@click.argument("name")
@at_counter
def revoke(name: str, config_file: Path | None, data: Path) -> None:
    """End the key of the operator NAME at once."""
    from mobility.carpool.partners import revoke_partner

    with carpooling_at(config_file, data).store.writing() as connection:
        revoke_partner(connection, name, now())


def _day(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).date().isoformat()
