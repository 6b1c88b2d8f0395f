"""`python -m benchmarks [PART ...]`: print every table, or those of the parts named."""

import sys

from benchmarks import carpools, doors, engines, pages, reload, serving, streets

PARTS = {
    "engines": engines.run,
    "serving": serving.run,
    "streets": lambda: "\n".join(streets.tables()),
    "pages": pages.run,
    "reload": reload.run,
    "carpools": carpools.run,
    "doors": lambda: "\n".join(doors.tables()),
}

for name in sys.argv[1:] or PARTS:
    print(PARTS[name](), flush=True)
