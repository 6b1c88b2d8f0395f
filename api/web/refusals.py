"""What the API refuses, in the language of who asks: by the code of the error and the values in it.

The texts are in api/translations/refusals; English ones are the errors' own. One language an answer: what a language
has no text for is told in English, and its title with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, singledispatch

from api.web.errors import InvalidBody
from api.web.plain_words import plain
from api.web.sentences import FOLDER, sentences
from api.web.spaces import spaced
from gtfs.errors import UnreadableFeed
from mobility.errors import (
    AccountIncomplete,
    FolderUnavailable,
    InvalidConfig,
    InvalidQuery,
    LoadTooLarge,
    NotFound,
    WrongState,
)
from mobility.feeds.outcome import HeldBack

REFUSALS = FOLDER / "refusals"
ENGLISH = "en"

InWords = tuple[str, Mapping[str, object]]
"""The detail, and members of the problem that are words, in that language."""


@dataclass(frozen=True, slots=True)
class ToldRefusal:
    """fields: those of the error that a problem shows."""

    language: str
    detail: str
    fields: Mapping[str, object]


class NoText(Exception):
    """A language has none for a code."""


@dataclass(frozen=True, slots=True, eq=False)
class RefusalTexts:
    """By section of the file, and there by code."""

    language: str
    sections: Mapping[str, Mapping[str, str]]

    def say(self, section: str, code: str, /, **values: object) -> str:
        """Raises NoText; KeyError where values lacks one that stands in the text."""
        text = self.sections[section].get(code)
        if text is None:
            raise NoText(section, code)
        return text.format(**values)

    def of_one(self, name: str, reason: str) -> str:
        """What is wrong with a parameter or a member."""
        return spaced(f"{name}{sentences(self.language)['frame']['colon']}{reason}", self.language) if name else reason

    def of_several(self, told: Iterable[str]) -> str:
        """All languages that have texts here write a space before the semicolon."""
        return spaced(" ; ".join(told), self.language)


def refusal(error: Exception, kind: str, fields: Mapping[str, object], language: str) -> ToldRefusal:
    """An error with the members that its problem shows, as people of that language read them. kind: of problem."""
    texts = refusal_texts(language.partition("-")[0])
    if texts is not None:
        try:
            detail, in_words = told(error, texts, kind)
            return ToldRefusal(language, detail, {**fields, **in_words})
        except NoText:
            pass
    return ToldRefusal(ENGLISH, str(error), fields)


@cache
def refusal_texts(language: str) -> RefusalTexts | None:
    """None of a language that has none."""
    file = REFUSALS / f"{language}.toml"
    if not file.is_file():
        return None
    read = tomllib.loads(file.read_text("utf-8"))
    said = {name: {code: spaced(text, language) for code, text in texts.items()} for name, texts in read.items()}
    return RefusalTexts(language, said)


@singledispatch
def told(error: Exception, texts: RefusalTexts, kind: str) -> InWords:
    """Raises NoText. An error of which nothing else is said here has one sentence, with its
    attributes in it."""
    return texts.say("errors", kind, **vars(error)), {}


@told.register
def _query(error: InvalidQuery, texts: RefusalTexts, kind: str) -> InWords:
    reason = texts.say("reasons", error.code, **error.values)
    return texts.of_one(error.parameter, reason), {"reason": reason}


@told.register
def _body(error: InvalidBody, texts: RefusalTexts, kind: str) -> InWords:
    faults = [(one.member, texts.say("reasons", one.code, **one.values)) for one in error.faults]
    detail = texts.of_several(texts.of_one(*one) for one in faults)
    return detail, {"errors": [{"member": member, "reason": reason} for member, reason in faults]}


@told.register
def _not_found(error: NotFound, texts: RefusalTexts, kind: str) -> InWords:
    found = texts.say("no_such", error.kind)
    return texts.say("no_such", "known", what=found, known=", ".join(error.known)) if error.known else found, {}


@told.register
def _state(error: WrongState, texts: RefusalTexts, kind: str) -> InWords:
    thing, state = texts.say("things", error.kind), texts.say("states", error.state)
    return texts.say("errors", kind, thing=thing, state=state), {}


@told.register
def _incomplete(error: AccountIncomplete, texts: RefusalTexts, kind: str) -> InWords:
    return texts.say("errors", kind, missing=", ".join(error.missing)), {}


@told.register
def _too_large(error: LoadTooLarge, texts: RefusalTexts, kind: str) -> InWords:
    return texts.say("errors", kind, what=texts.say("resources", error.what), most=error.most), {}


@told.register
def _held_back(error: HeldBack, texts: RefusalTexts, kind: str) -> InWords:
    pairs = zip(error.feeds, error.reasons, strict=True)
    return texts.of_several(texts.of_one(feed, texts.say("shortages", reason)) for feed, reason in pairs), {}


@told.register
def _feed(error: UnreadableFeed, texts: RefusalTexts, kind: str) -> InWords:
    reason = plain(error.code, error.values, sentences(texts.language)["phrase"])
    return texts.of_one(error.place, reason), {"reason": reason}


@told.register
def _config(error: InvalidConfig, texts: RefusalTexts, kind: str) -> InWords:
    reason = plain(error.code, error.values, sentences(texts.language)["phrase"])
    return texts.of_one(error.key, reason), {"reason": reason}


@told.register
def _folder(error: FolderUnavailable, texts: RefusalTexts, kind: str) -> InWords:
    reason = plain(error.code, error.values, sentences(texts.language)["phrase"])
    return texts.say("errors", kind, reason=reason), {"reason": reason}
