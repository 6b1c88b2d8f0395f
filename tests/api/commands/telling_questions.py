"""`python -m tests.api.commands.telling_questions PART FOLDER`: what `hent kernels` begins, which also tells in a file
of the folder that TOLD names what its kernels were given."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from runpy import run_module

from api.commands.kernels.questions import kernels

TOLD, ASKED = "HENT_TEST_TOLD", "HENT_TEST_ASKED"


def given() -> str:
    """Kernels by name with the types that they were compiled for."""
    return "\n".join(f"used {name} {types}" for name, kernel in kernels().items() for types in kernel.signatures)


def tell() -> None:
    Path(os.environ[TOLD], str(os.getpid())).write_text(given())


if __name__ == "__main__":
    atexit.register(tell)
    run_module(os.environ[ASKED], run_name="__main__")
