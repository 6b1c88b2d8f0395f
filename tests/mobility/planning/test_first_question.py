"""What is asked before any traveller asks leaves nothing for the first of them to wait for."""

from __future__ import annotations

import subprocess
import sys

KERNELS = """
import sys
from numba.core.dispatcher import Dispatcher
from mobility.planning.first_question import ask_first
from tests.mobility.carpool.rides import offer, shared
from tests.town import ask, moment
from mobility.planning.planner import plan

ROW, LINES = "A 0 0, B 10 0, C 20 0", "Bus1\\nA B C\\n7:50 8:50 9:50"

def kernels():
    every = [(f"{name}.{word}", one) for name, module in list(sys.modules.items()) if ".carpool" in name
             for word, one in vars(module).items() if isinstance(one, Dispatcher)]
    return {name: len(one.signatures) for name, one in every}

territory, _ = shared([offer("Anna", "A 7:45 > C 8:10")], ROW, LINES)
ask_first(territory, moment("2026-06-03 5:00"))
before = kernels()
for arriving, clock in ((False, "7:30"), (True, "9:00")):
    answer = plan(territory, ask(territory, "A", "C", f"2026-06-03 {clock}", window_s=3600, arrive_by=arriving))
    assert arriving or any(one.carpool for one in answer.itineraries)
print(sum(before.values()), before == kernels())
"""


ENDED = """
from mobility.planning.first_question import ask_first
from mobility.routing import change_places, ride_rows
from tests.town import moment, town

territory = town("A 0 0, Z 0.1 0, B 10 0", "Bus1\\nA B\\n11:50 12:10\\n12:20 12:40\\n\\nBus2\\nZ A\\n8:00 8:10")
ask_first(territory, moment("2051-06-03 3:00"))
print(len(ride_rows.look_up.signatures), len(change_places._at_best_places.signatures))
"""


def test_a_ride_is_told_at_first_even_of_feeds_that_have_ended() -> None:
    """And at night, and where the two busiest stops are side by side: what tells a ride is compiled by then."""
    ran = subprocess.run([sys.executable, "-c", ENDED], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["1", "1"], ran.stderr


def test_the_first_search_for_a_drivers_ride_compiles_nothing() -> None:
    """Of the kernels of the search for rides, in a process of its own."""
    ran = subprocess.run([sys.executable, "-c", KERNELS], capture_output=True, text=True, check=False)
    compiled, same = (ran.stdout or ran.stderr).split()[-2:]
    assert (int(compiled) > 0, same) == (True, "True"), ran.stderr
