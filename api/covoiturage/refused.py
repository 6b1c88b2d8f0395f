"""What only the standard's own resources refuse: by a word of the standard, or by a fault that is told in the language
of who asks (section `standard` of api/translations/refusals). What else is wrong with a request is an InvalidQuery or
an InvalidBody, as everywhere (api/problems.py)."""

from __future__ import annotations

from enum import unique

from api.web.refusals import NoText, refusal_texts
from mobility.value_faults import CodedFault


@unique
class StandardFault(CodedFault):
    KEY_NEEDED = "send the key of a partner as {header}"
    NOBODY_PROVED = "the idToken is not valid here"
    NOT_SERVED = "the standard is not served here: the config has no covoiturage.operator"
    NO_ISSUER = "no issuer of identities is configured here"


class Refused(Exception):
    """said: a word that the standard knows, which programs go by, or a fault with its values; both safe to show."""

    def __init__(self, status: int, said: str | StandardFault, **values: object) -> None:
        super().__init__(said.told(**values) if isinstance(said, StandardFault) else said)
        self.status, self.said, self.values = status, said, values

    def told(self, language: str) -> str:
        """In English what the language has no text for."""
        texts = refusal_texts(language.partition("-")[0])
        if texts is None or not isinstance(self.said, StandardFault):
            return str(self)
        try:
            return texts.say("standard", self.said.code, **self.values)
        except NoText:
            return str(self)
