"""The words of the register, by language: api/translations/data_use/*.toml, each with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache

from api.web.language import request_language
from api.web.sentences import FOLDER
from api.web.spaces import spaced_catalogue
from mobility.privacy.notice import Wording


@cache
def wording(language: str) -> Wording:
    """Raises FileNotFoundError for a language that there is no catalogue of."""
    read = tomllib.loads((FOLDER / "data_use" / f"{language}.toml").read_text("utf-8"))
    words = spaced_catalogue(read, language)
    return Wording(language, words.pop("processings"), words)


def request_wording() -> Wording:
    return wording(request_language())
