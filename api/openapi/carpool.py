"""The carpool endpoints in the OpenAPI document."""

from __future__ import annotations

from api.openapi.operation import BODY, Operation, mine
from api.openapi.responses.carpool import (
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
from api.parse.bodies.carpool import (
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

BASE = "/api/carpool"
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
    mine(Operation("get", f"{BASE}/sessions", "sessions", "The sessions of an account.", CarpoolSessions)),
    mine(Operation("delete", f"{BASE}/sessions", "endSessions", "End all sessions.", Done)),
    mine(
        Operation(
            "delete",
            f"{BASE}/sessions/{{id}}",
            "endSession",
            "End a session; `current` is the one that asks.",
            Done,
            refusals=(404,),
        )
    ),
    mine(Operation("get", f"{BASE}/me", "me", "One's account.", CarpoolAccount)),
    mine(
        Operation(
            "patch", f"{BASE}/me", "changeMe", "Change alias, telephone or language.", CarpoolAccount, AccountChange
        )
    ),
    mine(Operation("delete", f"{BASE}/me", "eraseMe", "Erase the account with all that hangs on it.", Done)),
    mine(Operation("get", f"{BASE}/offers", "myOffers", "One's offers.", CarpoolOffers)),
    mine(
        Operation(
            "post",
            f"{BASE}/offers",
            "publishOffer",
            "Publish an offer, and its way back in one go.",
            CarpoolOffers,
            OfferRequest,
            refusals=(404, 409, 429),
        )
    ),
    mine(
        Operation(
            "post",
            f"{BASE}/preview",
            "previewOffer",
            "What an offer would be; nothing is stored.",
            CarpoolOffers,
            OfferRequest,
            refusals=(404, 409, 429),
        )
    ),
    mine(Operation("get", f"{BASE}/offers/{{id}}", "myOffer", "One of one's offers.", CarpoolOffer, refusals=(404,))),
    mine(
        Operation(
            "patch",
            f"{BASE}/offers/{{id}}",
            "changeOffer",
            "Change an offer.",
            CarpoolOffer,
            OfferChange,
            refusals=(404, 409, 429),
        )
    ),
    *(
        mine(
            Operation(
                "post", f"{BASE}/offers/{{id}}/{path}", name, summary, CarpoolOffer, refusals=(400, 404, 409, 429)
            )
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
    mine(
        Operation(
            "post",
            f"{BASE}/bookings",
            "askForSeat",
            "Ask the driver for seats; they are held until the answer.",
            CarpoolBooking,
            AskRequest,
            refusals=(404, 409, 429),
        )
    ),
    mine(
        Operation(
            "get", f"{BASE}/bookings", "bookings", "One's rides, asked for or driven: also who asked.", CarpoolBookings
        )
    ),
    mine(
        Operation("get", f"{BASE}/bookings/{{id}}", "booking", "One of one's rides.", CarpoolBooking, refusals=(404,))
    ),
    *(
        mine(
            Operation("post", f"{BASE}/bookings/{{id}}/{path}", name, summary, CarpoolBooking, refusals=(404, 409, 429))
        )
        for path, name, summary in (
            ("accept", "acceptAsk", "As the driver: take the passenger along."),
            ("refuse", "refuseAsk", "As the driver: refuse an ask."),
            ("cancel", "cancelRide", "Either side takes back an ask, or what was agreed."),
        )
    ),
    mine(
        Operation(
            "get",
            f"{BASE}/bookings/{{id}}/messages",
            "rideMessages",
            "What both sides wrote about a ride.",
            CarpoolMessages,
            refusals=(404,),
        )
    ),
    mine(
        Operation(
            "post",
            f"{BASE}/bookings/{{id}}/messages",
            "writeMessage",
            "Write to the other side of a ride.",
            CarpoolMessage,
            MessageRequest,
            refusals=(404, 409, 429),
        )
    ),
    mine(
        Operation(
            "get",
            f"{BASE}/messages",
            "otherMessages",
            "What people of other operators wrote about no booking.",
            CarpoolMessages,
        )
    ),
    mine(
        Operation(
            "post",
            f"{BASE}/wanted",
            "publishWanted",
            "Publish a ride that is looked for; other operators find it.",
            WantedCarpool,
            WantedRequest,
            refusals=(404, 429),
        )
    ),
    mine(Operation("get", f"{BASE}/wanted", "wanted", "The rides that one looks for.", WantedCarpools)),
    mine(
        Operation(
            "delete", f"{BASE}/wanted/{{id}}", "withdrawWanted", "Look for a ride no longer.", Done, refusals=(404,)
        )
    ),
)
CARPOOL = ACCOUNTS_AND_OFFERS + RIDES
