"""Everything that holds the app to what its routes declare."""

from __future__ import annotations

from flask import Flask

from api.privacy.calls import install_fair_use
from api.privacy.fields import install_fields
from api.privacy.notices import install_notices
from api.privacy.uses import install_declarations
from api.service import Service


def install(app: Flask, service: Service) -> None:
    """After all routes. Raises UndeclaredUse."""
    install_declarations(app)
    install_fair_use(app, service.config.limits.requests_per_minute, service.now)
    install_fields(app)
    install_notices(app, service)
