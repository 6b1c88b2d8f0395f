"""What every application makes anew is made once for all those of the tests, of which each test makes its own.

Measured: of the 85 ms of `create_app` 76 were werkzeug's, compiling how each of 162 addresses is built; then jinja2
compiles each template that a test shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing.rules import Rule

Builder = Callable[..., tuple[str, str]]


@contextmanager
def made_once(folder: Path) -> Iterator[None]:
    """folder: for compiled templates, which are known by their text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))})
        patch.setattr(Rule, "_compile_builder", _remembering(Rule._compile_builder))
        yield


def _remembering(compiled: Callable[[Rule, bool], Builder]) -> Callable[[Rule, bool], Builder]:
    """Made of nothing but the key; the converters are those of the rule that a builder is bound to."""
    known: dict[Any, Builder] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    return builder
