"""A line of the log is made of fields from a list; nothing that anybody sent finds its way into one."""

from __future__ import annotations

import ast
import json
import logging
from collections.abc import Iterator

from api.web.logs import FIELDS, FOREIGN, LogLines
from tests.test_architecture import modules

SENT = "47.7513,-3.3592"
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def line(logger: str, message: object, *args: object, **beside: object) -> dict[str, object]:
    record = logging.getLogger(logger).makeRecord(
        logger, logging.ERROR, "", 0, message, args, None, extra=beside  # type: ignore[arg-type]
    )  # fmt: skip
    found: dict[str, object] = json.loads(LogLines().format(record))
    return found


def test_only_fields_of_the_list_are_written() -> None:
    told = line("hent.api", "unexpected fault", fault="KeyError", address="192.0.2.7")
    assert (told["event"], told["fault"]) == ("unexpected fault", "KeyError")
    assert set(told) <= {"time", "level", "source", "event", *FIELDS}
    assert "192.0.2.7" not in str(told)


def test_of_what_is_filled_in_nothing_is_written() -> None:
    assert SENT not in str(line("hent.api", "cannot read %s", SENT))


def test_the_words_of_libraries_are_not_written() -> None:
    assert line("urllib3.connectionpool", f"GET /plan?fromPlace={SENT}")["event"] == FOREIGN


def test_of_the_server_numbers_stay_and_texts_do_not() -> None:
    assert line("gunicorn.error", "WORKER TIMEOUT (pid:%s)", 4711)["event"] == "WORKER TIMEOUT (pid:4711)"
    assert line("gunicorn.error", "Worker (pid:%s) was sent %s!", 7, "SIGKILL")["event"] == (
        "Worker (pid:7) was sent SIGKILL!"
    )
    assert line("gunicorn.error", "Ignoring %s", SENT)["event"] == "Ignoring …"


def calls_of_loggers() -> Iterator[ast.Call]:
    names = {f"{logger}.{level}" for logger in ("LOG", "logging") for level in LEVELS}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node


def test_every_event_is_a_constant_sentence_with_fields_of_the_list() -> None:
    calls = list(calls_of_loggers())
    assert len(calls) >= 4
    for call in calls:
        (event,) = call.args
        assert isinstance(event, ast.Constant), ast.unparse(call)
        for keyword in call.keywords:
            assert keyword.arg == "extra", ast.unparse(call)
            assert isinstance(keyword.value, ast.Dict), ast.unparse(call)
            assert {ast.literal_eval(key) for key in keyword.value.keys if key} <= set(FIELDS), ast.unparse(call)
