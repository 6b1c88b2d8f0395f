"""The log: one JSON object a line, made of fields from a list. What no field is for cannot be written.

No message is built from what somebody sent: the event is a constant sentence of the code (a test reads every call), and
of records that other libraries write only their source, level and kind of fault are kept.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from signal import Signals

OURS = ("hent", "mobility", "api", "gtfs")
FIELDS = ("fault", "reason", "where", "chore", "rest_s", "feed", "count", "days")
"""What may stand beside an event, given as `extra`."""
FOREIGN = "a library says something; its words may quote a request"
SERVER = "gunicorn"
"""Its messages are constant, but for what is filled in: of that, numbers and the names of signals may stay."""
SIGNALS = frozenset(Signals.__members__)


class LogLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name,
            "event": _event(record),
        }
        told |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            told["fault"] = record.exc_info[0].__name__
        return json.dumps(told, ensure_ascii=False, default=lambda value: type(value).__name__)


def _event(record: logging.LogRecord) -> str:
    source = record.name.split(".")[0]
    if source in OURS:
        return str(record.msg)
    return _numbered(str(record.msg), record.args or ()) if source == SERVER else FOREIGN


def _numbered(message: str, filled_in: object) -> str:
    values = filled_in if isinstance(filled_in, tuple) else ()
    try:
        return message % tuple(value if isinstance(value, int) or value in SIGNALS else "…" for value in values)
    except (TypeError, ValueError):
        return message


def install_logs() -> None:
    """All of this process, and of those that are forked from it, on the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
