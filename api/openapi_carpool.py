"""The carpool endpoints in the OpenAPI document."""

from __future__ import annotations

from api.operation import Operation
from api.requests_carpool import (
    AccountChange,
    AskRequest,
    CodeRequest,
    MessageRequest,
    OfferChange,
    OfferRequest,
    RideRequest,
    SessionRequest,
    WantedRequest,
)
from api.responses_carpool import (
    CarpoolAccount,
    CarpoolBooking,
    CarpoolBookings,
    CarpoolMessage,
    CarpoolMessages,
    CarpoolOffer,
    CarpoolOffers,
    CarpoolRide,
    CarpoolSessions,
    CodeSent,
    Done,
    NewCarpoolSession,
    WantedCarpool,
    WantedCarpools,
)

BASE = "/api/carpool"
BODY = (400, 413, 415)
MINE = (401, 503)
ACCOUNTS_AND_OFFERS = (
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
RIDES = (
    Operation(
        *("post", f"{BASE}/ride", "ride", "What can be asked for: a part of an offer's way on a day; stores nothing."),
        answer=CarpoolRide,
        body=RideRequest,
        refusals=(*BODY, 404, 503),
    ),
    Operation(
        *("post", f"{BASE}/bookings", "askForSeat", "Ask the driver for seats; they are held until the answer."),
        answer=CarpoolBooking,
        body=AskRequest,
        refusals=(*BODY, *MINE, 404, 409, 429),
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/bookings", "bookings", "One's rides, asked for or driven: also who asked."),
        answer=CarpoolBookings,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/bookings/{{id}}", "booking", "One of one's rides."),
        answer=CarpoolBooking,
        refusals=(*MINE, 404),
        bearer=True,
    ),
    *(
        Operation(
            *("post", f"{BASE}/bookings/{{id}}/{path}", name, summary),
            answer=CarpoolBooking,
            refusals=(*MINE, 404, 409, 429),
            bearer=True,
        )
        for path, name, summary in (
            ("accept", "acceptAsk", "As the driver: take the passenger along."),
            ("refuse", "refuseAsk", "As the driver: refuse an ask."),
            ("cancel", "cancelRide", "Either side takes back an ask, or what was agreed."),
        )
    ),
    Operation(
        *("get", f"{BASE}/bookings/{{id}}/messages", "rideMessages", "What both sides wrote about a ride."),
        answer=CarpoolMessages,
        refusals=(*MINE, 404),
        bearer=True,
    ),
    Operation(
        *("post", f"{BASE}/bookings/{{id}}/messages", "writeMessage", "Write to the other side of a ride."),
        answer=CarpoolMessage,
        body=MessageRequest,
        refusals=(*BODY, *MINE, 404, 409, 429),
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/messages", "otherMessages", "What people of other operators wrote about no booking."),
        answer=CarpoolMessages,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("post", f"{BASE}/wanted", "publishWanted", "Publish a ride that is looked for; other operators find it."),
        answer=WantedCarpool,
        body=WantedRequest,
        refusals=(*BODY, *MINE, 404, 429),
        bearer=True,
    ),
    Operation(
        *("get", f"{BASE}/wanted", "wanted", "The rides that one looks for."),
        answer=WantedCarpools,
        refusals=MINE,
        bearer=True,
    ),
    Operation(
        *("delete", f"{BASE}/wanted/{{id}}", "withdrawWanted", "Look for a ride no longer."),
        answer=Done,
        refusals=(*MINE, 404),
        bearer=True,
    ),
)
CARPOOL = ACCOUNTS_AND_OFFERS + RIDES
