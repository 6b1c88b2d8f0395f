"""What lies in deploy/ is true: each file is read by the program that it is for, or held to what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.app import create_app
from tests.api.conftest import config
from tests.api.serving import serving_app
from tests.api.test_problems import Nothing

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


def needs(program: str, package: str) -> str:
    found = shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{program} is not installed (Debian: {package})")
    return found


def done(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


def test_nginx_understands_the_proxy(tmp_path: Path) -> None:
    """With a certificate of its own, and the services on this machine."""
    nginx, openssl = needs("nginx", "nginx-light"), needs("openssl", "openssl")
    key, certificate = tmp_path / "proxy.key", tmp_path / "proxy.pem"
    made = done(
        openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=hent.example.org",
        "-keyout", key, "-out", certificate,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/tmp/", f"{tmp_path}/")
    text = text.replace("/etc/hent", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(re.sub(r"hent-[12]:8080", "127.0.0.1:8080", text))
    tried = done(nginx, "-t", "-c", tmp_path / "nginx.conf")
    assert tried.returncode == 0, tried.stderr


def test_the_proxy_writes_nothing_down_and_believes_no_client() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert "access_log off;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert text.count("X-Forwarded-For $remote_addr;") == text.count("proxy_pass ")


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = needs("systemd-analyze", "systemd")
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


def test_what_the_files_name_lies_beside_them() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE)
    assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []
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
