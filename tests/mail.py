"""A mail server for tests, on this machine, that keeps what it takes; with TLS by a certificate of its own."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.web.spaces import NO_BREAK


@dataclass
class Inbox:
    """port: of the server. refusing: it then takes nothing."""

    letters: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    refusing: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusing:
            return "451 not now"
        content = envelope.content
        letter = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    def text(self) -> str:
        """Of the latest letter, with plain spaces, as tests are typed."""
        return str(self.letters[-1].get_content()).replace(NO_BREAK, " ")

    def code(self, known: int = 0, patience_s: float = 20.0) -> str:
        """The last word of a line that is a code, of the latest letter with one. known: so many letters had come before
        it was asked for; the page may answer before the letter is there."""
        until_s = time.monotonic() + patience_s
        while not (found := self._latest_code(known)) and time.monotonic() < until_s:
            time.sleep(0.02)
        assert found, "no letter has a code"
        return found

    def _latest_code(self, known: int) -> str:
        """A worker of the tests has one inbox: those before may be hundreds."""
        for letter in reversed(self.letters[known:]):
            lines = str(letter.get_content()).splitlines()
            if found := [line.split()[-1] for line in lines if re.search(r"(^|\s)\d{6}\s*$", line)]:
                return found[-1]
        return ""


@contextmanager
def mail_server(starttls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None) -> Iterator[Inbox]:
    """login: name and password that are asked for."""
    inbox = Inbox()

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        found = (given.login.decode(), given.password.decode())
        return AuthResult(success=found == login, handled=False)

    options = {"authenticator": check, "auth_required": True, "auth_exclude_mechanism": ["LOGIN"]} if login else {}
    inbox.port = _free_port()
    controller = Controller(
        inbox, "127.0.0.1", inbox.port, tls_context=starttls, require_starttls=starttls is not None, **options
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def certified(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for localhost that only those trust who are given its file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption_algorithm=plain)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file
