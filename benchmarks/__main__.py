"""`python -m benchmarks [PART ...]`: print every table, or those of the parts named, and how long each part took.

`python -m benchmarks size [WORD ...]` prints what the words choose (size.py).
`python -m benchmarks same A B` and `python -m benchmarks turns A B` compare two checkouts.
"""

import resource
import sys
import time

from benchmarks import (
    carpools,
    changes,
    commands,
    doors,
    empty_answers,
    engines,
    fares,
    lighthouse,
    live,
    pages,
    places,
    reload,
    same,
    server_load,
    size,
    small_feed,
    start,
    strain,
    streets,
    turns,
)
from benchmarks.checkout import Failed, NotSetUp
from benchmarks.same import Unknown, Unsettled
from benchmarks.table import table

PARTS = {
    "engines": engines.run,
    "serving": server_load.run,
    "streets": lambda: "\n".join(streets.tables()),
    "pages": pages.run,
    "lighthouse": lighthouse.run,
    "places": places.run,
    "reload": reload.run,
    "small_feed": small_feed.run,
    "carpools": carpools.run,
    "fares": fares.run,
    "changes": changes.run,
    "empty_answers": empty_answers.run,
    "commands": commands.run,
    "start": start.run,
    "strain": strain.run,
    "live": live.run,
    "size": size.run,
    "doors": lambda: "\n".join(doors.tables()),
}
CHOOSY = {"size": size.run}
"""To which the words after it belong."""
COMPARISONS = {"same": same.main, "turns": turns.main}


def compared(name: str, words: list[str]) -> int:
    """The exit code: 1 where B falls short of A, 2 where that could not be found out."""
    if len(words) < 2:
        print(f"usage: python -m benchmarks {name} A B", file=sys.stderr)
        return 2
    try:
        return COMPARISONS[name](words)
    except (NotSetUp, Failed, Unknown, Unsettled) as error:
        print(error, file=sys.stderr)
        return 2


def timed(name: str) -> tuple[str, str, str]:
    """Prints a part; its seconds by the clock, and those of all processes that it waited for."""
    began_s, before_s = time.perf_counter(), processor_s()
    print(PARTS[name](), flush=True)
    took = name, f"{time.perf_counter() - began_s:.0f}", f"{processor_s() - before_s:.0f}"
    print("{}: {} s".format(*took), file=sys.stderr, flush=True)
    return took


def processor_s() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


if sys.argv[1:] and sys.argv[1] in COMPARISONS:
    sys.exit(compared(sys.argv[1], sys.argv[2:]))
if sys.argv[1:] and sys.argv[1] in CHOOSY:
    print(CHOOSY[sys.argv[1]](*sys.argv[2:]))
    sys.exit()
if unknown := [name for name in sys.argv[1:] if name not in PARTS]:
    sys.exit(f"python -m benchmarks: no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
took = [timed(name) for name in sys.argv[1:] or PARTS]
if len(took) > 1:
    whole = tuple(f"{sum(float(row[column]) for row in took):.0f}" for column in (1, 2))
    print(table("How long it took", [*took, ("in all", *whole)], ("part", "s by the clock", "s of processors")))
