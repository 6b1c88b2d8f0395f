"""The section of config.toml about people who find a hole."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.config.travelling import Section


class SecuritySection(Section):
    """contact: where to report it, told in /.well-known/security.txt; absent: there is no such file."""

    contact: Annotated[str, Field(pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://\S+|tel:\S+)$")] | None = None
