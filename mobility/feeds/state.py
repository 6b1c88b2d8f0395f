"""What is in service, what was, and what waits: read once by who changes it, written once at the end.

DIR/published/NETWORK.json   the feeds of a network that was put into service, whatever form it has on disk
DIR/feeds/FEED/state.json    what was in service of a feed, what waits for its day, what the publisher's server said

Only who holds the lock of DIR (mobility/feeds/lock.py) writes here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from mobility.errors import FolderFault, FolderUnavailable, folder_refused
from mobility.network.current import FEEDS, PUBLISHED, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.network.network import FeedVersion
from mobility.network.storage import DOCUMENT, find_network
from mobility.remote.validators import NOT_SEEN, Validators

STATE = "state.json"
NOT_UNDERSTOOD = AttributeError, KeyError, TypeError, ValueError
"""What reading JSON raises that is not as it was written: cut short, or of another kind."""

LOG = logging.getLogger("hent.feeds")


@dataclass(frozen=True, slots=True)
class LastFetch:
    """What came last from an address, whether it was accepted or not. sha256: of the file."""

    url: str = ""
    sha256: str = ""
    seen: Validators = NOT_SEEN


@dataclass(frozen=True, slots=True)
class FeedState:
    """published: sha256 of the versions that were put into service, latest first. waiting: of the one whose first
    day is still to come, "" without; waiting_network: the network that was built of it."""

    published: tuple[str, ...] = ()
    waiting: str = ""
    waiting_network: str = ""
    fetched: LastFetch = LastFetch()

    def with_published(self, sha256: str, before: str) -> FeedState:
        """Once this version is put into service in place of `before`; later ones, rolled back, are left out."""
        others = self.published[self.published.index(before) :] if before in self.published else self.published
        history = (sha256, *(one for one in others if one != sha256))
        return replace(self.without_waiting() if self.waiting == sha256 else self, published=history)

    def without_waiting(self) -> FeedState:
        return replace(self, waiting="", waiting_network="")


NEW = FeedState()
States = Mapping[str, FeedState]


@dataclass(frozen=True, slots=True)
class Standing:
    """published: networks, the one in service first. is_sound: whether this version of Hent can open that one.
    left_out: feeds that belong to it and could not be read when it was built again. states: by the id of the feed."""

    published: tuple[str, ...] = ()
    feeds: tuple[FeedVersion, ...] = ()
    is_sound: bool = False
    states: States = field(default_factory=dict)
    left_out: tuple[FeedVersion, ...] = ()

    @property
    def network(self) -> str:
        return self.published[0] if self.published else ""

    @property
    def is_whole(self) -> bool:
        return self.is_sound and not self.left_out

    def version(self, feed: str) -> str:
        """The sha256 in service of a feed, "" without."""
        return next((one.sha256 for one in self.feeds if one.id == feed), "")

    def state(self, feed: str) -> FeedState:
        return self.states.get(feed, NEW)


def read_standing(data: Path) -> Standing:
    """Raises FolderUnavailable where something stands on disk that cannot be read: written anew, it would be lost."""
    published = tuple(published_versions(data))
    is_sound = bool(published) and find_network(network_folder(data, published[0])) is not None
    states = {folder: read_state(data, folder) for folder in feed_folders(data)}
    return Standing(published, feeds_in_service(data), is_sound, states, left_out(data))


def feeds_in_service(data: Path) -> tuple[FeedVersion, ...]:
    """Of the network in service, whether it can be opened or not; where nothing is known of it, of the one before.
    Raises FolderUnavailable."""
    records = (find_record(data, network) for network in published_versions(data))
    return next((feeds for feeds in records if feeds), ())


def left_out(data: Path) -> tuple[FeedVersion, ...]:
    """Feeds of the network in service whose files could not be read when it was built again. Raises
    FolderUnavailable."""
    return next((_recorded(data, network, "left_out") for network in published_versions(data)), ())


def find_record(data: Path, network: str) -> tuple[FeedVersion, ...]:
    """The feeds of a network; none where nothing is known of it. Before there were records, only the network itself
    knew its feeds. Raises FolderUnavailable."""
    return _recorded(data, network, "feeds") or _documented(data, network)


def write_record(data: Path, network: str, feeds: Sequence[FeedVersion], left_out: Sequence[FeedVersion] = ()) -> None:
    """Before the network is put into service; its time says when that was. Raises OSError."""
    file = _record(data, network)
    content = told({"feeds": [asdict(feed) for feed in feeds], "left_out": [asdict(feed) for feed in left_out]})
    if not file.exists() or file.read_bytes() != content:
        file.parent.mkdir(exist_ok=True)
        write_whole(file, content)
    else:
        file.touch()


def _recorded(data: Path, network: str, member: str) -> tuple[FeedVersion, ...]:
    """None where there is no record, or it is older than this member. One that is damaged is not passed over: the feeds
    that are left out stand nowhere else."""
    content = _content(_record(data, network))
    try:
        return _feeds_in(content, member)
    except NOT_UNDERSTOOD:
        raise _damaged(f"{PUBLISHED}/{network}.json") from None


def _documented(data: Path, network: str) -> tuple[FeedVersion, ...]:
    """None where the network is gone, or of a form that says it otherwise."""
    content = _content(network_folder(data, network) / DOCUMENT)
    with suppress(*NOT_UNDERSTOOD):
        return _feeds_in(content, "feeds")
    return ()


def _feeds_in(content: bytes | None, member: str) -> tuple[FeedVersion, ...]:
    """Raises NOT_UNDERSTOOD."""
    return () if content is None else tuple(map(feed_of, json.loads(content).get(member, ())))


def _damaged(name: str) -> FolderUnavailable:
    return FolderUnavailable(f"{name} is damaged", FolderFault.DAMAGED_FILE, file=name)


def _content(file: Path) -> bytes | None:
    """None where there is no such file. Raises FolderUnavailable where there is one that cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise folder_refused(error) from error


