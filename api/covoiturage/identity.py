"""Who a partner's user is at the issuer that this territory trusts: ID tokens of OpenID Connect 1.0.

Only the issuer's own host is asked for keys, or the address that the config gives. A token proves a person once;
nothing of it is kept but a hash of the subject.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

from api.config.covoiturage import IdentitySection
from api.covoiturage.errors import Refused
from mobility.remote.errors import Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of, host_of

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
LEEWAY_S = 30
BOUNDS = FetchBounds(max_bytes=100_000, whole_s=3.0)


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
        except (jwt.PyJWTError, Unfetchable, ValueError) as error:
            raise Refused(401, "the idToken is not valid here") from error
        verified = claims.get("email_verified") is True
        return Person(str(claims["sub"]), str(claims.get("email", "")) if verified else "")

    def _key_client(self, section: IdentitySection) -> jwt.PyJWKClient:
        if self._keys is None:
            url = section.jwks_url or _discovered(section.issuer)
            self._keys = _KeyClient(url, cache_keys=True, lifespan=600)
        return self._keys


class _KeyClient(jwt.PyJWKClient):
    """Its own fetch knows no bounds."""

    def fetch_data(self) -> Any:
        """Raises Unfetchable, ValueError."""
        found = _document(self.uri)
        if self.jwk_set_cache is not None:
            self.jwk_set_cache.put(found)
        return found


def _document(url: str) -> Any:
    """Raises Unfetchable, ValueError."""
    found = body_of(RemoteFile(url, BOUNDS, {host_of(url)}, accept="application/json"))
    return json.loads(found[0] if found else b"")


def _discovered(issuer: str) -> str:
    """Where the issuer's keys are. Raises Unfetchable, ValueError."""
    told = _document(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise ValueError("another issuer answers")
    url = str(told.get("jwks_uri", ""))
    if urlsplit(url)[:2] != urlsplit(issuer)[:2]:
        raise ValueError("the keys are on another host; name it in the config")
    return url
