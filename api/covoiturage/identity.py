"""Who a partner's user is at the issuer that this territory trusts: ID tokens of OpenID Connect 1.0.

Only the issuer's own host is asked for keys, or the address that the config gives. A token proves a person once;
nothing of it is kept but a hash of the subject.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import urlopen

import jwt

from api.config.covoiturage import IdentitySection
from api.covoiturage.errors import Refused

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
PATIENCE_S, LEEWAY_S = 3, 30
MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Person:
    """email: "" unless the issuer has verified it."""

    subject: str
    email: str


class Issuer:
    """None in the config: nobody is believed."""

    def __init__(self, section: IdentitySection | None) -> None:
        self._section = section
        self._keys: jwt.PyJWKClient | None = None

    def person(self, token: str) -> Person:
        """Raises Refused (401)."""
        if self._section is None:
            raise Refused(401, "no issuer of identities is configured here")
        try:
            key = self._key_client(self._section).get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._section.audience,
                issuer=self._section.issuer,
                leeway=LEEWAY_S,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, OSError, ValueError) as error:
            raise Refused(401, "the idToken is not valid here") from error
        verified = claims.get("email_verified") is True
        return Person(str(claims["sub"]), str(claims.get("email", "")) if verified else "")

    def _key_client(self, section: IdentitySection) -> jwt.PyJWKClient:
        if self._keys is None:
            url = section.jwks_url or _discovered(section.issuer)
            self._keys = jwt.PyJWKClient(url, cache_keys=True, lifespan=600, timeout=PATIENCE_S)
        return self._keys


def _discovered(issuer: str) -> str:
    """Where the issuer's keys are. Raises ValueError, OSError."""
    with urlopen(issuer.rstrip("/") + "/.well-known/openid-configuration", timeout=PATIENCE_S) as answer:  # noqa: S310
        told = json.loads(answer.read(MOST_BYTES))
    if told.get("issuer") != issuer:
        raise ValueError("another issuer answers")
    url = str(told.get("jwks_uri", ""))
    if urlsplit(url)[:2] != urlsplit(issuer)[:2]:
        raise ValueError("the keys are on another host; name it in the config")
    return url
