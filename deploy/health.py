"""Whether the service on this machine answers: exit code 0 or 1. For health checks of containers."""

import os
import sys
from urllib.request import urlopen

try:
    with urlopen(f"http://127.0.0.1:{os.environ.get('HENT_PORT', '8080')}/health/live", timeout=4) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except OSError:
    sys.exit(1)
