"""Connections: requests are read and answers are sent by one thread of a worker, and only whole requests reach the
application, in threads that never wait for a client. On gunicorn (processes) and waitress (reading and sending)."""

from api.wire.worker import WireWorker

__all__ = ["WireWorker"]
