"""A number that stands in a sentence is the one that holds: in each language, beside the constant or the bound."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.parse.bodies.carpool import AccountChange, AskRequest, MessageRequest, OfferRequest, SessionRequest
from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.carpool.accounts import PHONE
from mobility.carpool.ends import BLUR_M
from mobility.clock import DAY_S
from mobility.planning.long_walks import FARTHER_S
from mobility.privacy.periods import HOUR_S, MINUTE_S, OFFER_S, REMARK_S
from mobility.remarks.remark import LONGEST_ANSWER, LONGEST_TEXT


def bound(model: Any, member: str, name: str) -> int:
    """As the description of the API has it."""
    told = model.model_json_schema()["properties"][member]
    return int(next(one[name] for one in (told, *told.get("anyOf", ())) if name in one))


NUMBERS = [
    ("carpool_sign_in_fault", "alias", (bound(SessionRequest, "alias", "maxLength"),)),
    ("carpool_account_fault", "alias", (bound(AccountChange, "alias", "maxLength"),)),
    ("carpool_account_fault", "phone", tuple(map(int, re.findall(r"\d+(?=[,}])", PHONE.pattern)))),
    ("carpool_look", "blurred", (int(BLUR_M),)),
    ("carpool_offer_fault", "flexibleMinutes", (0, bound(OfferRequest, "flexibleMinutes", "maximum"))),
    ("carpool_offer_fault", "longestDetourMinutes", (0, bound(OfferRequest, "longestDetourMinutes", "maximum"))),
    ("carpool_offer_fault", "seats", (1, bound(OfferRequest, "seats", "maximum"))),
    ("carpool_ride_fault", "seats", (1, bound(AskRequest, "seats", "maximum"))),
    ("carpool_ride_fault", "text", (1, bound(MessageRequest, "text", "maxLength"))),
    ("carpool_ask", "message_note", (bound(AskRequest, "message", "maxLength"),)),
    ("carpool_done", "withdraw", (OFFER_S // HOUR_S,)),
    ("carpool_mine", "gone_soon", (OFFER_S // HOUR_S,)),
    ("answer", "farther_asked", (FARTHER_S // MINUTE_S,)),
    ("remark", "unknown_code", (REMARK_S // DAY_S,)),
    ("remark_fault", "text", (LONGEST_TEXT,)),
    ("operators_remark", "intro", (REMARK_S // DAY_S,)),
    ("operators_remark_fault", "text", (LONGEST_ANSWER,)),
]


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
@pytest.mark.parametrize(("section", "key", "hold"), NUMBERS, ids=[f"{one[0]}.{one[1]}" for one in NUMBERS])
def test_a_sentence_tells_the_number_that_holds(language: str, section: str, key: str, hold: tuple[int, ...]) -> None:
    text = re.sub(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3})", "", sentences(language)[section][key])
    said = [int(one) for one in re.findall(r"\d+", text)]
    assert said[: len(hold)] == list(hold)
