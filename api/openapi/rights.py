"""The rights over one's data in the OpenAPI document."""

from __future__ import annotations

from api.openapi.operation import Operation, mine
from api.openapi.responses.carpool import CarpoolAccount
from api.openapi.responses.rights import Erased, PersonalData
from api.parse.bodies.carpool import AccountChange

RIGHTS = (
    mine(Operation("get", "/api/me", "account", "One's account.", CarpoolAccount)),
    mine(Operation("get", "/api/me/export", "export", "Everything that is held of the person who asks.", PersonalData)),
    mine(
        Operation("patch", "/api/me", "rectify", "Correct alias, telephone or language.", CarpoolAccount, AccountChange)
    ),
    mine(
        Operation(
            "delete",
            "/api/me",
            "erase",
            "Erase the account with all that hangs on it, also where others see it.",
            Erased,
        )
    ),
)
