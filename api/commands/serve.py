"""`hent serve`: the service for travellers and their apps."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from api.commands.options import config_option, data_option, ensure_network, note, progress, read_config
from api.web.garbage import seldom_collected

if TYPE_CHECKING:
    from api.config import Config
    from api.web.storage import Kept

COUNTS = "PROMETHEUS_MULTIPROC_DIR"


@click.command()
@config_option
@click.option("--host", help="Address to listen on. Default: server.host of the config.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Default: server.port of the config.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes. Default: server.workers of the config.")
@click.option("--disturbed", is_flag=True, help="Play an invented day on the demo: delays, a cancelled crossing.")
@data_option
@seldom_collected()
def serve(
    config_file: Path | None, host: str | None, port: int | None, workers: int | None, disturbed: bool, data: Path
) -> None:
    """Answer travellers over HTTP; one line says when it is ready. Where --data has no network, the feeds at hand are
    loaded first (the demo territory, by default)."""
    config = read_config(config_file)
    chosen = {
        name: value for name, value in (("host", host), ("port", port), ("workers", workers)) if value is not None
    }
    config = config.model_copy(update={"server": config.server.model_copy(update=chosen)})
    if disturbed:
        from api.feeds.illustrative import disturbed as with_disturbances
        from api.feeds.illustrative import folder_of

        data = folder_of(data)
        config = with_disturbances(config, data)
    _try_port(config.server.host, config.server.port)
    _prepare_kernels()
    ensure_network(data, config)
    with _counted_together():
        _serve(config, data)


@contextmanager
def _counted_together() -> Iterator[None]:
    """For all workers: prometheus_client asks the environment when it is imported, and each time that it counts. What
    this process does afterwards finds no folder that is gone."""
    with TemporaryDirectory(prefix="hent-metrics-") as counts:
        os.environ[COUNTS] = counts
        try:
            yield
        finally:
            del os.environ[COUNTS]


def _prepare_kernels() -> None:
    """Before anything is loaded, as that takes them too."""
    from api.commands.kernels.processes import compile_missing

    with progress() as said:
        compile_missing(said)


def _serve(config: Config, data: Path) -> None:
    from api.server import serve as serve_http
    from api.territory.in_service import Following

    serve_http(config, Following(data, config, config.limits.answer_s), click.echo, _kept(config, data))


def _try_port(host: str, port: int) -> None:
    """Before anything is loaded, as the server would try for seconds. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            error.filename = f"{host}:{port}"
            raise


def _kept(config: Config, data: Path) -> Kept | None:
    """None where the disk takes no database: trips are answered, accounts and carpools are not."""
    from api.web.storage import kept

    try:
        return kept(config, data)
    except OSError as error:
        note(f"hent: {data} cannot be written ({error.strerror}): no accounts, no carpools, no turns of recurring work")
        return None
