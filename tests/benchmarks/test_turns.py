"""The tables that a checkout prints are read back, and the best of the runs are held against each other."""

from collections.abc import Callable

import pytest

from benchmarks import turns
from benchmarks.checkout import Checkout, NotSetUp

PRINTED = """### HTTP service, Helsinki

| what | Hent |
| --- | --- |
| plan, coordinates to JSON, median | {median} |
| plan requests a second, 2 workers, 8 clients | {rate} |
| start, warm kernels, until the ready line | {start} |
"""
PLAN = ("HTTP service, Helsinki", "plan, coordinates to JSON, median")


def printed(median: str = "6.9 ms", rate: str = "331", start: str = "2.20 s") -> str:
    return PRINTED.format(median=median, rate=rate, start=start)


def test_times_are_read_in_seconds() -> None:
    found = dict(turns.figures(printed("850 µs", start="2.20 s")))
    assert [figure.value for figure in found.values()] == pytest.approx([0.00085, 331, 2.2])


def test_what_hent_takes_is_read_and_not_what_the_other_engine_does() -> None:
    head = "### Engines\n\n| what | Hent | other | ratio |\n| --- | --- | --- | --- |\n"
    table = f"{head}| Pareto query, 400 queries | 61 µs | 1261 µs (pynigiri) | 20.6 x |\n"
    ((line, figure),) = turns.figures(table)
    assert (line, figure.text, figure.median) == (("Engines", "Pareto query, 400 queries"), "61 µs", True)


def test_an_engine_that_is_not_there_has_no_figure() -> None:
    assert not list(turns.figures("### Engines\n\n| what | Hent |\n| --- | --- |\n| load | not there |\n"))


def test_a_row_is_the_same_row_whatever_it_counts() -> None:
    head = "### Streets of Milan\n\n| what | Hent |\n| --- | --- |\n"
    before = f"{head}| walks between stops, 6380 | 35 ms |\n| extract to streets, 81234 segments | 3.7 s |\n"
    now = f"{head}| walks between stops | 34 ms for 6379 |\n| extract to streets | 3.6 s for 81200 segments |\n"
    assert dict(turns.figures(before)).keys() == dict(turns.figures(now)).keys()
    assert [figure.value for _, figure in turns.figures(now)] == pytest.approx([0.034, 3.6])


def run(monkeypatch: pytest.MonkeyPatch, of_a: Callable[[int], str], of_b: Callable[[int], str]) -> int:
    """The exit code where A and B print so in their n-th run."""
    runs = {"A": iter(map(of_a, range(5))), "B": iter(map(of_b, range(5)))}
    monkeypatch.setattr(Checkout, "at", lambda folder: FakeCheckout(folder, runs))
    return turns.main(["A", "B", "serving"])


class FakeCheckout:
    def __init__(self, folder: str, runs: dict[str, object]) -> None:
        self.folder, self.runs = folder, runs

    def benchmark(self, name: str) -> str:
        return next(self.runs[self.folder])  # type: ignore[call-overload, no-any-return]


def test_the_best_of_the_runs_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, lambda n: printed("6.0 ms"), lambda n: printed(f"{10 - n}.3 ms")) == 0
    assert "| 6.0 ms | 6.3 ms | 1.05 |" in capsys.readouterr().out


def test_a_median_that_is_a_tenth_worse_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, lambda n: printed("6.0 ms"), lambda n: printed("6.7 ms")) == 1
    assert "| 6.0 ms | 6.7 ms | 1.12 | worse |" in capsys.readouterr().out


def test_one_step_of_the_last_digit_is_rounding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, lambda n: printed("0.03 ms"), lambda n: printed("0.04 ms")) == 0
    assert run(monkeypatch, lambda n: printed("0.00 ms"), lambda n: printed("0.00 ms")) == 0
    assert "| 0.00 ms | 0.00 ms | 1.00 |" in capsys.readouterr().out


def test_what_is_done_once_is_shown_and_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, lambda n: printed(start="2.0 s"), lambda n: printed(start="3.0 s")) == 0


def test_of_requests_a_second_more_is_better(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, lambda n: printed(rate=f"{300 + n}"), lambda n: printed(rate="152"))
    assert "| 304 | 152 | 2.00 |" in capsys.readouterr().out


def test_a_row_that_is_gone_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, lambda n: printed(), lambda n: "### Nothing\n") == 1


def test_a_folder_without_its_own_environment_is_refused(tmp_path: object) -> None:
    with pytest.raises(NotSetUp, match="make setup"):
        Checkout.at(str(tmp_path))
