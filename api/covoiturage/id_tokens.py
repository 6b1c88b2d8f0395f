"""ID tokens of OpenID Connect 1.0, held to the keys of their issuer.

Only the issuer's own host is asked for keys, or the address that the config gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import jwt

from api.config.covoiturage import IdentitySection
from mobility.remote.errors import Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of, host_of

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
LEEWAY_S = 30
BOUNDS = FetchBounds(max_bytes=100_000, whole_s=3.0)


class IdTokens:
    """Of one issuer, whose keys are kept for a while."""

    def __init__(self, section: IdentitySection) -> None:
        self._section = section
        self._keys: jwt.PyJWKClient | None = None

    def claims(self, token: str) -> Mapping[str, Any]:
        """Raises ValueError where it is not valid here."""
        try:
            key = self._key_client().get_signing_key_from_jwt(token)
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._section.audience,
                issuer=self._section.issuer,
                leeway=LEEWAY_S,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, Unfetchable) as error:
            raise ValueError("no valid token") from error
        return claims

    def _key_client(self) -> jwt.PyJWKClient:
        if self._keys is None:
            url = self._section.jwks_url or _discovered(self._section.issuer)
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
