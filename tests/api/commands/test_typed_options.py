"""What commands take as one bag of options: each name there is an option, and each option is read."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from textwrap import dedent
from typing import Any

import click
import pytest

from api.commands.carpool import offers, rides
from api.commands.messages import TypedMessage, add

ADDED = {"understood"}
"""By `placed`, beside the options."""


def bagged(command: click.Command) -> set[str]:
    """Names of the options that the command's function has no parameter for."""
    assert command.callback is not None
    return {one.name for one in command.params if one.name} - inspect.signature(command.callback).parameters.keys()


def read(function: Callable[..., Any] | None) -> Iterator[str]:
    """What a function takes out of the bag `said`."""
    assert function is not None
    inside = ast.walk(ast.parse(dedent(inspect.getsource(function))))
    for taken in (one for one in inside if isinstance(one, ast.Subscript) and ast.unparse(one.value) == "said"):
        if isinstance(taken.slice, ast.Constant):
            yield str(taken.slice.value)


def test_a_typed_message_has_a_member_for_each_option() -> None:
    assert {one.name for one in fields(TypedMessage)} == bagged(add)


@pytest.mark.parametrize(
    ("command", "readers"),
    [
        (offers.offer, [offers._terms]),
        (offers.change, [offers._terms]),
        (rides.ask, []),
        (rides.want, []),
    ],
    ids=["offer", "change", "ask", "want"],
)
def test_each_option_at_the_counter_is_read(command: click.Command, readers: list[Callable[..., Any]]) -> None:
    found = {name for one in (command.callback, *readers) for name in read(one)}
    assert found - ADDED == bagged(command)
