"""`hent evaluate` times searches, not the compiling of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.api.terminal import TOWN, zipped

TIMED = """
import sys
from datetime import date
from pathlib import Path
from numba.core.dispatcher import Dispatcher
from mobility.feeds import evaluate as evaluated
from mobility.search.tripbased import change_trips

def compiled():
    searching = [module for name, module in list(sys.modules.items()) if name.startswith("mobility.search.")]
    kernels = [one for module in (evaluated, *searching) for one in vars(module).values()]
    return {str(one): len(one.signatures) for one in kernels if isinstance(one, Dispatcher)}

evaluated.warm_up()
before = compiled()
folder = Path(sys.argv[1])
files = evaluated.ReferenceFiles(*(folder / f"{name}.csv" for name in ("queries", "answers", "windows")))
found = evaluated.evaluate(folder / "town.zip", date(2026, 6, 3), files)
print(before[str(change_trips)], found.all_equal, before == compiled())
"""


def test_no_timed_query_compiles_anything(tmp_path: Path) -> None:
    """One trip from A at 8:00 to B at 8:10, asked for at 7:50."""
    transfers = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,7200\nB,A,2,7200\n"
    zipped(tmp_path, transfers=transfers, agency=TOWN["agency.txt"].replace("Europe/Helsinki", "UTC"))
    (tmp_path / "queries.csv").write_text("qid,from_stop_id,to_stop_id,dep_sec\n1,A,B,28200\n")
    (tmp_path / "answers.csv").write_text("qid,n_trips,arrival_sec\n1,0,35400\n1,1,29400\n")
    (tmp_path / "windows.csv").write_text("qid,dep_sec,arrival_sec,n_trips\n1,28800,29400,1\n")
    ran = subprocess.run([sys.executable, "-c", TIMED, tmp_path], capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["1", "True", "True"], ran.stderr
