"""The process that makes the files of the network in service, politely, so that no traveller waits for it: DIR as the
argument, the config as JSON on standard input. Nothing imports it; api/portal/launch.py begins it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from api.config import Config
from api.portal.launch import taken
from api.portal.products import make
from api.territory.in_service import Following
from api.web.logs import install_logs
from mobility.errors import MobilityError

LOG = logging.getLogger("hent.portal")


def main() -> None:
    data, config = Path(sys.argv[1]), Config.model_validate_json(sys.stdin.read())
    install_logs()
    try:
        with taken(data) as is_ours:
            if is_ours:
                territory = Following(data, config).territory().as_planned
                make(data, config, territory)
    except (OSError, MobilityError) as error:
        if data.is_dir():  # else nobody wants the files any more: what ran on the folder has ended
            LOG.error(
                "the open data cannot be made",
                extra={"fault": type(error).__name__, "reason": getattr(error, "strerror", None)},
            )
            sys.exit(1)


if __name__ == "__main__":
    main()
