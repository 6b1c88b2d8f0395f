"""Who registers offers or asks for seats: an alias, an e-mail address that was verified, and that they are adult.

There is no password. A code of six digits is sent by mail, is good for SIGN_IN_S and once, and becomes a
session. So few digits are guessed by trying, and a plain hash of them by counting: whoever asks limits wrong tries
(api/carpool/signing_in.py), a new code ends the one before it, and what is stored and looked for is a keyed hash, so
that how long the looking takes tells nothing. Session tokens are stored as hashes, the address and the telephone number
sealed (mobility/carpool/sealing.py).
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass

import idna
from sqlalchemy import Connection, RowMapping, delete, or_, select, update

from mobility.carpool.booking_retention import leave, offers_ridden
from mobility.carpool.names import normal_name
from mobility.carpool.offer import AccountId
from mobility.carpool.records import offer_of
from mobility.carpool.registry import Watcher, erase_offers, nobody
from mobility.carpool.sealing import Sealing, hashed, new_token
from mobility.carpool.tables import ACCOUNTS, OFFERS, SESSIONS, SIGN_INS
from mobility.clock import DAY_S
from mobility.errors import AccountIncomplete, InvalidQuery, LinkNotValid, NotFound, NotSignedIn
from mobility.privacy.periods import MINUTE_S, SESSION_S, SIGN_IN_S
from mobility.storage.store import Store
from mobility.value_faults import ValueFault

LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
EMAIL = LOCAL_PART + r"@[A-Za-z0-9.-]{1,250}\.[A-Za-z0-9-]{1,63}"
CODE_DIGITS = 6
PHONE = re.compile(r"\+?[0-9]{8,15}")


@dataclass(frozen=True, slots=True)
class Account:
    """phone: "" where there is none; shown to nobody but its owner before both have agreed to a ride."""

    id: AccountId
    alias: str
    email: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says of themselves when they sign in for the first time."""

    alias: str | None = None
    adult: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """token: "" where it was told already; nobody can read it again."""

    id: str
    account: AccountId
    created_at: int
    expires_at: int
    token: str = ""


