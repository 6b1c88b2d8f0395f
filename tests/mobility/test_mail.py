"""Letters reach a real mail server, encrypted where the config says so; a refusal is told without any address."""

from __future__ import annotations

from pathlib import Path

import pytest

from mobility.errors import MailUnavailable
from mobility.mail import Letter, NoPost, Smtp, Tls
from tests.mail import certified, mail_server

LETTER = Letter("anna@example.org", "Votre code", "Bonjour,\n\nvoilà : c’est là.\n")


def test_a_letter_arrives_as_it_was_written() -> None:
    with mail_server() as inbox:
        Smtp("127.0.0.1", inbox.port, "hent@example.org", Tls.NONE).send(LETTER)
    (letter,) = inbox.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == ("hent@example.org", "anna@example.org", "Votre code")
    assert inbox.text().split() == LETTER.text.split()
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_letter_goes_encrypted_to_who_knows_the_password(tmp_path: Path) -> None:
    context, authority = certified(tmp_path)
    with mail_server(context, ("hent", "s3cret")) as inbox:
        known = Smtp("localhost", inbox.port, "hent@example.org", Tls.STARTTLS, "hent", "s3cret", str(authority))
        known.send(LETTER)
    assert len(inbox.letters) == 1


def test_a_wrong_password_is_a_refusal(tmp_path: Path) -> None:
    context, authority = certified(tmp_path)
    with mail_server(context, ("hent", "s3cret")) as inbox:
        wrong = Smtp("localhost", inbox.port, "hent@example.org", Tls.STARTTLS, "hent", "guess", str(authority))
        with pytest.raises(MailUnavailable, match="SMTPAuthenticationError"):
            wrong.send(LETTER)
    assert inbox.letters == []


def test_a_certificate_that_nobody_trusts_is_a_refusal(tmp_path: Path) -> None:
    context, _ = certified(tmp_path)
    with mail_server(context) as inbox, pytest.raises(MailUnavailable):
        Smtp("localhost", inbox.port, "hent@example.org", Tls.STARTTLS).send(LETTER)
    assert inbox.letters == []


def test_a_refusal_names_no_address() -> None:
    with mail_server() as inbox:
        inbox.refusing = True
        with pytest.raises(MailUnavailable) as refusal:
            Smtp("127.0.0.1", inbox.port, "hent@example.org", Tls.NONE).send(LETTER)
    assert "example" not in str(refusal.value)


def test_no_server_no_mail() -> None:
    with pytest.raises(MailUnavailable, match=r"\[mail\]"):
        NoPost().send(LETTER)


def test_a_server_that_is_not_there_is_said_so() -> None:
    with mail_server() as inbox:
        port = inbox.port
    with pytest.raises(MailUnavailable):
        Smtp("127.0.0.1", port, "hent@example.org", Tls.NONE).send(LETTER)
