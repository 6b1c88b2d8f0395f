"""Who a partner's user is at the issuer that this territory trusts. A token proves a person once; nothing of it is kept
but a hash of the subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from api.config.covoiturage import IdentitySection
from api.covoiturage.refused import Refused, StandardFault

if TYPE_CHECKING:
    from api.covoiturage.id_tokens import IdTokens


@dataclass(frozen=True, slots=True)
class Person:
    """email: "" unless the issuer has verified it."""

    subject: str
    email: str


class Issuer:
    """None in the config: nobody is believed."""

    def __init__(self, section: IdentitySection | None) -> None:
        self._section = section

    def person(self, token: str) -> Person:
        """Raises Refused (401)."""
        if self._tokens is None:
            raise Refused(401, StandardFault.NO_ISSUER)
        try:
            claims = self._tokens.claims(token)
        except ValueError as error:
            raise Refused(401, StandardFault.NOBODY_PROVED) from error
        verified = claims.get("email_verified") is True
        return Person(str(claims["sub"]), str(claims.get("email", "")) if verified else "")

    @cached_property
    def _tokens(self) -> IdTokens | None:
        """Most territories trust no issuer, and import nothing for it."""
        if self._section is None:
            return None
        from api.covoiturage.id_tokens import IdTokens

        return IdTokens(self._section)
