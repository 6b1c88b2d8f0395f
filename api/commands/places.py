"""`hent places`: the addresses of the territory, prepared from the files of an operator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.failures import Failed
from api.commands.options import config_option, data_option, json_option, note, print_json, progress, read_config

if TYPE_CHECKING:
    from mobility.places.addresses.address_index import AddressIndex


@click.group()
def places() -> None:
    """Names that people type: addresses, and places as they call them."""


@places.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@config_option
@data_option
def build(files: tuple[Path, ...], config_file: Path | None, data: Path) -> None:
    """Read address files (BAN, .csv or .csv.gz) and put them into service. Default: places.addresses of the config.

    A running server follows with its next answer. Files that were read before are not read again. Rows that cannot be
    read are left out and told; a file where that is more than one row of twenty is refused.
    """
    from mobility.errors import InvalidConfig
    from mobility.places.addresses.load import load_addresses

    config = read_config(config_file).places
    chosen = files or tuple(Path(file) for file in config.addresses)
    if not chosen:
        raise InvalidConfig("places.addresses", "is missing; name a file there or behind the verb")
    with progress() as said:
        loaded = load_addresses(data, chosen, (config.addresses_source, config.addresses_licence), said)
    for line in loaded.told:
        note(f"left out: {line}")
    read = f"{loaded.rows} rows read, {loaded.skipped} left out" if loaded.rows else "read before"
    click.echo(f"in service: {_in_words(loaded.index)} ({read}; addresses {loaded.version[:12]})")


@places.command()
@json_option
@data_option
def show(as_json: bool, data: Path) -> None:
    """Which addresses are in service, with their source, licence and date."""
    from mobility.places.addresses.storage import ADDRESSES, open_addresses

    version = ADDRESSES.in_service(data)
    if version is None:
        raise Failed("no addresses were built yet: hent places build")
    index = open_addresses(ADDRESSES.folder(data, version))
    if not as_json:
        click.echo(f"{_in_words(index)} (addresses {version[:12]})")
        return
    counts = {"streets": len(index), "numbers": len(index.numbers.number)}
    about = {"source": index.source, "licence": index.licence, "date": index.date}
    print_json({"version": version, **about, **counts})


@places.command("try")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@json_option
@config_option
@data_option
def try_(file: Path, as_json: bool, config_file: Path | None, data: Path) -> None:
    """Ask for every text of FILE, a CSV with the columns text and expected, and print those that are answered
    otherwise: what an operator should mend, by an alias or in a file.

    expected: a name, alone or with its commune behind a comma, or the end of an id; empty where nothing shall be found.
    Exit codes: 0 all as expected; 1 some are not.
    """
    from api.territory.in_service import Following
    from mobility.places.trial import read_questions, tried

    known = Following(data, read_config(config_file)).territory().gazetteer
    if known is None:
        raise Failed("no places in service; load a timetable: hent feeds load FILE_OR_URL")
    asked = read_questions(file)
    wrong = [one for one in tried(known, asked) if not one.is_right]
    if as_json:
        print_json([{"text": one.text, "expected": one.expected, "found": list(one.found)} for one in wrong])
    else:
        for one in wrong:
            found = "; ".join(one.found) or "nothing"
            click.echo(f"{one.text}: expected {one.expected or 'nothing'}, found {found}")
        click.echo(f"{len(asked) - len(wrong)} of {len(asked)} as expected")
    if wrong:
        raise SystemExit(1)


@places.command()
@data_option
def off(data: Path) -> None:
    """Take the addresses out of service. What was built is kept."""
    from mobility.places.addresses.storage import ADDRESSES

    ADDRESSES.take_out(data)


def _in_words(index: AddressIndex) -> str:
    counts = f"{len(index)} streets, {len(index.numbers.number)} numbers"
    return f"{counts}; {index.source}, {index.licence}, {index.date}"
