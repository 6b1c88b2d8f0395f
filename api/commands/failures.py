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
