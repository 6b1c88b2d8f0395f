"""Mail over SMTP. Knows nothing of what the letters say, and logs neither them nor their addresses."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from enum import StrEnum
from typing import Protocol

from mobility.errors import MailUnavailable

TIMEOUT_S = 10


class Tls(StrEnum):
    """NONE: for a server on this machine. STARTTLS: encrypted after the greeting. TLS: from the first byte."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str


class Post(Protocol):
    """Whoever takes letters."""

    def send(self, letter: Letter) -> None:
        """Raises MailUnavailable where the letter was not taken."""


class NoPost:
    """Where the config names no mail server."""

    def send(self, letter: Letter) -> None:
        raise MailUnavailable("the config has no section [mail]")


@dataclass(frozen=True, slots=True)
class Smtp:
    """sender: an address. user: "" where the server asks for none. authority: file with the certificates that the
    server's is checked against, "" for those of the system."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = ""
    authority: str = ""

    def send(self, letter: Letter) -> None:
        """Raises MailUnavailable; its words hold no address."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Date"], message["Message-ID"] = formatdate(localtime=False), self._name()
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        try:
            with self._connected() as server:
                self._greet(server)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnavailable(f"the mail server refuses ({type(error).__name__})") from None

    def _connected(self) -> smtplib.SMTP:
        if self.tls is Tls.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=self._trusted())
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)

    def _greet(self, server: smtplib.SMTP) -> None:
        if self.tls is Tls.STARTTLS:
            server.starttls(context=self._trusted())
        if self.user:
            server.login(self.user, self.password)

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)

    def _name(self) -> str:
        """Of one letter: random, as the customary one tells the process and the hundredth of the second."""
        return f"<{secrets.token_hex(16)}@{self.sender.rpartition('@')[2] or 'localhost'}>"
