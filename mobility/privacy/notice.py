"""The notice of one request: what is done with the data of the person who asks, in words (RGPD, article 13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256

from mobility.privacy.periods import SPOKEN
from mobility.privacy.register import NOTHING, Basis, Processing, Recipient

MORE = "/data-use"
LONGEST_SENTENCE = 160
VERSION_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Wording:
    """processings: what is said of each, by its id and then by `name`, `purpose`, `summary`, `sentence`, `stored`,
    `until`, `without`. words: of the other things, by section and id."""

    language: str
    processings: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for the data here, and how it is set up. mission: the basis of what is offered to all. recipients:
    those that this installation has. off: ids of processings that it does not do. more: where all of it stands."""

    controller: str
    contact: str
    mission: Basis = Basis.PUBLIC_TASK
    recipients: frozenset[Recipient] = frozenset(Recipient)
    off: frozenset[str] = frozenset()
    more: str = MORE


@dataclass(frozen=True, slots=True)
class DataUseNotice:
    """summary: what the request is for. sentence: what is kept of it, and by whom, in one sentence of at most
    LONGEST_SENTENCE letters; for pages. processings: ids of the register. version: changes with what is done, in no
    language alone."""

    summary: str
    sentence: str
    processings: tuple[str, ...]
    stored: str
    until: str
    recipients: tuple[str, ...]
    more: str
    version: str


def notice(done: Sequence[Processing], wording: Wording, responsible: Responsible) -> DataUseNotice:
    """done: with the data of this request, what the request is for in front; none where it uses no personal data."""
    done = [one for one in done if one.id not in responsible.off] or [NOTHING]
    stored = [done[0], *(one for one in done[1:] if one.is_stored)]
    return DataUseNotice(
        summary=said(wording, done[0], "summary"),
        sentence=_sentence(done, wording),
        processings=tuple(one.id for one in done),
        stored=_joined(said(wording, one, "stored") for one in stored),
        until=_joined(said(wording, one, "until") for one in stored),
        recipients=tuple(dict.fromkeys(name for one in done for name in recipients(one, wording, responsible))),
        more=responsible.more,
        version=version(done, responsible),
    )


def _sentence(done: Sequence[Processing], wording: Wording) -> str:
    """That of what the request is for, unless something done beside it makes another one true."""
    together = (wording.words["together"].get(f"{done[0].id}_{one.id}") for one in done[1:])
    found = next(filter(None, together), "")
    return found.format(**SPOKEN) or said(wording, done[0], "sentence")


def said(wording: Wording, one: Processing, what: str) -> str:
    return wording.processings[one.id][what].format(**SPOKEN)


def recipients(one: Processing, wording: Wording, responsible: Responsible) -> list[str]:
    """In words: those that get the data in this installation."""
    return [wording.words["recipient"][who] for who in one.recipients if who in responsible.recipients]


def basis(one: Processing, responsible: Responsible) -> Basis:
    return responsible.mission if one.basis is Basis.MISSION else one.basis


def version(done: Sequence[Processing], responsible: Responsible) -> str:
    """A hash of all that is done, for how long, by whom and for whom: the same in every language."""
    facts = [*map(_facts, done), repr(sorted(SPOKEN.items())), responsible.controller, responsible.contact]
    facts += [responsible.mission, *sorted(responsible.recipients & {who for one in done for who in one.recipients})]
    return sha256("\n".join(facts).encode()).hexdigest()[:VERSION_LENGTH]


def _facts(one: Processing) -> str:
    return repr([(field.name, getattr(one, field.name)) for field in fields(one)])


def _joined(sentences: Iterable[str]) -> str:
    """Each once."""
    return " ".join(dict.fromkeys(sentences))
