"""What lies in deploy/ is true: each file is read by the program that it is for, or held to what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.app import create_app
from deploy.in_chroot import mirror
from mobility.ground.build import PROGRAM
from tests.api.conftest import config
from tests.api.serving import serving_app
from tests.api.test_problems import Nothing
from tests.proxy import UPSTREAM, Ports, free_port, needed, prepare

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


def done(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


def test_nginx_understands_the_proxy(tmp_path: Path) -> None:
    """With a certificate of its own, and the services on this machine."""
    config = prepare(tmp_path, Ports(free_port(), free_port(), (8080, 8081)))
    tried = done(needed("nginx", "nginx-light"), "-t", "-c", config)
    assert tried.returncode == 0, tried.stderr


def test_the_proxy_writes_nothing_down_and_believes_no_client() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "access_log off;" in text
    assert "proxy_add_x_forwarded_for" not in text
    # Said once for the whole server: a place with a header of its own would take none of these.
    places = re.findall(r"^    location .*\{\n(?:.*\n)*?    \}$", text, re.MULTILINE)
    assert len([place for place in places if "proxy_pass" in place]) == text.count("proxy_pass ") == 3
    assert [place for place in places if "proxy_set_header" in place] == []
    assert text.count("X-Forwarded-For $remote_addr;") == 1


def test_the_proxy_asks_again_whatever_is_posted_only_to_ask() -> None:
    """And nothing that would then be done twice."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    asked_again = re.search(r"location ~ (\S+) \{\n      proxy_next_upstream error timeout non_idempotent;", text)
    assert asked_again
    posted = {rule.rule for rule in create_app(config(), Nothing()).url_map.iter_rules() if "POST" in rule.methods}
    shown = {re.sub(r"<int\(.*?>", "6", rule) for rule in posted}
    acting = re.compile(r"/(api/)?(carpool|covoiturage|operators|operateurs|remarks)(/.*)?")
    assert {rule for rule in shown if not acting.fullmatch(rule)} == {
        "/", "/lines", "/stops", "/suggest", "/moments", "/round-trip", "/round-trip/calendar.ics",
        "/api/trips", "/api/v6/plan", "/api/v6/refresh-itinerary",
    }, "what is posted from here on is to be said to ask, or to act"  # fmt: skip
    assert [rule for rule in shown if bool(re.fullmatch(asked_again[1], rule)) == bool(acting.fullmatch(rule))] == []


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = needed("systemd-analyze", "systemd")
    unit = tmp_path / "hent.service"
    text = (DEPLOY / "hent.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/hent/bin/hent", sys.executable))
    verified = done(analyze, "verify", "--man=no", unit)
    said = [line for line in verified.stderr.splitlines() if "hent.service" in line]
    assert (verified.returncode, said) == (0, [])
    judged = done(analyze, "security", "--offline=true", "--no-pager", unit)
    exposure = re.search(r"exposure level for hent.service: ([0-9.]+)", judged.stdout)
    assert exposure, judged.stderr
    assert float(exposure[1]) < 2.0


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def test_the_services_of_the_compose_file_can_write_to_their_data_alone() -> None:
    services = compose()["services"]
    assert set(services) == {"hent-1", "hent-2", "database", "proxy"}
    for name in ("hent-1", "hent-2"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert "ports" not in services[name]
    assert services["proxy"]["ports"] == ["80:80", "443:443"]
    named = {volume.split(":")[0] for one in services.values() for volume in one["volumes"] if volume[0] not in "./"}
    assert named == set(compose()["volumes"])


def test_the_program_of_the_compose_file_understands_it(tmp_path: Path) -> None:
    """Held against the schema of the compose specification, with what its first lines want to lie beside it."""
    program, deploy = needed("docker-compose", "docker-compose"), tmp_path / "deploy"
    (deploy / "secrets").mkdir(parents=True)
    for name in ("hent.env", "secrets/database", "secrets/proxy.pem", "secrets/proxy.key", "config.toml"):
        (deploy / name).write_text("")
    shutil.copy(DEPLOY / "compose.yaml", deploy)
    read = done(program, "-f", deploy / "compose.yaml", "config")
    assert read.returncode == 0, read.stderr
    hent = yaml.safe_load(read.stdout)["services"]["hent-1"]
    assert hent["build"]["context"] == str(tmp_path)
    assert {one.rpartition(":")[0].partition(":")[2] or one for one in hent["volumes"]} >= {"/data/config.toml"}
    wrong = deploy / "wrong.yaml"
    wrong.write_text((deploy / "compose.yaml").read_text().replace("read_only: true", "read_only: [true]"))
    assert done(program, "-f", wrong, "config").returncode != 0


def test_the_proxy_knows_the_services_of_the_compose_file() -> None:
    named = UPSTREAM.findall((DEPLOY / "nginx.conf").read_text("utf-8"))
    assert named == [name for name, service in compose()["services"].items() if "build" in service]


def test_the_image_has_the_programs_that_hent_calls() -> None:
    """npm only while it is made: it brings the library of the map."""
    made, final = (DEPLOY / "Containerfile").read_text("utf-8").split("\nFROM ")[-2:]
    assert re.search(r"apt-get install .* npm ", made)
    assert "hent map library" in made
    assert re.search(rf"apt-get install .* {PROGRAM} ", final)


def test_no_mirror_is_named_but_that_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What apt itself says of its sources, here of a machine that knows a mirror and its updates."""
    monkeypatch.delenv("DEBIAN_MIRROR", raising=False)
    apt_get = tmp_path / "apt-get"
    apt_get.write_text(
        "#!/bin/sh\necho 'Other https://other.example/packages/'\necho 'Debian https://near.example/debian/'\n"
    )
    apt_get.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert mirror() == "https://near.example/debian/"
    monkeypatch.setenv("DEBIAN_MIRROR", "https://mine.example/debian")
    assert mirror() == "https://mine.example/debian"
    monkeypatch.delenv("DEBIAN_MIRROR")
    apt_get.unlink()
    with pytest.raises(SystemExit, match="DEBIAN_MIRROR"):
        mirror()


def test_what_the_files_name_lies_beside_them() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]["find"]
    assert {name.removesuffix("*") for name in packages["include"]} <= set(copied)
    assert (ROOT / compose()["x-hent"]["build"]["dockerfile"]).is_file()


def test_the_container_is_nobody_in_particular_and_looks_after_itself() -> None:
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    assert all("debian:" in line for line in lines if line.startswith("FROM "))
    assert "USER 10001" in lines
    assert any(line.startswith("HEALTHCHECK ") for line in lines)


def test_the_health_check_tells_a_service_that_lives_from_none() -> None:
    with serving_app(create_app(config(), Nothing())) as address:
        port = int(address.rpartition(":")[2])
        assert check(port) == 0
    assert check(port) == 1


def check(port: int) -> int:
    words = [sys.executable, str(DEPLOY / "health.py")]
    return subprocess.run(words, env={"HENT_PORT": str(port)}, check=False).returncode
