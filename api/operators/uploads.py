"""A feed in the body of a request becomes a file, within limits of size and time; what is in it is for the job."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import request
from werkzeug.exceptions import RequestTimeout, UnsupportedMediaType

from api.config import Config
from api.feeds.inputs import MIB
from api.feeds.jobs import CHECKED, JOBS
from mobility.clock import is_over
from mobility.errors import folder_refused
from mobility.network.files import changed_ns
from mobility.operators.jobs import Order, Verb

ZIP = ("application/zip", "application/octet-stream")
BLOCK = 1 << 16
LEFT_S = 86_400


def saved_upload(data: Path, config: Config) -> Path:
    """Raises UnsupportedMediaType, RequestEntityTooLarge, RequestTimeout, FolderUnavailable; then nothing is left."""
    if request.mimetype not in ZIP:
        raise UnsupportedMediaType
    request.max_content_length = config.limits.zip_mib * MIB
    folder = data / JOBS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        with NamedTemporaryFile(prefix=".upload-", dir=folder, delete=False) as file:
            _copied(Path(file.name), config.limits.fetch_s)
    except OSError as error:
        raise folder_refused(error) from error
    return Path(file.name).rename(folder / f"{secrets.token_hex(8)}.zip")


def drop_upload(data: Path, order: Order) -> None:
    """What came with an order that is not carried out. What was checked before stays where it is to be published."""
    folders = (data / JOBS, data / JOBS / CHECKED) if order.verb is Verb.CHECK else (data / JOBS,)
    file = Path(order.file)
    if file.parent in folders:
        file.unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Files of jobs and of uploads that were killed."""
    for file in (*folder.glob(".upload-*"), *folder.glob("*.zip")):
        if is_over(changed_ns(file) / 10**9, LEFT_S, time.time()):
            file.unlink(missing_ok=True)


def _copied(path: Path, most_s: float) -> None:
    until_s = time.monotonic() + most_s
    try:
        with path.open("wb") as file:
            while block := request.stream.read(BLOCK):
                file.write(block)
                if time.monotonic() > until_s:
                    raise RequestTimeout
    except BaseException:
        path.unlink()
        raise
