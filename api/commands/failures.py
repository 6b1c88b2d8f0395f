"""How a verb ends that cannot do what it was asked for."""

from __future__ import annotations

from typing import Any

import click


class Failed(click.ClickException):
    """One line on stderr."""

    def show(self, file: Any = None) -> None:
        click.echo(f"hent: {self.message}", err=True)


class NotUnderstood(Failed):
    exit_code = 2


class WrongArgument(Exception):
    """A command's own words to who typed it. parameter: an option, or what the API calls it; reason: in English."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter, self.reason = parameter, reason
