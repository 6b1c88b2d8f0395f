"""What a worker process takes into memory."""

import subprocess
import sys
from pathlib import Path

from tests.forked import forked

ROOT = Path(__file__).parents[2]
ASKED = """
import sys, time
from pathlib import Path
from api.app import create_app
from api.config import find_config, read_config
from api.territory.in_service import Following

data = Path(sys.argv[1])
config = read_config(find_config(Path.cwd()))
client = create_app(config, Following(data, config)).test_client()
answer = client.get("/api/v6/plan", query_string={"fromPlace": "lorient_gare", "toPlace": "47.7073,-3.3545"})
assert answer.status_code == 200 and answer.json["itineraries"], answer.data
for page in ("/", "/stops/lorient_port-tudy", "/api/v1/geocode?text=groix"):
    assert client.get(page).status_code == 200, page
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


FOR_A_BUILD = "networkx scipy.spatial scipy.sparse.csgraph gtfs_kit pandas alembic".split()
FOR_HARVESTERS = "rdflib jwt api.openapi.description".split()


def test_a_worker_imports_neither_what_builds_a_network_nor_what_only_harvesters_ask_for(tmp_path: Path) -> None:
    """The network is built by another process, as the operator's would."""
    build = ["hent", "plan", "lorient_gare", "lorient_port-tudy", "--data", tmp_path]
    assert forked(build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT).wait(120) == 0
    command = [sys.executable, "-c", ASKED, str(tmp_path), *FOR_A_BUILD, *FOR_HARVESTERS]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (asked.stdout, asked.returncode) == ("\n", 0), asked.stderr
