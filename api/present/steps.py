"""The steps of a walk or a ride by bike as JSON: schema StepInstruction of the MOTIS API, and each in words."""

from __future__ import annotations

from api.present.distances import distance
from api.present.pieces import Json
from api.present.polyline import Written
from api.web.sentences import Sentences
from mobility.network.ways import Passage, Step, StreetWay, Turn

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


def steps(way: StreetWay, line: Written, precision: int, said: Sentences) -> list[Json]:
    """line: that of the way."""
    return [_step(line, step, precision, said) for step in way.steps]


def _step(line: Written, step: Step, precision: int, said: Sentences) -> Json:
    first, last = step.first_point, step.last_point
    stairs = step.passage is Passage.STAIRS
    return {
        "relativeDirection": "STAIRS" if stairs else DIRECTIONS[step.turn],
        "distance": step.distance_m,
        "streetName": step.street,
        "fromLevel": 0,
        "toLevel": 0,
        "polyline": {"points": line.between(first, last), "precision": precision, "length": last - first + 1},
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
    return words[step.turn.lower()].format(street=name, distance=distance(step.distance_m, said))
