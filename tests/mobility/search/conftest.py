"""A day as the searches read it."""

import pytest
from numba.core.dispatcher import Dispatcher

from mobility.search import destination, engine, search, steps, trip_queue, tripbased
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


@pytest.fixture
def plain_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search trip by trip as the Python that it is written in: a kernel compiled does not say where it writes
    beside an array, and has its clock from the machine."""
    for module in (steps, destination, trip_queue, tripbased):
        for word, one in list(vars(module).items()):
            if isinstance(one, Dispatcher):
                monkeypatch.setattr(module, word, one.py_func)
        monkeypatch.setattr(module, "prefetch", lambda array, index: None, raising=False)
    monkeypatch.setattr(tripbased, "monotonic_ns", lambda: 0)
    monkeypatch.setattr(engine, "change_trips", tripbased.change_trips)
