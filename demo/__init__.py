"""The demo territory: an illustrative timetable over the real geography of the Pays de Lorient.

Readable tables in `lorient/`; `build` writes them as a GTFS zip. Knows nothing of the rest of Hent and needs only
the standard library.
"""

from demo.build import TERRITORY, build
from demo.records import TableError

__all__ = ["TERRITORY", "TableError", "build"]
