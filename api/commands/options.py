"""What several verbs of the `hent` command share: options, the config, progress on stderr."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.web.quoted import quoted
from mobility.clock import local_date, now_s

if TYPE_CHECKING:
    from api.config import Config
    from mobility.errors import FolderUnavailable
    from mobility.network.network import FeedVersion
    from mobility.routing.territory import Territory

DATA = Path("var")
NICE = 15
VERB = "hent.verb"

config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="config.toml of the territory. Default: ./config.toml, else the demo territory's.",
)


def _whole(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """Flask would count a relative path from the folder of its package."""
    context.meta[VERB] = context
    return folder.absolute()


def typed(context: click.Context, parameter: str) -> str:
    """What was typed for a parameter of the verb that runs; the parameter where that is not known."""
    verb: click.Context | None = context.meta.get(VERB)
    if verb is None:
        return parameter
    for one in verb.command.params:
        name = one.name or ""
        if parameter in (one.human_readable_name, name, name.removesuffix("_id")):
            return quoted(str(verb.params.get(name) or parameter))
    return parameter


def named(context: click.Context, parameter: str) -> str:
    """A parameter of a question as it is typed for the verb that runs: `--at` for `time`, FROM for `origin`."""
    verb: click.Context | None = context.meta.get(VERB)
    for one in verb.command.params if verb else ():
        if (one.name or "").replace("_", "") == parameter.lower():
            return max(one.opts, key=len) if isinstance(one, click.Option) else one.human_readable_name
    return parameter


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=DATA,
    show_default=True,
    callback=_whole,
    help="Folder of all state: feeds, networks.",
)
extract_option = click.option(
    "--extract",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An extract of OpenStreetMap (.osm.pbf). Default: streets.extract of the config.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")


def read_config(config_file: Path | None) -> Config:
    from api import config

    return config.read_config(config_file or config.find_config(Path.cwd()))


def extract_of(config: Config) -> Path:
    """Raises InvalidConfig where none is named."""
    from mobility.errors import ConfigFault, InvalidConfig

    if config.streets.extract is None:
        raise InvalidConfig(
            "streets.extract", "is missing; name an extract there or with --extract", ConfigFault.KEY_MISSING
        )
    return Path(config.streets.extract)


@contextmanager
def progress() -> Iterator[Callable[[object], None]]:
    """A function that is told each step of long work; it shows them on stderr where a person looks on."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting", refresh_per_second=4) as status:
        yield lambda step: status.update(str(step))


@contextmanager
def niced() -> Iterator[None]:
    """Long work gives way to a service on the same machine. Who is not root stays so until the process ends."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, max(before, NICE))
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, before)


def territory(data: Path, config: Config) -> Territory:
    """The territory in service; where DIR has none, the feeds at hand are loaded first (the demo, by default)."""
    from api.territory.in_service import Following

    ensure_network(data, config)
    return Following(data, config).territory()


def ensure_network(data: Path, config: Config) -> None:
    """What is in service as this version of Hent reads it; the feeds of the config that are at hand and not in service
    are loaded; the embedded one is built before it expires.

    Where that cannot be done and a network is in service, it stays.
    """
    from api.territory.in_service import is_complete
    from mobility.errors import FolderUnavailable

    _ensure_names(data, config)
    try:
        serving = _restored(data, config)
    except FolderUnavailable as error:
        _serve_as_it_is(data, error)
        return
    if is_complete(config, serving, today_in(config)):
        return
    from api.feeds.desk import load_at_hand
    from gtfs.errors import FeedError
    from mobility.errors import MobilityError

    try:
        with progress() as said:
            load_at_hand(data, config, today_in(config), said)
        gc.collect()  # a graph holds itself, and a server would keep it for good
    except (MobilityError, FeedError) as error:
        if not serving:
            raise
        note(f"hent: the timetables at hand cannot be loaded: {error}")


def _ensure_names(data: Path, config: Config) -> None:
    """Addresses and landmarks of the config; without them a service starts all the same."""
    from api.territory.names import ensure_names
    from mobility.errors import MobilityError

    try:
        with progress() as said:
            ensure_names(data, config, said)
    except (MobilityError, OSError) as error:
        note(f"hent: names that people type are missing: {error}")


def _serve_as_it_is(data: Path, fault: FolderUnavailable) -> None:
    """What is known of the feeds cannot be read, which a network that can be opened needs for the next load only."""
    from mobility.errors import NetworkUnavailable
    from mobility.network.current import Current

    try:
        Current(data).network()
    except NetworkUnavailable:
        raise fault from None
    note(f"hent: {fault}")


def _restored(data: Path, config: Config) -> tuple[FeedVersion, ...]:
    """The feeds in service, once their network can be opened; none where it cannot, which is told. Raises
    FolderUnavailable where it is not known which they are."""
    from mobility.feeds.state import read_standing
    from mobility.network.current import POINTER, is_pointer_damaged

    _restore_streets(data, config)
    note_forgotten(data)
    before = read_standing(data)
    if not before.published or (before.is_whole and not is_pointer_damaged(data)):
        return before.feeds
    from api.feeds.desk import Desk, restore
    from api.present.feeds import left_out_line, pointer_line
    from mobility.errors import MobilityError, NetworkUnavailable
    from mobility.feeds.outcome import LoadState

    if is_pointer_damaged(data):
        note(f"hent: {pointer_line(data / POINTER, before.feeds)}")
    try:
        with progress() as said:
            outcome = restore(Desk(data, config, today_in(config), said))
        gc.collect()
    except NetworkUnavailable:
        _note_all(map(left_out_line, (*before.feeds, *before.left_out)))
        return ()
    except MobilityError as error:
        note(f"hent: the network cannot be built again: {error}")
        return before.feeds if before.is_sound else ()
    if outcome.state is LoadState.PUBLISHED:
        note(f"hent: built again for this version of Hent: {', '.join(feed.id for feed in outcome.feeds)}")
    _note_all(map(left_out_line, outcome.left_out))
    return outcome.feeds


def leave_quick(data: Path, config_file: Path | None) -> None:
    """Today, once a command has told what came of its loads; see `make_quick`."""
    from api.feeds.desk import Desk
    from mobility.feeds.publish import make_quick

    config = read_config(config_file)
    with niced(), progress() as said:
        said("making today quick to search")
        make_quick(Desk(data, config, today_in(config)))


def note_forgotten(data: Path) -> None:
    """A folder that has served looks like a new one where the files that say what are gone: that is told."""
    from api.present.feeds import forgotten_line
    from mobility.feeds.versions import feeds_kept
    from mobility.network.current import is_forgotten

    if is_forgotten(data):
        note(f"hent: {forgotten_line(data, feeds_kept(data))}")


def _restore_streets(data: Path, config: Config) -> None:
    from mobility.streets.storage import cannot_be_opened

    if not cannot_be_opened(data):
        return
    from api.territory.streets import StreetsFound, restore_streets
    from mobility.errors import FolderUnavailable

    found = StreetsFound.LOST
    with progress() as said, suppress(FolderUnavailable):
        found = restore_streets(data, config, said, said)
    if found is StreetsFound.LOST:
        note("hent: the streets are of another version of Hent; until `hent streets build` ways are straight lines")
    else:
        note("hent: streets read again for this version of Hent")


def _note_all(lines: Iterable[str]) -> None:
    for line in lines:
        note(f"hent: {line}")


def today_in(config: Config) -> date:
    """The date of the territory."""
    return local_date(int(now_s()), config.territory.zone)


def print_json(value: object) -> None:
    import orjson

    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def note(text: str) -> None:
    """A line on stderr."""
    click.echo(text, err=True)
