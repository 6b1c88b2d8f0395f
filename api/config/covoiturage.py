"""The section of config.toml about other carpool operators."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.config.section import Positive, Section, Text

Http = Annotated[str, Field(pattern="^https?://[^/]+")]
DOMAIN = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$"


class IdentitySection(Section):
    """Whose ID tokens are believed, and for whom they must be made out. jwks_url: where the keys are, if elsewhere."""

    issuer: Http
    audience: Text
    jwks_url: Http | None = None


class CovoiturageSection(Section):
    """operator: the domain that this service goes by among operators; absent: /covoiturage/v1 is not served."""

    operator: Annotated[str, Field(pattern=DOMAIN)] | None = None
    calls_per_minute: Positive = 120
    identity: IdentitySection | None = None
