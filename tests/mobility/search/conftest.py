"""A day as the searches read it."""

import pytest

from mobility.search import search
from tests import tiny
from tests.tiny import Tiny

BY_ROUNDS, BY_TRIPS = "by rounds", "trip by trip"


@pytest.fixture(params=(BY_ROUNDS, BY_TRIPS))
def day(request: pytest.FixtureRequest):
    def laid_out(text: str, walks: tuple[str, ...] = (), changes: tuple[str, ...] = ()) -> Tiny:
        made = tiny.timetable(text, walks, changes)
        if request.param == BY_ROUNDS:
            return made
        return Tiny(search.accelerated(made.day, arriving=True, workers=1), made.stops, made.lines)

    return laid_out
