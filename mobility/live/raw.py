"""The last bodies that were believed and the messages in force, on disk: what a new writer, and a network that is about
to be published, begin with.

DIR/live/raw/NAME.pb         the body of a place, NAME by its sha256
DIR/live/raw/NAME.json       when it was made, and of which source it is
DIR/live/raw/messages.json   what operators have typed
DIR/live/raw/confirmed.json  which feeds' mass cancellations an operator has called true, until when
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from gtfs.errors import UnreadableRealtime
from gtfs.realtime.decode import read_realtime
from mobility.live.composed import Sayings
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.live.source import RealtimeSource
from mobility.live.source_fault import SourceFault, unexpected
from mobility.live.sources import Heard, said
from mobility.network.files import OWN, write_whole
from mobility.network.live_alerts import Texts
from mobility.network.live_files import live_folder

LOG = logging.getLogger("hent.live")
MESSAGES, CONFIRMED = "messages.json", "confirmed.json"
Typed = Sequence[tuple[OperatorMessage, Texts]]


def _folder(data: Path) -> Path:
    return live_folder(data) / "raw"


def _file(data: Path, place: str) -> Path:
    return _folder(data) / f"{hashlib.sha256(place.encode()).hexdigest()[:32]}.pb"


@dataclass
class RawFolder:
    """What the writer keeps there. What cannot be kept is tried again, and keeps nothing else from being kept."""

    data: Path
    _unkept: dict[str, RealtimeSource] = field(default_factory=dict)
    _said: Typed | None = None
    _faults: dict[str, SourceFault] = field(default_factory=dict)

    def take(self, place: str, source: RealtimeSource) -> None:
        """Another body of the place is believed."""
        self._unkept[place] = source

    def settle(self, heard: Mapping[str, Heard]) -> None:
        """Of each place that was taken what was heard last."""
        for place, source in tuple(self._unkept.items()):
            if self._keeps(place, partial(keep_raw, self.data, source, place, heard[place])):
                del self._unkept[place]

    def say(self, typed: Typed) -> None:
        if typed == self._said and has_messages(self.data):
            return
        if self._keeps(MESSAGES, partial(keep_messages, self.data, typed)):
            self._said = typed

    def with_faults(self, heard: Mapping[str, Heard]) -> dict[str, Heard]:
        """Of a source that is heard it is a fault that what it says is not kept."""
        unkept = {
            place: self._faults[place] for place, one in heard.items() if place in self._faults and not one.fault.text
        }
        return {**heard, **{place: replace(heard[place], fault=fault) for place, fault in unkept.items()}}

    def _keeps(self, name: str, keep: Callable[[], None]) -> bool:
        """Whether that succeeds; a line in the log when it begins to fail."""
        try:
            keep()
        except OSError as error:
            if name not in self._faults:
                LOG.error("what is believed cannot be kept", extra={"fault": type(error).__name__})
            self._faults[name] = unexpected(error)
            return False
        self._faults.pop(name, None)
        return True


def keep_raw(data: Path, source: RealtimeSource, place: str, heard: Heard) -> None:
    """Raises OSError."""
    file = _file(data, place)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, heard.body, settled=False, mode=OWN)
    told = {"madeAt": heard.believed_s, "place": file.stem, "source": asdict(_unnamed(data, source))}
    write_whole(file.with_suffix(".json"), orjson.dumps(told), settled=False, mode=OWN)


def kept_file(data: Path, source: RealtimeSource, kind: str) -> Path | None:
    """Where the last body of a kind that was believed lies; None where the source has none of that kind."""
    place = str(getattr(source, kind))
    return _file(data, place) if place else None


def _unnamed(data: Path, source: RealtimeSource) -> RealtimeSource:
    """Its places by the names of their files: an address may hold a key."""
    updates, alerts, positions = (
        _file(data, place).stem if place else "" for place in (source.trip_updates, source.alerts, source.positions)
    )
    return replace(source, hosts=(), trip_updates=updates, alerts=alerts, positions=positions)


def kept_raw(data: Path, sources: Sequence[RealtimeSource], now_s: int) -> dict[str, Heard]:
    """What the writer before had believed, by place; what no source names any more is removed."""
    named = {_file(data, place).stem: place for source in sources for place in source.places()}
    for file in _folder(data).glob("*"):
        if file.stem not in named and file.name not in (MESSAGES, CONFIRMED):
            file.unlink(missing_ok=True)
    return {named[name]: heard for _, name, heard in _kept(data, now_s) if name in named}


def kept_sayings(data: Path, now_s: int) -> Sayings:
    """What was said last, of all sources whose bodies are kept; a place is here the name of its file."""
    heard: dict[str, Heard] = {}
    sources: dict[str, RealtimeSource] = {}
    for source, place, one in _kept(data, now_s):
        heard[place], sources[source.feed] = one, source
    feeds = {feed: said(source, heard, now_s) for feed, source in sorted(sources.items())}
    typed = [one for one in kept_messages(data) if one[0].holds(now_s)]
    return Sayings(feeds, typed, confirmed_feeds(data, now_s))


def _kept(data: Path, now_s: int) -> Iterator[tuple[RealtimeSource, str, Heard]]:
    for file in sorted(_folder(data).glob("*.pb")):
        try:
            told = orjson.loads(file.with_suffix(".json").read_bytes())
            source = RealtimeSource(**told["source"] | {"hosts": tuple(told["source"]["hosts"])})
            body, made_s = file.read_bytes(), min(int(told["madeAt"]), now_s)
            yield source, str(told["place"]), Heard(feed=read_realtime(body), body=body, believed_s=made_s)
        except (OSError, UnreadableRealtime, ValueError, KeyError, TypeError):
            continue


def confirm(data: Path, feed: str, until_s: int) -> None:
    """What a feed says of more than half of a day's runs is true, an operator says, until then. Raises OSError."""
    _folder(data).mkdir(parents=True, exist_ok=True)
    write_whole(_folder(data) / CONFIRMED, orjson.dumps(_confirmations(data) | {feed: until_s}))


def confirmed_feeds(data: Path, now_s: int) -> frozenset[str]:
    return frozenset(feed for feed, until_s in _confirmations(data).items() if now_s < until_s)


def _confirmations(data: Path) -> dict[str, int]:
    try:
        return {
            str(feed): int(until_s) for feed, until_s in orjson.loads((_folder(data) / CONFIRMED).read_bytes()).items()
        }
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def keep_messages(data: Path, typed: Typed) -> None:
    """Without who typed them: nothing that reads them asks. Raises OSError."""
    _folder(data).mkdir(parents=True, exist_ok=True)
    rows = [{"message": asdict(replace(message, by="")), "texts": texts} for message, texts in typed]
    write_whole(_folder(data) / MESSAGES, orjson.dumps(rows), settled=False, mode=OWN)


def has_messages(data: Path) -> bool:
    """Whether their file is there: somebody may have removed it."""
    return (_folder(data) / MESSAGES).exists()


def kept_messages(data: Path) -> Typed:
    try:
        rows = orjson.loads((_folder(data) / MESSAGES).read_bytes())
        return [(_message(row["message"]), tuple((tag, text) for tag, text in row["texts"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _message(said: dict[str, Any]) -> OperatorMessage:
    day = said["day"]
    return OperatorMessage(
        **said
        | {
            "effect": MessageEffect(said["effect"]),
            "cause": MessageCause(said["cause"]),
            "day": date.fromisoformat(day) if day else None,
            "text": tuple((tag, text) for tag, text in said["text"]),
        }
    )
