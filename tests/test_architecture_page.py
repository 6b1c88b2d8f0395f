"""docs/architecture.md is true: its tables have every room, and what it says stands where it says it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
NAMED = re.compile(r"`(?P<name>\w+)`\**(?:, `(?P<other>\w+)`)? (?:\(|in )`(?P<path>[\w/]+\.py)`")
STEPS = ("manners", "_enough", "_surely_step_free", "walked_all_the_way", "rank", "first_page", "_and_by_carpool")
"""Of a query, as section 4 tells them; what an empty answer says comes last."""


@pytest.mark.parametrize("top", ["mobility", "api"])
def test_the_table_of_rooms_has_every_folder(top: str) -> None:
    table = PAGE.split(f"| folder of `{top}/` | has |")[1].split("\n\n")[0]
    told = set(re.findall(r"`(\w+)/`", "\n".join(line.split(" | ")[0] for line in table.splitlines())))
    there = {path.parent.name for path in (ROOT / top).glob("*/__init__.py")}
    assert told == there


@pytest.mark.parametrize("named", list(NAMED.finditer(PAGE)), ids=lambda named: named["name"])
def test_what_the_page_names_is_defined_in_the_file_beside_it(named: re.Match[str]) -> None:
    body = ast.walk(ast.parse((ROOT / named["path"]).read_text("utf-8")))
    known = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert {name for name in (named["name"], named["other"]) if name} <= known


def test_a_query_takes_its_steps_in_the_order_of_the_page() -> None:
    tree = ast.parse((ROOT / "mobility" / "planning" / "planner.py").read_text("utf-8"))
    plan = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "plan")
    called = sorted(
        (node.lineno, node.col_offset, node.func.id)
        for node in ast.walk(plan)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )
    assert tuple(name for _, _, name in called if name in STEPS) == STEPS


def test_a_request_is_given_its_network_by_the_three_that_the_page_draws() -> None:
    drawn = re.findall(r"^ +(\w+) +`?(api/\w+/\w+\.py)", PAGE, re.MULTILINE)
    assert [name for name, _ in drawn] == ["TakenOnce", "WithCarpools", "Following"]
    for name, path in drawn:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
        assert "territory" in {node.name for node in found.body if isinstance(node, ast.FunctionDef)}
