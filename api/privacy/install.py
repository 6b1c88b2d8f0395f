"""Everything that holds the app to what its routes declare."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from api.config import Config
from api.privacy.calls import install_fair_use
from api.privacy.fields import install_fields
from api.privacy.notices import install_notices
from api.privacy.uses import install_declarations


def install(app: Flask, config: Config, now: Callable[[], int]) -> None:
    """After all routes. Raises UndeclaredUse."""
    install_declarations(app)
    install_fair_use(app, config.limits.requests_per_minute, now)
    install_fields(app)
    install_notices(app, config)
