"""docs/architecture.md is true: its tables have every room, and what it says stands where it says it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
NAMED = re.compile(r"`(?P<name>\w+)`\**(?:, `(?P<other>\w+)`)? (?:\(|in )`(?P<path>[\w/]+\.py)`")
STEPS = (
    *("manners", "_enough", "_and_unbooked", "_surely_step_free"),
    *("_walked", "rank", "first_page", "_and_by_carpool", "empty_reason", "_explained"),
)
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
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    taken = [
        step
        for called in _called(functions["plan"])
        for step in ([called] if called in STEPS else _called(functions[called]))
        if step in STEPS
    ]
    assert tuple(dict.fromkeys(taken)) == STEPS


def test_the_page_tells_the_steps_of_a_query_in_this_order() -> None:
    told = PAGE.split("**`plan`**")[1].split("**`choose`**")[0]
    named = [name for name in re.findall(r"`(\w+)`", told) if name in STEPS]
    assert tuple(dict.fromkeys(named)) == STEPS


def _called(function: ast.FunctionDef) -> list[str]:
    """Names of the functions that it calls, in the order of the text."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [
        call.func.id
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))
        if isinstance(call.func, ast.Name)
    ]


def test_a_request_is_given_its_network_by_the_three_that_the_page_draws() -> None:
    drawn = re.findall(r"^ +(\w+) +`?(api/\w+/\w+\.py)", PAGE, re.MULTILINE)
    assert [name for name, _ in drawn] == ["TakenOnce", "WithCarpools", "Following"]
    for name, path in drawn:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
        assert "territory" in {node.name for node in found.body if isinstance(node, ast.FunctionDef)}
