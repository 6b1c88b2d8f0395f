"""The rights over one's data in the OpenAPI document."""

from __future__ import annotations

from api.openapi_carpool import BODY, MINE
from api.operation import Operation
from api.requests_carpool import AccountChange
from api.responses_carpool import CarpoolAccount
from api.responses_rights import Erased, PersonalData

RIGHTS = (
    Operation(*("get", "/api/me", "account", "One's account."), answer=CarpoolAccount, refusals=MINE, bearer=True),
    Operation(
        *("get", "/api/me/export", "export", "Everything that is held of the person who asks."),
        answer=PersonalData,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("patch", "/api/me", "rectify", "Correct alias, telephone or language."),
        answer=CarpoolAccount,
        body=AccountChange,
        refusals=(*BODY, *MINE),
        bearer=True,
    ),
    Operation(
        *("delete", "/api/me", "erase", "Erase the account with all that hangs on it, also where others see it."),
        answer=Erased,
        refusals=MINE,
        bearer=True,
    ),
)
