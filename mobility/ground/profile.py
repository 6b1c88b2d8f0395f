"""How the map's ground is drawn: the two files that tilemaker reads. Imports nothing, for every worker reads this."""

from pathlib import Path

HERE = Path(__file__).parent
CONFIG, PROCESS = HERE / "profile.json", HERE / "profile.lua"
