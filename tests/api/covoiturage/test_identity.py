"""An issuer of identities that is slow or sends elsewhere is not believed, and holds up nobody."""

from __future__ import annotations

import time

import jwt
import pytest

from api.config.covoiturage import IdentitySection
from api.covoiturage.id_tokens import BOUNDS
from api.covoiturage.identity import Issuer
from api.covoiturage.refused import Refused
from tests.mobility.remote.server import publishing

TOKEN = jwt.encode({"sub": "anna"}, "a secret of at least thirty-two characters", headers={"kid": "one"})


@pytest.mark.parametrize("path", ["/drip/body", "/drip/header", "/to/http://elsewhere.example/keys", "/file", "/none"])
def test_keys_that_cannot_be_had_in_time_are_none(path: str) -> None:
    with publishing() as publisher:
        section = IdentitySection(issuer="https://id.example", audience="hent", jwks_url=publisher.address + path)
        began = time.monotonic()
        with pytest.raises(Refused) as refused:
            Issuer(section).person(TOKEN)
    assert refused.value.status == 401
    assert time.monotonic() - began < BOUNDS.whole_s + 1.5, "a body that drips takes 5 s"
