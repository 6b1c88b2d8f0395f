"""Serving for real: gunicorn with workers that share what was opened before the first of them began.

The port opens when every kernel is warm and the day of today is laid out. No log has a line for each request, and
none ever names what was asked or who asked: addresses, query strings and bodies are not written anywhere.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from resource import RLIMIT_CORE, setrlimit
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from api.app import create_app
from api.beside import begin_beside, once
from api.carpool import news
from api.carpool.carpooling import carpooling
from api.config import Config
from api.feeds import chores as feed_chores
from api.feeds.chores import Watched
from api.feeds.desk import Desk
from api.feeds.illustrative import Replay
from api.live_writer import LiveArbiter, LiveWriter
from api.present.message_texts import texts_by_clocks
from api.retention import chore as retention_chore
from api.territory.in_service import Following
from api.territory.taken_once import InService
from api.web.chores import Chores
from api.web.garbage import SELDOM
from api.web.logs import LogLines, install_logs
from api.web.sentences import offered, sentences
from api.web.storage import Kept
from api.wire import WireWorker
from gtfs.counted import counted
from mobility.clock import local_date, now_s
from mobility.errors import NetworkUnavailable
from mobility.feeds.publish import make_quick
from mobility.live.delay_counts import keep_delays
from mobility.live.follow import Writer
from mobility.live.message_store import StoredMessages
from mobility.live.observed import ObservedDelays
from mobility.planning.first_question import ask_first
from mobility.search import search

TIMEOUT_S, GRACE_S = 30, 10


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Errors without what came with the request: gunicorn would name the client's address and the address asked for."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LogLines())

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        text = str(msg)
        if text.startswith("Invalid request"):
            text, args = "Invalid request", ()
        super().warning(text, *args, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        fault = sys.exc_info()[0]
        super().error("fault while serving", extra={"fault": fault.__name__ if fault else "Error"})

    def debug(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Nothing: these lines quote requests."""


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(
        self, config: Config, current: InService, say: Callable[[str], None], kept: Kept | None = None
    ) -> None:
        self._config, self._current, self._say, self._kept = config, current, say, kept
        self._began_s = now_s()
        self.live_writer = LiveWriter(partial(self._begin_writing, kept)) if kept else None
        super().__init__()

    def run(self) -> None:
        try:
            LiveArbiter(self).run()
        except RuntimeError as error:
            raise SystemExit(f"Error: {error}") from error

    def load_config(self) -> None:
        for name, value in self._settings().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called once, before the workers are made and the port opens."""
        app = create_app(self._config, self._current, kept=self._kept)
        _warm_up(self._config, self._current)
        # What stands now stays, is looked at no more, and so is shared by all workers.
        gc.freeze()
        gc.set_threshold(*SELDOM)
        return app

    def _settings(self) -> Mapping[str, object]:
        server = self._config.server
        return {
            "bind": f"{server.host}:{server.port}",
            "worker_class": WireWorker,
            "workers": server.workers,
            "threads": server.threads,
            "preload_app": True,
            "timeout": TIMEOUT_S,
            "graceful_timeout": GRACE_S,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": DiscreetLogger,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
            "when_ready": self._tell,
            "post_worker_init": self._begin,
            "on_exit": self._end,
        }

    def _begin(self, worker: Any) -> None:
        """In each worker, after the fork, as threads do not live through one."""
        if isinstance(self._current, Following):
            self._current.follow()
        self._begin_chores()

    def _begin_writing(self, kept: Kept) -> None:
        """The lock says which of several services on one data folder writes the live state."""
        sources = [one.source for one in self._config.realtime]
        typed = StoredMessages(kept.store, texts_by_clocks(self._config.territory.timezone))
        is_invented = self._config.is_illustrative
        if is_invented:
            Replay(self._config, kept.data, self._began_s).start()
        delays = None if is_invented else ObservedDelays(partial(keep_delays, kept.store))
        Writer(kept.data, sources, typed, now_s, delays).start()

    def _end(self, _arbiter: Any) -> None:
        if self.live_writer:
            self.live_writer.end()

    def _begin_chores(self) -> None:
        """The database says whose turn it is."""
        if self._kept:
            carpool = carpooling(self._config, self._kept, lambda: int(now_s()))
            timetables = Watched(self._config, self._kept.data, self._kept.store, carpool.post)
            chores = [retention_chore(carpool, self._kept.data), *news.chores(carpool), *feed_chores.chores(timetables)]
            Chores(self._kept.store, chores, lambda: int(now_s())).start()

    def _tell(self, arbiter: Any) -> None:
        host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
        server = self._config.server
        workers = counted(server.workers, "worker")
        self._say(f"Hent ready on http://{host}:{port} ({self._config.territory.name}, {workers})")
        self._make_quick(arbiter.LISTENERS)

    def _make_quick(self, listeners: Iterable[Any]) -> None:
        """Where the network was loaded for this start, nobody has made its day quick to search."""
        today = local_date(int(now_s()), self._config.territory.zone)
        if self._kept and not _is_quick(self._current, today):
            desk = Desk(self._kept.data, self._config, today)
            begin_beside("a day made quick", partial(once, partial(make_quick, desk)), listeners)


def serve(config: Config, current: InService, say: Callable[[str], None], kept: Kept | None = None) -> None:
    """Until it is told to stop; `say` gets one line when requests are answered. A crash leaves no image of the memory,
    in which requests may stand."""
    install_logs()
    setrlimit(RLIMIT_CORE, (0, 0))
    Server(config, current, say, kept).run()


def _is_quick(current: InService, today: date) -> bool:
    try:
        return current.territory().as_planned.days.on(today).shortcuts is not None
    except NetworkUnavailable:
        return True


def _warm_up(config: Config, current: InService) -> None:
    search.warm_up()
    for language in offered(config.territory.languages):
        sentences(language)
    try:
        territory = current.territory()
    except NetworkUnavailable:
        return
    ask_first(territory, int(now_s()))
