"""`python -m benchmarks [PART ...]`: print every table, or those of the parts named.

`python -m benchmarks size [WORD ...]` prints what the words choose (size.py).
`python -m benchmarks same A B` and `python -m benchmarks turns A B` compare two checkouts.
"""

import sys

from benchmarks import (
    carpools,
    changes,
    commands,
    doors,
    engines,
    fares,
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

PARTS = {
    "engines": engines.run,
    "serving": server_load.run,
    "streets": lambda: "\n".join(streets.tables()),
    "pages": pages.run,
    "places": places.run,
    "reload": reload.run,
    "small_feed": small_feed.run,
    "carpools": carpools.run,
    "fares": fares.run,
    "changes": changes.run,
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


if sys.argv[1:] and sys.argv[1] in COMPARISONS:
    sys.exit(compared(sys.argv[1], sys.argv[2:]))
if sys.argv[1:] and sys.argv[1] in CHOOSY:
    print(CHOOSY[sys.argv[1]](*sys.argv[2:]))
    sys.exit()
for name in sys.argv[1:] or PARTS:
    print(PARTS[name](), flush=True)
