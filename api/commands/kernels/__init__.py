"""`hent kernels`: compile what answers questions before anybody asks one."""

from __future__ import annotations

import time

import click

from api.commands.options import note, progress

UNREAD_S = 90 * 86_400


@click.command()
def kernels() -> None:
    """Compile the kernels, in two processes; `make setup` does so. What is kept of before is not compiled again.

    They are kept in NUMBA_CACHE_DIR, else in ~/.cache, by the text of their source: another installation of the same
    version finds them there. What nobody has used for 90 days is removed.
    """
    from api.commands.kernels.processes import compile_all
    from gtfs.compiler import folder_of, forget_unread

    with progress() as said:
        count = compile_all(said)
    forget_unread(folder_of(__file__), time.time() - UNREAD_S)
    note(f"hent: {count} kernels are ready")
