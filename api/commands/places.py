"""`hent places`: addresses and places that people name, prepared from files of the territory and from an extract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.failures import Failed
from api.commands.options import (
    config_option,
    data_option,
    extract_option,
    json_option,
    note,
    print_json,
    progress,
    read_config,
)
from gtfs.counted import counted

if TYPE_CHECKING:
    from mobility.places.addresses.address_index import AddressIndex
    from mobility.places.addresses.load import LoadedAddresses
    from mobility.places.landmarks.landmark_index import LandmarkIndex


@click.group()
def places() -> None:
    """Names that people type: addresses, and places as they call them."""


@places.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@extract_option
@config_option
@data_option
def build(files: tuple[Path, ...], extract: Path | None, config_file: Path | None, data: Path) -> None:
    """Read address files (BAN, .csv or .csv.gz) and places that people name, and put them into service.

    Addresses: FILES, else places.addresses of the config, else those of the extract. Places: places.landmarks of the
    config, and those of the extract. A running server follows with its next answer. What was read before is not read
    again. Rows that cannot be read are left out and told; a file where that is more than one row of twenty is refused.
    """
    from api.territory.names import load_named_addresses, load_named_landmarks, mapped
    from mobility.errors import ConfigFault, InvalidConfig

    config = read_config(config_file)
    source = mapped(config, extract)
    with progress() as said:
        addresses = load_named_addresses(data, config, (files, source), said)
        landmarks = load_named_landmarks(data, config, source, said)
    if addresses is None and landmarks is None:
        raise InvalidConfig(
            "places.addresses",
            "is missing; name a file there or behind the verb, or an extract",
            ConfigFault.KEY_MISSING,
        )
    if addresses is not None:
        _tell_addresses(addresses)
    if landmarks is not None:
        read = "" if landmarks.is_new else "read before; "
        click.echo(f"in service: {_landmarks_in_words(landmarks.index)} ({read}landmarks {landmarks.version[:12]})")


def _tell_addresses(loaded: LoadedAddresses) -> None:
    for line in loaded.told:
        note(f"left out: {line}")
    read = f"{counted(loaded.rows, 'row')} read, {loaded.skipped} left out" if loaded.rows else "read before"
    click.echo(f"in service: {_in_words(loaded.index)} ({read}; addresses {loaded.version[:12]})")


@places.command()
@json_option
@data_option
def show(as_json: bool, data: Path) -> None:
    """Which addresses and places are in service, with their sources, licences and dates."""
    from mobility.places.addresses.storage import ADDRESSES, open_addresses
    from mobility.places.landmarks.storage import LANDMARKS, open_landmarks

    versions = ADDRESSES.in_service(data), LANDMARKS.in_service(data)
    if versions == (None, None):
        raise Failed("no addresses were built yet: hent places build")
    addresses = open_addresses(ADDRESSES.folder(data, versions[0])) if versions[0] else None
    landmarks = open_landmarks(LANDMARKS.folder(data, versions[1])) if versions[1] else None
    if as_json:
        print_json(_told(versions, addresses, landmarks))
        return
    if addresses is not None:
        click.echo(f"{_in_words(addresses)} (addresses {str(versions[0])[:12]})")
    if landmarks is not None:
        click.echo(f"{_landmarks_in_words(landmarks)} (landmarks {str(versions[1])[:12]})")


def _told(
    versions: tuple[str | None, str | None], addresses: AddressIndex | None, landmarks: LandmarkIndex | None
) -> dict[str, object]:
    """Of addresses at the top, as it was before there were landmarks."""
    told: dict[str, object] = {}
    if addresses is not None:
        counts = {"streets": len(addresses), "numbers": len(addresses.numbers.number)}
        about = {"source": addresses.source, "licence": addresses.licence, "date": addresses.date}
        told |= {"version": versions[0], **about, **counts}
    if landmarks is not None:
        told["landmarks"] = {"version": versions[1], "places": len(landmarks.places), "sources": landmarks.sources}
    return told


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

    known = Following(data, read_config(config_file)).territory().gazetteer()
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
    """Take addresses and landmarks out of service. What was built is kept."""
    from mobility.places.addresses.storage import ADDRESSES
    from mobility.places.landmarks.storage import LANDMARKS

    ADDRESSES.take_out(data)
    LANDMARKS.take_out(data)


def _in_words(index: AddressIndex) -> str:
    counts = f"{counted(len(index), 'street')}, {counted(len(index.numbers.number), 'number')}"
    return f"{counts}; {index.source}, {index.licence}, {index.date}"


def _landmarks_in_words(index: LandmarkIndex) -> str:
    return f"{counted(len(index.places), 'place')} that people name; {index.sources}"
