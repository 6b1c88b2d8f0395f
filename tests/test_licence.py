"""The licence that the project names is there, in full."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "LICENSE").read_text("utf-8")


def test_the_licence_has_all_its_articles_and_the_appendix_in_order() -> None:
    headings = re.findall(r"(?m)^    (?:(\d+)\. [A-Z]|(Appendix)$)", TEXT)
    assert [number or word for number, word in headings] == [*map(str, range(1, 16)), "Appendix"]
    assert TEXT.split("\n")[0].strip() == "EUROPEAN UNION PUBLIC LICENCE v. 1.2"


def test_package_readme_and_text_name_the_same_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["license"], project["license-files"]) == ("EUPL-1.2", ["LICENSE"])
    assert metadata("hent")["License-Expression"] == "EUPL-1.2"
    assert "EUPL 1.2 ([LICENSE](LICENSE))" in (ROOT / "README.md").read_text("utf-8")
