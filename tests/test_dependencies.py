"""What is imported is declared: nothing that we use stands on a package that only somebody else asks for."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.test_architecture import ROOT, imports_of, modules, name_of

OURS = {"gtfs", "mobility", "api", "demo"}
OPTIONAL = {"postgres", "map"}
"""Extras that a service may be installed with."""


def plain(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0]).lower()


BY_PACKAGE = cache(packages_distributions)
"""All that is installed is read for it: once, not for each module."""


@cache
def declared() -> frozenset[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [one for name in OPTIONAL for one in project["optional-dependencies"][name]]
    return frozenset(plain(one) for one in (*project["dependencies"], *extras))


def imported(path: Path) -> set[str]:
    """The packages of others, by the names that they are imported by."""
    return {name.partition(".")[0] for name in imports_of(path)} - set(sys.stdlib_module_names) - OURS


def undeclared(path: Path) -> list[str]:
    distributions, known = BY_PACKAGE(), declared()
    return sorted(name for name in imported(path) if not known & {plain(one) for one in distributions.get(name, ())})


def test_what_is_imported_is_declared() -> None:
    found = {name_of(path): undeclared(path) for path in modules()}
    assert {name: stray for name, stray in found.items() if stray} == {}


def test_what_only_comes_with_something_else_is_found(tmp_path: Path) -> None:
    """Alembic brings mako, nobody brings nothere."""
    (tmp_path / "module.py").write_text("import json\nimport flask\nfrom mako import escape\nimport nothere.x\n")
    assert undeclared(tmp_path / "module.py") == ["mako", "nothere"]
