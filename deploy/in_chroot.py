"""Carries out the Containerfile where no container can run: each stage in a chroot of Debian, as its lines say.

Then the image is asked for what it promises, and the service is started as its USER, ENTRYPOINT and CMD say, on a root
that cannot be written to, with /tmp in memory and the volume alone to write to, and the HEALTHCHECK is asked until it
answers. Needs root, debootstrap, util-linux and a mirror of Debian, which is that of this machine's own apt unless
DEBIAN_MIRROR names another one:

    python3 deploy/in_chroot.py /var/tmp/hent-chroot [--port 8080] [--again] [--stay]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
TRUSTED = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""Of this machine: a registry may be behind a proxy whose certificate the image does not know."""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PROMISED = {
    "the library of the map": (
        "python",
        "-c",
        "import api.web.map_library as map; raise SystemExit(not map.is_there())",
    ),
    "what draws its ground": ("tilemaker", "--help"),
}
"""Asked of the image as its user."""
NO_PRIVILEGES = ("--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all")


@dataclass
class Stage:
    """root: its file system. The rest is what its last lines say."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "0"
    volume: str = ""
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions(text: str) -> list[tuple[str, str]]:
    """(`RUN`, what follows), lines that go on joined."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(words[0].upper(), words[1]) for line in joined.splitlines() if len(words := line.split(None, 1)) == 2]


def carried_out(folder: Path, text: str, again: bool) -> Stage:
    """The last stage. again: as it was built before."""
    stages: dict[str, Stage] = {}
    for name, said in instructions(text):
        if name == "FROM":
            image, _, called = said.partition(" AS ")
            root = folder / (called or "last")
            stages[root.name] = stage = Stage(root if again else new_root(folder, image, root.name))
        elif not (again and name in ("RUN", "COPY")):
            carry_out(stage, stages, name, said)
    return stage


def new_root(folder: Path, image: str, called: str) -> Path:
    found = re.search(r"/debian:(\w+)", image)
    if found is None:
        raise SystemExit(f"{image}: only images of Debian are known")
    base, root = folder / f"debian-{found[1]}", folder / called
    if not base.is_dir():
        done("debootstrap", "--variant=minbase", found[1], str(base), mirror())
    if root.exists():
        shutil.rmtree(root)
    done("cp", "-a", "--reflink=auto", str(base), str(root))
    return root


def mirror() -> str:
    """Where this machine has its own packages of Debian from, unless DEBIAN_MIRROR names another place."""
    if named := os.environ.get("DEBIAN_MIRROR"):
        return named
    words = ["apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Identifier: Packages"]
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout if shutil.which(words[0]) else ""
    known = [line.split()[1] for line in told.splitlines() if line.startswith("Debian ")]
    if not known:
        raise SystemExit("apt of this machine knows no mirror of Debian: name one by DEBIAN_MIRROR")
    return known[0]