@dataclass(frozen=True, slots=True)
class Accounts:
    """All methods raise StorageUnavailable where the database does not answer. now: epoch seconds."""

    store: Store
    sealing: Sealing
    watcher: Watcher = nobody

    def code(self, email: str, language: str, now: int) -> str:
        """A new sign-in code for the owner of an address, in place of one before it; it is told to nobody else. Raises
        InvalidQuery."""
        address = normal_email(email)
        known = {
            "email_hash": self.sealing.mark("email", address),
            "email_sealed": self.sealing.seal(address),
            "language": language,
            "expires_at": now + SIGN_IN_S,
        }
        with self.store.writing() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.email_hash == known["email_hash"]))
            code = self._unused_code(connection)
            connection.execute(SIGN_INS.insert().values(token_hash=self._marked(code), **known))
        return code

    def waiting_code(self, email: str, now: int) -> str:
        """What stands for the code that an address waits with; "" where there is none that is still good."""
        waits = select(SIGN_INS.c.token_hash).where(
            SIGN_INS.c.email_hash == self._email_mark(email), SIGN_INS.c.expires_at > now
        )
        with self.store.reading() as connection:
            return str(connection.scalar(waits) or "")

    def forget_code(self, email: str) -> None:
        """Of an address at which too many wrong ones were tried."""
        mark = self._email_mark(email)
        with self.store.writing() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.email_hash == mark))

    def sign_in(self, code: str, newcomer: Newcomer, now: int, email: str | None = None) -> Session:
        """Uses up the code. email: whose it must be, where that is known.

        Raises LinkNotValid; AccountIncomplete, InvalidQuery (an alias that imitates), which leave the code as it was.
        """
        asked = [SIGN_INS.c.token_hash == self._marked(code), SIGN_INS.c.expires_at > now]
        if email is not None:
            asked.append(SIGN_INS.c.email_hash == self._email_mark(email))
        with self.store.writing() as connection:
            row = connection.execute(delete(SIGN_INS).where(*asked).returning(SIGN_INS)).mappings().first()
            if row is None:
                raise LinkNotValid(SIGN_IN_S // MINUTE_S)
            account = self._known(connection, row) or self._new(connection, row, newcomer, now)
            _seen(connection, account, now)
            return _new_session(connection, account, now)

    def account(self, token: str, now: int) -> tuple[Account, str]:
        """Whose session a token is, and the session's id. Raises NotSignedIn."""
        wanted = SESSIONS.c.token_hash == hashed(token)
        with self.store.reading() as connection:
            of = select(ACCOUNTS, SESSIONS.c.id.label("session")).join(SESSIONS, SESSIONS.c.account == ACCOUNTS.c.id)
            row = connection.execute(of.where(wanted, SESSIONS.c.expires_at > now)).mappings().first()
        if row is None:
            raise NotSignedIn
        if now - row["seen_at"] > DAY_S:
            with self.store.writing() as connection:
                _seen(connection, AccountId(row["id"]), now)
        return self.read(row), row["session"]

    def find_by_email(self, email: str) -> AccountId | None:
        """Of an address that somebody else has verified."""
        wanted = select(ACCOUNTS.c.id).where(ACCOUNTS.c.email_hash == self._email_mark(email))
        with self.store.reading() as connection:
            found = connection.scalar(wanted)
        return AccountId(found) if found else None

    def by_id(self, account: AccountId) -> Account:
        """Raises NotFound."""
        with self.store.reading() as connection:
            return self.of(connection, account)

    def of(self, connection: Connection, account: AccountId) -> Account:
        """In a transaction of the caller's. Raises NotFound."""
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).mappings().first()
        if row is None:
            raise NotFound("account", "account")
        return self.read(row)

    def read(self, row: RowMapping) -> Account:
        phone = self.sealing.open(row["phone_sealed"]) if row["phone_sealed"] else ""
        email = self.sealing.open(row["email_sealed"])
        return Account(AccountId(row["id"]), row["alias"], email, phone, row["language"])

    def everybody(self) -> list[tuple[AccountId, str]]:
        """Ids and aliases, for the operator."""
        with self.store.reading() as connection:
            rows = connection.execute(select(ACCOUNTS.c.id, ACCOUNTS.c.alias).order_by(ACCOUNTS.c.alias, ACCOUNTS.c.id))
            return [(AccountId(row.id), row.alias) for row in rows]

    def change(self, account: AccountId, alias: str | None, phone: str | None, language: str | None) -> Account:
        """None: stays as it is; an empty telephone number is forgotten. Raises InvalidQuery, NotFound."""
        given: dict[str, str | None] = {"alias": alias and normal_name(alias), "language": language}
        values: dict[str, str | None] = {name: value for name, value in given.items() if value is not None}
        if phone is not None:
            number = normal_phone(phone)
            values["phone_sealed"] = self.sealing.seal(number) if number else None
        with self.store.writing() as connection:
            if values:
                connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(values))
            return self.of(connection, account)

    def sessions(self, account: AccountId, now: int) -> list[Session]:
        """The latest first."""
        mine = select(SESSIONS).where(SESSIONS.c.account == account, SESSIONS.c.expires_at > now)
        with self.store.reading() as connection:
            rows = connection.execute(mine.order_by(SESSIONS.c.created_at.desc(), SESSIONS.c.id))
            return [Session(row.id, AccountId(row.account), row.created_at, row.expires_at) for row in rows]

    def end_session(self, account: AccountId, session: str) -> None:
        """Raises NotFound."""
        ended = delete(SESSIONS).where(SESSIONS.c.account == account, SESSIONS.c.id == session)
        with self.store.writing() as connection:
            if not connection.execute(ended).rowcount:
                raise NotFound("session", "session")

    def end_sessions(self, account: AccountId) -> None:
        with self.store.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account))

    def erase(self, account: AccountId, now: int) -> None:
        """The account with all that hangs on it. Raises NotFound."""
        with self.store.writing() as connection:
            if not erase_account(connection, account, now, self.watcher):
                raise NotFound("account", "account")

    def _unused_code(self, connection: Connection) -> str:
        """Digits that nobody else waits with: a code alone tells whose it is."""
        while True:
            code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
            there = select(SIGN_INS.c.token_hash).where(SIGN_INS.c.token_hash == self._marked(code))
            if connection.execute(there).first() is None:
                return code

    def _email_mark(self, email: str) -> str:
        """Of what is no address: that of nobody's."""
        with suppress(InvalidQuery):
            email = normal_email(email)
        return self.sealing.mark("email", email)

    def _marked(self, code: str) -> str:
        return self.sealing.mark("code", _digits(code))

    def _known(self, connection: Connection, sign_in: RowMapping) -> AccountId | None:
        known = select(ACCOUNTS.c.id).where(ACCOUNTS.c.email_hash == sign_in["email_hash"])
        found = connection.scalar(known)
        return AccountId(found) if found else None

    def _new(self, connection: Connection, sign_in: RowMapping, newcomer: Newcomer, now: int) -> AccountId:
        """Raises AccountIncomplete, InvalidQuery."""
        if missing := [name for name in ("alias", "adult") if not getattr(newcomer, name)]:
            raise AccountIncomplete(missing)
        account = AccountId(secrets.token_hex(8))
        known = {name: sign_in[name] for name in ("email_hash", "email_sealed", "language")}
        new = {"id": account, "alias": normal_name(newcomer.alias or ""), "adult_declared_at": now, "seen_at": now}
        connection.execute(ACCOUNTS.insert().values(known | new))
        return account


