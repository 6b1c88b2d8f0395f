"""The README tells the truth: its commands are run on the demo of 2026-11-22, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from api.app import create_app
from api.commands import main
from api.config import read_config
from api.territory.in_service import Following
from api.web.storage import kept
from tests.demo_in_service import demo_in_service

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = date(2026, 11, 22)
TUESDAY = "2026-11-24"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<answer>.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_in_service(tmp_path_factory, WRITTEN)


@pytest.mark.parametrize(("command", "answer"), BLOCK.findall(README))
def test_a_command_of_the_readme_answers_as_written(
    command: str, answer: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon_s = datetime.combine(WRITTEN, time(12)).timestamp()
    monkeypatch.setattr(import_module("api.commands.plan"), "now_s", lambda: noon_s)
    said = fetched(command, data) if command.startswith("curl") else printed(command, data)
    assert said.strip() == answer.strip()


def printed(command: str, data: Path) -> str:
    words = shlex.split(command.replace("$(date -d 'next tuesday' +%F)", TUESDAY))
    result = CliRunner().invoke(main, [*words[1:], "--data", str(data)])
    assert result.exit_code == 0, result.output
    return result.stdout


def fetched(command: str, data: Path) -> str:
    config = read_config(ROOT / "config.toml")
    url = urlsplit(shlex.split(command)[-1])
    return create_app(config, Following(data, config)).test_client().get(f"{url.path}?{url.query}").text


def test_a_stranger_signs_in_on_the_demo_by_what_the_readme_and_the_page_say(data: Path) -> None:
    config = read_config(ROOT / "config.toml")
    app = create_app(config, Following(data, config), kept=kept(config, data, {}))
    client = app.test_client()
    assert ".venv/bin/hent carpool code" in README
    assert "<code>.venv/bin/hent carpool code" in client.get("/carpool/sign-in").text
    code = printed("hent carpool code you@example.org", data).strip()
    asked = client.post("/carpool/session", data={"code": code})
    assert 'name="alias"' in asked.text
    newcomer = {"code": code, "alias": "Anna", "adult": "1", "new": "1"}
    assert client.post("/carpool/session", data=newcomer).headers["Location"] == "/carpool/mine"
    assert client.get("/carpool/publish").status_code == 200


def test_the_readme_asks_at_least_three_trips_and_places() -> None:
    assert len(BLOCK.findall(README)) >= 3


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.name
)
def test_every_link_between_documents_leads_to_a_file(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_each_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name.split("-")[0] for page in (ROOT / "docs" / "decisions").glob("*.md")]
    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]
