"""The carpool endpoints in the OpenAPI document."""

from __future__ import annotations

from api.operation import Operation
from api.requests_carpool import AccountChange, CodeRequest, OfferChange, OfferRequest, SessionRequest
from api.responses_carpool import (
    CarpoolAccount,
    CarpoolOffer,
    CarpoolOffers,
    CarpoolSessions,
    CodeSent,
    Done,
    NewCarpoolSession,
)

BASE = "/api/carpool"
BODY = (400, 413, 415)
MINE = (401, 503)
CARPOOL = (
    Operation(
        *("post", f"{BASE}/codes", "sendCode", "Send a sign-in code by mail."),
        answer=CodeSent,
        body=CodeRequest,
        refusals=(*BODY, 429, 503),
    ),
    Operation(
        *("post", f"{BASE}/sessions", "signIn", "Sign in with a code; the first time with alias and adult."),
        answer=NewCarpoolSession,
        body=SessionRequest,
        refusals=(*BODY, 403, 409, 429, 503),
    ),
    Operation(
        *("get", f"{BASE}/sessions", "sessions", "The sessions of an account."),
        answer=CarpoolSessions,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("delete", f"{BASE}/sessions", "endSessions", "End all sessions."), answer=Done, refusals=MINE, bearer=True
    ),
    Operation(
        *("delete", f"{BASE}/sessions/{{id}}", "endSession", "End a session; `current` is the one that asks."),
        answer=Done,
        refusals=(*MINE, 404),
        bearer=True,
    ),
    Operation(*("get", f"{BASE}/me", "me", "One's account."), answer=CarpoolAccount, refusals=MINE, bearer=True),
    Operation(
        *("patch", f"{BASE}/me", "changeMe", "Change alias, telephone or language."),
        answer=CarpoolAccount,
        body=AccountChange,
        refusals=(*BODY, *MINE),
        bearer=True,
    ),
    Operation(
        *("delete", f"{BASE}/me", "eraseMe", "Erase the account with all that hangs on it."),
        answer=Done,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/offers", "myOffers", "One's offers."), answer=CarpoolOffers, refusals=MINE, bearer=True
    ),
    Operation(
        *("post", f"{BASE}/offers", "publishOffer", "Publish an offer, and its way back in one go."),
        answer=CarpoolOffers,
        body=OfferRequest,
        refusals=(*BODY, *MINE, 404, 409, 429),
        bearer=True,
    ),
    Operation(
        *("post", f"{BASE}/preview", "previewOffer", "What an offer would be; nothing is stored."),
        answer=CarpoolOffers,
        body=OfferRequest,
        refusals=(*BODY, *MINE, 404, 409, 429),
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/offers/{{id}}", "myOffer", "One of one's offers."),
        answer=CarpoolOffer,
        refusals=(*MINE, 404),
        bearer=True,
    ),
    Operation(
        *("patch", f"{BASE}/offers/{{id}}", "changeOffer", "Change an offer."),
        answer=CarpoolOffer,
        body=OfferChange,
        refusals=(*BODY, *MINE, 404, 409, 429),
        bearer=True,
    ),
    *(
        Operation(
            *("post", f"{BASE}/offers/{{id}}/{path}", name, summary),
            answer=CarpoolOffer,
            refusals=(*MINE, 400, 404, 409, 429),
            bearer=True,
        )
        for path, name, summary in (
            ("pause", "pauseOffer", "Show an offer to nobody for a while."),
            ("resume", "resumeOffer", "Show a paused offer again."),
            ("withdraw", "withdrawOffer", "Withdraw an offer."),
            ("take-back", "takeBackOffer", "Publish a withdrawn offer again."),
            ("confirm", "confirmOffer", "Let a weekly offer go on for half a year from today."),
        )
    ),
)
