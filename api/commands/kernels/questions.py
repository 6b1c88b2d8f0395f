"""`python -m api.commands.kernels.questions PART FOLDER`: questions that need every kernel; it says which are ready.

What a kernel is compiled for is what it is given, so it is given what a service gives it: the demo is loaded into a
folder of its own, with a few streets and addresses, on a disturbed day.
"""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

PARTS = "search", "territory"
"""About equally long."""
OF = "of "
"""How the line begins that says how many kernels there are."""
TELL_S = 0.5


def search_kernels(_: Path) -> None:
    from mobility.feeds import evaluate

    evaluate.warm_up()


def territory_kernels(data: Path) -> None:
    from api.commands.kernels.sample_territory import disturb, find_addresses, with_streets
    from api.commands.options import today_in
    from api.config import DEMO, read_config
    from api.feeds.desk import Desk, load_at_hand
    from api.territory.in_service import Following
    from mobility.feeds.publish import make_quick
    from mobility.planning.first_question import ask_first, busiest_stops
    from mobility.search.days import Days

    config = read_config(DEMO)
    today = today_in(config)
    find_addresses()
    load_at_hand(data, config, today)
    make_quick(Desk(data, config, today))
    territory = Following(data, config).territory()
    disturb(territory)
    at_s = _next_tuesday_s(today, territory.zone)
    ask_first(territory, at_s)
    busiest = busiest_stops(territory.network)[0]
    ask_first(with_streets(territory, territory.network.stops.point(busiest)), at_s)
    assert territory.places is not None
    territory.places.search("lorien gar", 1)
    assert isinstance(territory.days, Days)
    territory.days.wait()


def _next_tuesday_s(today: date, zone: ZoneInfo) -> int:
    """Its noon, when every line runs."""
    day = today + timedelta(days=(1 - today.weekday()) % 7)
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp())


def kernels() -> dict[str, Any]:
    """By name, of every module that is imported."""
    from numba.core.dispatcher import Dispatcher

    return {
        f"{name}.{word}": value
        for name, module in list(sys.modules.items())
        if name.startswith(("gtfs.", "mobility."))
        for word, value in list(vars(module).items())
        if isinstance(value, Dispatcher) and value.py_func.__module__ == name
    }


def tell() -> None:
    """Whole lines at once: two threads tell."""
    from gtfs.compiler import is_kept

    found = kernels()
    kept = [name for name, kernel in found.items() if is_kept(kernel)]
    sys.stdout.write("\n".join([f"{OF}{len(found)}", *kept, ""]))
    sys.stdout.flush()


def _keep_telling() -> None:
    while True:
        time.sleep(TELL_S)
        tell()


def main(part: str, folder: str) -> None:
    Thread(target=_keep_telling, daemon=True).start()
    {"search": search_kernels, "territory": territory_kernels}[part](Path(folder))
    tell()


if __name__ == "__main__":
    main(*sys.argv[1:])