def erase_account(connection: Connection, account: AccountId, now: int, watcher: Watcher = nobody) -> bool:
    """False where there was none."""
    theirs = or_(OFFERS.c.driver == account, OFFERS.c.id.in_(offers_ridden(connection, account)))
    rows = connection.execute(select(OFFERS).where(theirs).order_by(OFFERS.c.id).with_for_update()).mappings()
    offers = [offer_of(row) for row in rows if row["driver"] == account]
    erase_offers(connection, offers, now, watcher)
    leave(connection, account, now)
    mark = select(ACCOUNTS.c.email_hash).where(ACCOUNTS.c.id == account).scalar_subquery()
    connection.execute(delete(SIGN_INS).where(SIGN_INS.c.email_hash == mark))
    return bool(connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account)).rowcount)


def is_code(text: str) -> bool:
    return bool(re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", _digits(text)))


def _digits(code: str) -> str:
    """However it was typed: `123 456`."""
    return re.sub(r"[\s-]", "", code)


def normal_email(text: str) -> str:
    """As mail servers take it, whatever letters its domain has (IDNA 2008, UTS 46). Raises InvalidQuery."""
    local, _, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True, std3_rules=True).decode()
    except idna.IDNAError:
        raise InvalidQuery("email", ValueFault.NO_EMAIL_DOMAIN) from None
    address = f"{local}@{ascii_domain}".lower()
    if not re.fullmatch(EMAIL, address):
        raise InvalidQuery("email", ValueFault.NO_EMAIL)
    return address


def normal_phone(text: str) -> str:
    """Digits, with a plus where there was one. Raises InvalidQuery."""
    number = re.sub(r"[ .()/-]", "", text)
    if number and not PHONE.fullmatch(number):
        raise InvalidQuery("phone", ValueFault.NO_PHONE)
    return number


def _new_session(connection: Connection, account: AccountId, now: int) -> Session:
    session = Session(secrets.token_hex(8), account, now, now + SESSION_S, new_token())
    known = {"id": session.id, "account": account, "created_at": now, "expires_at": session.expires_at}
    connection.execute(SESSIONS.insert().values(token_hash=hashed(session.token), **known))
    return session


def _seen(connection: Connection, account: AccountId, now: int) -> None:
    """Somebody who comes back is no longer inactive, so that notices of it begin anew."""
    known = {"seen_at": now, "notices": 0, "noticed_at": None}
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(known))
