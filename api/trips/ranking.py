"""How options are chosen and ordered, for anyone to read: `/api/ranking`. The numbers are those in use."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from api.config import travellers
from api.present import last_kilometre
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.language import request_language
from api.web.sentences import Sentences, sentences
from mobility.privacy.register import NOTHING
from mobility.ranking import handful
from mobility.ranking.chain import Filter
from mobility.ranking.codes import Code
from mobility.ranking.costs import TERMS
from mobility.ranking.labels import BEST_NUMBERS, LABELS, MEASURED
from mobility.ranking.rules import numbers_of, rules
from mobility.travellers.profiles import Profile

MONEY = "none"


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("ranking", __name__)
    profiles = [travellers.profile(service.config, name) for name in travellers.names(service.config)]

    @bp.get("/api/ranking")
    @uses(NOTHING)
    def ranking() -> Json:
        said = sentences(request_language())
        return {
            "paidPlaces": MONEY,
            "cost": " + ".join(term.text for term in TERMS),
            "labels": [_label(label, said) for label in LABELS],
            "rules": [_rule(one, said) for one in rules().values()],
            "best": BEST_NUMBERS,
            "similarity": _similarity(),
            "farLonger": numbers_of(Code.FAR_LONGER),
            "hopelesslyLong": numbers_of(Code.HOPELESSLY_LONG),
            "anotherTime": numbers_of(Code.ANOTHER_TIME),
            "nothingGained": numbers_of(Code.NOTHING_GAINED),
            "shown": {"least": handful.LEAST_SHOWN, "most": service.rules.most},
            "profiles": [_profile(one) for one in profiles],
            "lastKilometre": last_kilometre.order(said),
            "more": "docs/ranking.md",
        }

    return bp


def _label(label: Code, said: Sentences) -> Json:
    return {"label": label, "sentence": said["label"][label], "least": MEASURED.get(label)}


def _similarity() -> Json:
    same, similar = numbers_of(Code.SAME_RIDE), numbers_of(Code.SIMILAR_RIDES)
    return {"same": same["share"], "alike": similar["share"], "mostAlike": similar["rides"]}


def _rule(one: Filter[Any], said: Sentences) -> Json:
    return {"code": one.code, "sentence": said["dropped"][one.code], "numbers": dict(one.numbers)}


def _profile(one: Profile) -> Json:
    costs = one.costs
    return {
        "name": one.name,
        "speed": one.speed_mps,
        "longestWalkToStop": one.access_s,
        "longestWalk": one.direct_s,
        "mostChanges": one.most_changes,
        "stepFree": one.step_free.value,
        "party": one.party,
        "costs": {
            "change_s": costs.change_s,
            "walking": costs.walking,
            "waiting": costs.waiting,
            "unknown_s": costs.unknown_s,
            "steps_s": costs.steps_s,
        },
    }