def _record(data: Path, network: str) -> Path:
    return data / PUBLISHED / f"{network}.json"


def forget_records(data: Path, published: Collection[str]) -> None:
    """All but those of published networks: their loads were killed, or are long past."""
    for file in (data / PUBLISHED).glob("*.json"):
        if file.stem not in published:
            file.unlink(missing_ok=True)


def feed_folders(data: Path) -> list[str]:
    return sorted(path.name for path in (data / FEEDS).glob("*"))


def read_state(data: Path, feed: str) -> FeedState:
    """A new one where none was written, or what was is damaged. Raises FolderUnavailable where it cannot be read."""
    content = _content(data / FEEDS / feed / STATE)
    if content is None:
        return NEW
    try:
        return _state_of(json.loads(content))
    except NOT_UNDERSTOOD as fault:
        LOG.error("the state of a feed is damaged", extra={"feed": feed, "fault": type(fault).__name__})
        return NEW


def _state_of(read: Mapping[str, Any]) -> FeedState:
    """As it was written by this or another Hent: what is not known here is left out, what is missing is as in a new
    one."""
    state = _known(FeedState, read)
    fetched = _known(LastFetch, state.get("fetched", {}))
    seen = Validators(**_known(Validators, fetched.get("seen", {})))
    published = tuple(state.get("published", ()))
    return FeedState(**state | {"published": published, "fetched": LastFetch(**fetched | {"seen": seen})})


def write_states(data: Path, before: States, after: States) -> None:
    """Those that have changed. Raises OSError."""
    for feed, state in after.items():
        if state != before.get(feed, NEW):
            (data / FEEDS / feed).mkdir(parents=True, exist_ok=True)
            write_whole(data / FEEDS / feed / STATE, told(asdict(state)))


def feed_of(read: Mapping[str, Any]) -> FeedVersion:
    """A version as it was written by this or another Hent: what is not known here is left out. Raises KeyError,
    TypeError, ValueError."""
    days = {name: read[name] and date.fromisoformat(read[name]) for name in ("first_day", "last_day")}
    return FeedVersion(**_known(FeedVersion, read) | days)


def _known(kind: type[FeedVersion | FeedState | LastFetch | Validators], read: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a JSON object that this Hent knows of such a record."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in read.items() if name in names}


def replaced(feeds: Sequence[FeedVersion], new: Sequence[FeedVersion]) -> list[FeedVersion]:
    """Each new version where the one before stood; new feeds at the end."""
    by_id = {feed.id: feed for feed in feeds} | {feed.id: feed for feed in new}
    return list(by_id.values())


def told(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)
