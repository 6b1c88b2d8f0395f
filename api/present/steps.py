"""The steps of a walk or a ride by bike as JSON: schema StepInstruction of the MOTIS API, and each in words."""

from __future__ import annotations

from api.present.pieces import Json
from api.present.polyline import encode
from api.sentences import Sentences
from mobility.network.streets import Passage, Step, StreetWay, Turn

DIRECTIONS = {
    Turn.DEPART: "DEPART",
    Turn.STRAIGHT: "CONTINUE",
    Turn.SLIGHTLY_LEFT: "SLIGHTLY_LEFT",
    Turn.LEFT: "LEFT",
    Turn.SHARP_LEFT: "HARD_LEFT",
    Turn.SLIGHTLY_RIGHT: "SLIGHTLY_RIGHT",
    Turn.RIGHT: "RIGHT",
    Turn.SHARP_RIGHT: "HARD_RIGHT",
    Turn.BACK: "UTURN_LEFT",
}


def steps(way: StreetWay, precision: int, said: Sentences) -> list[Json]:
    return [_step(way, step, precision, said) for step in way.steps]


def _step(way: StreetWay, step: Step, precision: int, said: Sentences) -> Json:
    line = way.line[step.first_point : step.last_point + 1]
    stairs = step.passage is Passage.STAIRS
    return {
        "relativeDirection": "STAIRS" if stairs else DIRECTIONS[step.turn],
        "distance": step.distance_m,
        "streetName": step.street,
        "fromLevel": 0,
        "toLevel": 0,
        "polyline": {"points": encode(line, precision), "precision": precision, "length": len(line)},
        "exit": "",
        "stayOn": False,
        "area": False,
        "hent": {"text": sentence(step, said), "passage": step.passage.lower()},
    }


def sentence(step: Step, said: Sentences) -> str:
    words = said["step"]
    name = step.street or words[step.passage.lower()]
    if step.street and step.passage is not Passage.STREET:
        name = f"{words[step.passage.lower()]} {step.street}"
    return words[step.turn.lower()].format(street=name, metres=step.distance_m)
