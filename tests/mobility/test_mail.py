"""Letters reach a real mail server, encrypted where the config says so; a refusal is told without any address."""

from __future__ import annotations

import re
from email.message import EmailMessage
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


def test_the_name_of_a_letter_tells_neither_the_process_nor_the_time() -> None:
    names = {sent()["Message-ID"] for _ in range(3)}
    assert len(names) == 3
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", name) for name in names), names


def test_a_letter_tells_the_whole_second_of_no_zone_and_nothing_else_of_who_sent_it() -> None:
    letter = sent()
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d -0000", letter["Date"]), letter["Date"]
    written = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"}
    said_by_server = {"X-Peer", "X-MailFrom", "X-RcptTo"}
    of_content = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(letter.keys()) - said_by_server == written | of_content
    assert letter.get_boundary() is None


def sent() -> EmailMessage:
    with mail_server() as inbox:
        Smtp("127.0.0.1", inbox.port, "hent@example.org", Tls.NONE).send(LETTER)
    return inbox.letters[-1]


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
