"""What the API refuses, in the language of who asks.

Errors of the domain are one English sentence each. It is found again by what stands between its values
(api/translations/refusals), and said in the language of the request. One language an answer: what a language has no
text for is told in English, and its title with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from api.web.errors import InvalidBody
from api.web.sentences import FOLDER, sentences
from api.web.spaces import spaced
from mobility.errors import InvalidQuery, NotFound

REFUSALS = FOLDER / "refusals"
ENGLISH = "en"
VALUE = "{}"
BY_A_RULE = "value error, "
"""Before a sentence of ours in what pydantic says."""


@dataclass(frozen=True, slots=True)
class ToldRefusal:
    """fields: those of the error that a problem shows."""

    language: str
    detail: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RefusalTexts:
    """no_such: by kind of thing. whole: sentences without a value; parted: those with values, the longest first."""

    language: str
    no_such: Mapping[str, str]
    whole: Mapping[str, str]
    parted: tuple[tuple[re.Pattern[str], str], ...]

    def of_one(self, name: str, reason: str) -> str:
        """What is wrong with a parameter or a member."""
        return spaced(f"{name}{sentences(self.language)['frame']['colon']}{reason}", self.language)

    def say(self, english: str) -> str:
        """Raises LookupError where there is no text."""
        text = english.removeprefix(BY_A_RULE)
        if text in self.whole:
            return self.whole[text]
        matches = ((pattern.fullmatch(text), told) for pattern, told in self.parted)
        return next(told.format(*match.groups()) for match, told in matches if match)


def refusal(error: Exception, fields: Mapping[str, object], language: str) -> ToldRefusal:
    """An error of the domain with the members that its problem shows, as people of that language read them."""
    texts = refusal_texts(language.partition("-")[0])
    try:
        return (
            ToldRefusal(language, *_told(error, fields, texts)) if texts else ToldRefusal(ENGLISH, str(error), fields)
        )
    except (LookupError, StopIteration):
        return ToldRefusal(ENGLISH, str(error), fields)


@cache
def refusal_texts(language: str) -> RefusalTexts | None:
    """None of a language that has none."""
    file = REFUSALS / f"{language}.toml"
    if not file.is_file():
        return None
    read = tomllib.loads(file.read_text("utf-8"))
    said = {english: spaced(text, language) for part in ("said", "errors") for english, text in read[part].items()}
    parted = sorted((english for english in said if VALUE in english), key=len, reverse=True)
    patterns = tuple(
        (re.compile(re.escape(one).replace(re.escape(VALUE), "(.+)"), re.DOTALL), said[one]) for one in parted
    )
    no_such = {kind: spaced(text, language) for kind, text in read["no such"].items()}
    return RefusalTexts(language, no_such, said, patterns)


def _told(error: Exception, fields: Mapping[str, object], texts: RefusalTexts) -> tuple[str, Mapping[str, object]]:
    if isinstance(error, InvalidQuery):
        reason = texts.say(error.reason)
        return texts.of_one(error.parameter, reason), {**fields, "reason": reason}
    if isinstance(error, InvalidBody):
        faults = [{**one, "reason": texts.say(one["reason"])} for one in error.errors]
        told = (texts.of_one(one["member"], one["reason"]) if one["member"] else one["reason"] for one in faults)
        return "; ".join(told), {**fields, "errors": faults}
    if isinstance(error, NotFound):
        return _missing(error, texts), fields
    return texts.say(str(error)), fields


def _missing(error: NotFound, texts: RefusalTexts) -> str:
    told = texts.no_such[error.kind]
    return texts.no_such["known"].format(told, ", ".join(error.known)) if error.known else told
