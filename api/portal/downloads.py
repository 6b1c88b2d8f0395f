"""How open data goes out: to pages of any origin, with conditions, and files with ranges."""

from __future__ import annotations

from datetime import UTC, datetime
from os import stat_result
from pathlib import Path

from flask import Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from mobility.errors import NotFound
from mobility.network.files import find_status

A_DAY_S = 86_400
MEDIA = {
    "zip": "application/zip", "csv": "text/csv", "geojson": "application/geo+json", "gz": "application/gzip",
    "pb": "application/x-protobuf",
}  # fmt: skip


def sent(file: Path, etag: str, immutable: bool = False) -> Response:
    """With ranges and conditions. Raises NotFound where the file is not kept any more."""
    status = find_status(file)
    if status is None:
        raise NotFound("file", "name")
    media_type = MEDIA.get(file.suffix.removeprefix("."), "application/json")
    try:
        response = send_file(
            file, media_type, conditional=True, etag=etag, last_modified=changed(status), max_age=A_DAY_S
        )
    except FileNotFoundError:
        raise NotFound("file", "name") from None
    if not immutable:
        response.headers["Cache-Control"] = "public, no-cache"
    return shared(response)


def shared(answer: ResponseReturnValue) -> Response:
    """Open data may be read by pages of any origin."""
    response = answer if isinstance(answer, Response) else Response(str(answer))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Content-Range, Accept-Ranges, Retry-After"
    response.headers.setdefault("Cache-Control", "public, no-cache")
    return response


def told(value: object) -> Response:
    """As JSON, with an ETag."""
    response = jsonify(value)
    response.add_etag()
    return shared(response.make_conditional(request))


def changed(status: stat_result) -> datetime:
    return datetime.fromtimestamp(int(status.st_mtime), UTC)