def carry_out(stage: Stage, stages: dict[str, Stage], name: str, said: str) -> None:
    tell(f"{name} {said[:100]}")
    if name == "RUN":
        trusted = dict.fromkeys(TRUSTED, "/run/ca.crt") if CERTIFICATES.is_file() else {}
        done(*inside(stage, {**stage.environment, **trusted}, ["/bin/sh", "-c", said], writable=True))
    elif name == "COPY":
        copy(stage, stages, said.split())
    elif name == "ENV":
        for pair in shlex.split(said):
            key, _, value = pair.partition("=")
            stage.environment[key] = value.replace("$PATH", stage.environment["PATH"])
    elif name == "WORKDIR":
        stage.folder = said
        (stage.root / said.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        stage.user = said
    elif name == "VOLUME":
        stage.volume = said
    elif name == "HEALTHCHECK":
        stage.health = json.loads(said.partition("CMD ")[2])
    elif name in ("ENTRYPOINT", "CMD"):
        setattr(stage, {"ENTRYPOINT": "entrypoint", "CMD": "command"}[name], json.loads(said))
    elif name != "EXPOSE":
        raise SystemExit(f"{name}: not known here")


def copy(stage: Stage, stages: dict[str, Stage], words: list[str]) -> None:
    source = SOURCE
    if words[0].startswith("--from="):
        source = stages[words.pop(0).partition("=")[2]].root
    *names, to = words
    into = stage.root / (to if to.startswith("/") else f"{stage.folder}/{to}").lstrip("/")
    for name in names:
        taken = source / name.lstrip("/")
        if taken.is_dir():
            shutil.copytree(taken, into, symlinks=True, dirs_exist_ok=True)
        else:
            target = into / taken.name if to.endswith("/") else into
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(taken, target)


def inside(stage: Stage, environment: dict[str, str], words: list[str], writable: bool = False) -> list[str]:
    """A command in the chroot, in mounts of its own. Not writable: as the stage's user, without any privilege."""
    root = shlex.quote(str(stage.root))
    volume = f"{root}.volume"
    steps = [
        f"mount --bind {root} {root}",
        f"mount -t proc proc {root}/proc",
        f"mount --bind /dev {root}/dev",
        f"mount -t tmpfs -o mode=1777 tmpfs {root}/dev/shm",  # noqa: S108 - as in a container
        f"mount -t tmpfs tmpfs {root}/tmp",  # noqa: S108
        f"mount -t tmpfs tmpfs {root}/run",
        f"cp {CERTIFICATES} {root}/run/ca.crt 2>/dev/null || true",
    ]
    if writable:
        steps.append(f"cp /etc/resolv.conf {root}/etc/resolv.conf")
    else:
        steps += [f"mount --bind {volume} {root}{stage.volume}", f"mount -o remount,bind,ro {root}"]
    who = [] if writable else ["setpriv", f"--reuid={stage.user}", f"--regid={stage.user}", *NO_PRIVILEGES]
    pairs = [f"{key}={value}" for key, value in environment.items()]
    shown = shlex.join([*who, "env", "-i", *pairs, "sh", "-c", f'cd "{stage.folder}" && exec "$@"', "sh", *words])
    steps.append(f"exec chroot {root} {shown}")
    return [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "--pid",
        "--fork",
        "--kill-child",
        "sh",
        "-ec",
        "\n".join(steps),
    ]


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def done(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def tried(stage: Stage, port: int, stay: bool) -> None:
    volume = Path(f"{stage.root}.volume")
    if not volume.exists():  # A new volume begins with what the image has in its place.
        done("cp", "-a", f"{stage.root}{stage.volume}", str(volume))
    environment = {**stage.environment, "HENT_PORT": str(port), "HOME": stage.volume}
    for path in ("/written", "/opt/written", "/etc/written"):
        refused = subprocess.run(
            inside(stage, environment, ["touch", path]), capture_output=True, text=True, check=False
        )
        tell(f"touch {path}: {refused.stderr.strip()}")
        if refused.returncode == 0:
            raise SystemExit(f"{path} can be written to")
    for what, asked in PROMISED.items():
        if subprocess.run(inside(stage, environment, [*asked]), capture_output=True, check=False).returncode:
            raise SystemExit(f"{what} is not there")
        tell(f"{what} is there")
    words = [*stage.entrypoint, *stage.command, "--port", str(port)]
    tell(f"starts: {shlex.join(words)}")
    began = time.monotonic()
    service = subprocess.Popen(inside(stage, environment, words), start_new_session=True)
    try:
        while subprocess.run(inside(stage, environment, stage.health), check=False).returncode:
            if service.poll() is not None or time.monotonic() - began > 600:
                raise SystemExit("the service does not answer its health check")
            time.sleep(1)
        tell(f"healthy after {time.monotonic() - began:.1f} s as uid {stage.user}")
        if stay:
            service.wait()
    finally:
        os.killpg(service.pid, signal.SIGTERM)  # unshare itself heeds no signal
        service.wait()
    if subprocess.run(inside(stage, environment, stage.health), check=False).returncode == 0:
        raise SystemExit("the health check does not tell that the service has ended")
    tell("the health check tells that it has ended")


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("folder", type=Path, help="for the chroots; 3 GB")
    said.add_argument("--port", type=int, default=8080)
    said.add_argument("--again", action="store_true", help="start what was built before")
    said.add_argument("--stay", action="store_true", help="serve until interrupted")
    given = said.parse_args()
    if os.geteuid():
        sys.exit("needs root")
    given.folder.mkdir(parents=True, exist_ok=True)
    stage = carried_out(given.folder.resolve(), (SOURCE / "deploy" / "Containerfile").read_text("utf-8"), given.again)
    tried(stage, given.port, given.stay)


if __name__ == "__main__":
    main()
