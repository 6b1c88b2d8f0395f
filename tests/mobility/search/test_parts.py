"""Work in parts: in their order, faults told, and given up without a word where the process ends."""

import subprocess
import sys
import textwrap
from pathlib import Path
from signal import SIGINT
from subprocess import PIPE

import pytest

from mobility.search.parts import in_parts

ROOT = Path(__file__).parents[3]


def ended(script: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("workers", [1, 3])
def test_what_each_part_comes_to_stands_in_the_order_of_the_parts(workers: int) -> None:
    assert in_parts(lambda part: part * part, 7, workers) == [0, 1, 4, 9, 16, 25, 36]


def test_the_fault_of_a_part_is_that_of_the_work() -> None:
    def divide(part: int) -> float:
        return 1 / (part - 2)

    with pytest.raises(ZeroDivisionError):
        in_parts(divide, 5, 2)


def test_a_process_that_ends_waits_for_the_parts_under_way_and_begins_no_other() -> None:
    script = """
        import threading
        from mobility.search.parts import ProcessEnds, in_parts

        begun = threading.Event()

        def until_the_end(part):
            begun.set()
            threading.main_thread().join()
            print(f"part {part} is done", flush=True)

        def beside():
            try:
                in_parts(until_the_end, 5, 1)
            except ProcessEnds:
                pass

        threading.Thread(target=beside, daemon=True).start()
        begun.wait()
    """
    assert ended(script) == (0, "part 0 is done\n", "")


INTERRUPTED = """
        import os, signal, sys, threading
        from mobility.search import parts

        signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background may ignore it

        goes_on = threading.Event()

        def until_it_goes_on(part):
            os.write(1, f"part {part} begins\\n".encode())
            goes_on.wait()
            os.write(1, f"part {part} is done\\n".encode())  # in one piece, whatever others print

        arrived, arrives = os.pipe()
        os.set_blocking(arrives, False)
        signal.set_wakeup_fd(arrives)  # the interpreter writes there what it is going to heed

        def tell():
            while os.read(arrived, 1):
                os.write(1, b"a signal\\n")

        def told_end(crew):
            end(crew)
            os.write(1, b"no further part\\n")

        end, parts._Crew.end = parts._Crew.end, told_end
        threading.Thread(target=tell, daemon=True).start()
        threading.Thread(target=lambda: (sys.stdin.readline(), goes_on.set()), daemon=True).start()
        try:
            parts.in_parts(until_it_goes_on, 3, 2)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """


@pytest.mark.parametrize("interruptions", [1, 2])
def test_who_interrupts_waits_for_the_parts_under_way_alone(interruptions: int) -> None:
    """As Ctrl-C does, and impatiently twice: each of two threads ends its part, the third part is never begun."""
    command = [sys.executable, "-c", textwrap.dedent(INTERRUPTED)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdin and process.stdout
        begun = {process.stdout.readline() for _ in range(2)}
        for told in [{"a signal\n", "no further part\n"}, {"a signal\n"}][:interruptions]:
            process.send_signal(SIGINT)
            assert {process.stdout.readline() for _ in told} == told
        process.stdin.write("\n")
        told, faults = process.communicate(timeout=120)
    *done, last = told.splitlines()
    assert begun == {"part 0 begins\n", "part 1 begins\n"}
    assert (set(done), last) == ({"part 0 is done", "part 1 is done"}, "interrupted")
    assert (process.returncode, faults) == (0, "")


def test_an_interruption_while_a_day_is_made_quick_leaves_no_trace() -> None:
    """By the signal that Ctrl-C sends, from within a part: the kernels of the others run on to their end."""
    script = """
        import os, signal
        from mobility.search import shortcuts
        from mobility.search.search import accelerated
        from tests import tiny

        signal.signal(signal.SIGINT, signal.default_int_handler)

        def interrupted(*asked):
            os.kill(os.getpid(), signal.SIGINT)
            return transfers_of(*asked)

        transfers_of, shortcuts.transfers_of = shortcuts.transfers_of, interrupted
        made = tiny.timetable("Bus1\\nA B\\n8:00 8:10\\n\\nTram2\\nB C\\n8:12 8:25")
        try:
            accelerated(made.day, workers=2)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    assert ended(script) == (0, "interrupted\n", "")


def test_a_fork_of_a_process_with_work_under_way_ends_by_itself() -> None:
    script = """
        import os, sys, threading
        from mobility.search.parts import in_parts

        begun, done = threading.Event(), threading.Event()

        def wait(part):
            begun.set()
            done.wait()

        beside = threading.Thread(target=in_parts, args=(wait, 1, 1), daemon=True)
        beside.start()
        begun.wait()
        child = os.fork()
        if not child:
            sys.exit(0)
        print(os.waitpid(child, 0)[1], flush=True)
        done.set()
        beside.join()
    """
    assert ended(script) == (0, "0\n", "")


def test_a_day_that_is_made_quick_as_the_process_ends_leaves_no_trace() -> None:
    """`hent plan` once ended with a traceback of this thread: it began an executor after the last statement."""
    script = """
        import atexit, threading
        from mobility.feeds.build.network import build
        from mobility.search import shortcuts
        from mobility.search.days import OFTEN, Days
        from tests.mobility.feeds import tiny

        begun, transfers_of = threading.Event(), shortcuts._transfers

        def after_the_last_statement(*asked):
            begun.set()
            threading.main_thread().join()
            return transfers_of(*asked)

        shortcuts._transfers = after_the_last_statement
        days = Days(build((tiny.feed("1 a: A 8:00 > B 8:10", services={"s": "1"}),), zone="Europe/Paris"))
        atexit.register(days.wait)
        for _ in range(OFTEN):
            days.on(tiny.MONDAY)
        begun.wait()
    """
    assert ended(script) == (0, "", "")
