"""An alias and a verified address are enough; nothing that is stored tells the address, the number or a token."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from mobility.carpool.accounts import Accounts, Newcomer, normal_email
from mobility.carpool.limits import Limit, Limits, neighbourhood
from mobility.carpool.offer import AccountId
from mobility.carpool.sealing import Sealing, read_secret
from mobility.carpool.tables import ACCOUNTS, BUCKETS
from mobility.errors import AccountIncomplete, InvalidConfig, InvalidQuery, LinkNotValid, NotFound, NotSignedIn, TooMany
from mobility.privacy.periods import SESSION_S, SIGN_IN_S
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.town import moment

NOW = moment("2026-06-02 12:00")
ANNA = "Anna.Le-Goff@example.bzh"
SEALING = Sealing("a secret of at least thirty-two characters")
NEW = Newcomer("Anna", adult=True)


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store, SEALING)


def everything(store: Store) -> str:
    with store.reading() as connection:
        return str([list(connection.execute(select(table))) for table in METADATA.sorted_tables])


def signed_in(accounts: Accounts, email: str = ANNA, newcomer: Newcomer = NEW) -> str:
    return accounts.sign_in(accounts.code(email, "fr", NOW), newcomer, NOW).token


def test_a_code_makes_an_account_and_a_session(accounts: Accounts) -> None:
    account, _ = accounts.account(signed_in(accounts), NOW)
    assert (account.alias, account.email, account.phone, account.language) == ("Anna", ANNA.lower(), "", "fr")


def test_who_comes_back_finds_the_same_account(accounts: Accounts) -> None:
    first, _ = accounts.account(signed_in(accounts), NOW)
    again, _ = accounts.account(signed_in(accounts, ANNA.upper(), Newcomer()), NOW)
    assert first == again


def test_an_address_with_a_domain_of_any_letters_is_one_however_it_is_written(accounts: Accounts) -> None:
    first, _ = accounts.account(signed_in(accounts, "anna@écluse-du-Ter.example"), NOW)
    again, _ = accounts.account(signed_in(accounts, "Anna@xn--cluse-du-ter-9db.example", Newcomer()), NOW)
    assert first == again
    assert first.email == "anna@xn--cluse-du-ter-9db.example"
    assert accounts.find_by_email("anna@ÉCLUSE-du-ter.example") == first.id


@pytest.mark.parametrize("email", ["anna@exam\u200dple.org", "anna@-é.example", "änna@example.org", "anna@é", "anna"])
def test_a_domain_that_there_cannot_be_is_no_address(accounts: Accounts, email: str) -> None:
    with pytest.raises(InvalidQuery, match="email"):
        accounts.code(email, "fr", NOW)


def test_who_imitates_another_name_becomes_nobody_and_keeps_the_code(accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    with pytest.raises(InvalidQuery, match="alias"):
        accounts.sign_in(code, Newcomer("Аnna", True), NOW)
    account = accounts.sign_in(code, NEW, NOW).account
    with pytest.raises(InvalidQuery, match="alias"):
        accounts.change(account, "An\u200bna", None, None)


def test_a_code_is_six_digits_however_it_is_typed(accounts: Accounts) -> None:
    codes = {accounts.code(f"anna{number}@example.org", "fr", NOW) for number in range(50)}
    assert len(codes) == 50, "nobody waits with the code of somebody else"
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    code = accounts.code(ANNA, "fr", NOW)
    assert accounts.sign_in(f" {code[:3]} {code[3:]} ", NEW, NOW)


def test_a_code_fits_no_other_address(accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    with pytest.raises(LinkNotValid):
        accounts.sign_in(code, NEW, NOW, "brian@example.org")
    assert accounts.sign_in(code, NEW, NOW, ANNA.upper())


def test_a_new_code_ends_the_one_before_it_and_one_that_is_forgotten_is_gone(accounts: Accounts) -> None:
    first, second = accounts.code(ANNA, "fr", NOW), accounts.code(ANNA, "fr", NOW)
    with pytest.raises(LinkNotValid):
        accounts.sign_in(first, NEW, NOW)
    accounts.forget_code(ANNA)
    with pytest.raises(LinkNotValid):
        accounts.sign_in(second, NEW, NOW)


def test_a_code_cannot_be_counted_out_from_the_database(store: Store, accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    kept = everything(store)
    assert code not in kept.replace(str(NOW + SIGN_IN_S), "")
    assert sha256(code.encode()).hexdigest() not in kept


def test_a_code_is_good_once(accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    accounts.sign_in(code, NEW, NOW)
    with pytest.raises(LinkNotValid):
        accounts.sign_in(code, NEW, NOW)


def test_of_two_who_use_one_code_at_once_one_signs_in(accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)

    def use(_: int) -> bool:
        try:
            return bool(accounts.sign_in(code, NEW, NOW))
        except LinkNotValid:
            return False

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(use, range(4))).count(True) == 1


def test_a_code_is_good_for_a_quarter_of_an_hour(accounts: Accounts) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    with pytest.raises(LinkNotValid):
        accounts.sign_in(code, NEW, NOW + SIGN_IN_S)
    assert accounts.sign_in(code, NEW, NOW + SIGN_IN_S - 1)


@pytest.mark.parametrize(
    ("said", "missing"),
    [(Newcomer(), ["alias", "adult"]), (Newcomer("Anna"), ["adult"]), (Newcomer("", True), ["alias"])],
)
def test_a_newcomer_says_alias_and_adult_and_may_try_again(
    accounts: Accounts, said: Newcomer, missing: list[str]
) -> None:
    code = accounts.code(ANNA, "fr", NOW)
    with pytest.raises(AccountIncomplete) as refusal:
        accounts.sign_in(code, said, NOW)
    assert refusal.value.missing == missing
    assert accounts.sign_in(code, NEW, NOW)


def test_a_session_is_ended_by_its_owner_alone(accounts: Accounts) -> None:
    token, other = signed_in(accounts), signed_in(accounts, "brian@example.org", Newcomer("Brian", True))
    account, session = accounts.account(token, NOW)
    stranger, _ = accounts.account(other, NOW)
    with pytest.raises(NotFound):
        accounts.end_session(stranger.id, session)
    accounts.end_session(account.id, session)
    with pytest.raises(NotSignedIn):
        accounts.account(token, NOW)
    assert accounts.account(other, NOW)


def test_all_sessions_end_at_once(accounts: Accounts) -> None:
    tokens = [signed_in(accounts), signed_in(accounts)]
    account, _ = accounts.account(tokens[0], NOW)
    assert len(accounts.sessions(account.id, NOW)) == 2
    accounts.end_sessions(account.id)
    assert accounts.sessions(account.id, NOW) == []


def test_a_session_ends_by_itself(accounts: Accounts) -> None:
    token = signed_in(accounts)
    assert accounts.account(token, NOW + SESSION_S - 1)
    with pytest.raises(NotSignedIn):
        accounts.account(token, NOW + SESSION_S)


def test_who_comes_back_is_seen(accounts: Accounts, store: Store) -> None:
    token = signed_in(accounts)
    accounts.account(token, NOW + 2 * 86_400)
    with store.reading() as connection:
        assert connection.scalar(select(ACCOUNTS.c.seen_at)) == NOW + 2 * 86_400


def test_no_table_holds_address_number_code_or_token(accounts: Accounts, store: Store) -> None:
    token, code = signed_in(accounts), accounts.code("brian@example.org", "fr", NOW)
    account, _ = accounts.account(token, NOW)
    accounts.change(account.id, None, "06 12 34 56 78", None)
    kept = everything(store).lower()
    for secret in ("le-goff", "example", "0612345678", token.lower(), code.lower()):
        assert secret not in kept
    assert accounts.by_id(account.id).phone == "0612345678"


def test_a_number_is_forgotten_when_it_is_emptied(accounts: Accounts) -> None:
    account, _ = accounts.account(signed_in(accounts), NOW)
    accounts.change(account.id, "Ann", "+33612345678", "br")
    changed = accounts.change(account.id, None, "", None)
    assert (changed.alias, changed.phone, changed.language) == ("Ann", "", "br")


def test_an_erased_account_takes_its_sessions_along(accounts: Accounts, store: Store) -> None:
    token = signed_in(accounts)
    account, _ = accounts.account(token, NOW)
    accounts.erase(account.id, NOW)
    with pytest.raises(NotSignedIn):
        accounts.account(token, NOW)
    assert account.id not in everything(store)


def test_the_accounts_know_neither_gender_nor_birth_date() -> None:
    assert set(ACCOUNTS.c.keys()) == {
        *("id", "alias", "email_hash", "email_sealed", "phone_sealed", "language"),
        *("adult_declared_at", "seen_at", "notices", "noticed_at"),
    }


@pytest.mark.parametrize("address", ["", "anna", "anna@", "@example.org", "a b@example.org", "a@b.org\nBcc: c@d.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidQuery, match="email"):
        normal_email(address)


def test_a_bucket_empties_and_fills_again(store: Store) -> None:
    limits, limit = Limits(store, SEALING), Limit("codes", 2, 60)
    limits.take(limit, "192.0.2.7", NOW)
    limits.take(limit, "192.0.2.7", NOW)
    with pytest.raises(TooMany) as refusal:
        limits.take(limit, "192.0.2.7", NOW)
    assert refusal.value.retry_after_s == 30
    limits.take(limit, "192.0.2.8", NOW)
    limits.take(limit, "192.0.2.7", NOW + 30)


def test_a_bucket_lets_no_more_through_when_many_ask_at_once(store: Store) -> None:
    limits, limit = Limits(store, SEALING), Limit("codes", 3, 3600)

    def passes(_: int) -> bool:
        try:
            limits.take(limit, "192.0.2.7", NOW)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(4) as hands:
        assert list(hands.map(passes, range(12))).count(True) == 3


def test_a_bucket_tells_no_address_and_another_name_each_day(store: Store) -> None:
    for day in (0, 1):
        Limits(store, SEALING).take(Limit("codes", 2, 60), "192.0.2.7", NOW + day * 86_400)
    assert "192.0.2.7" not in everything(store)
    with store.reading() as connection:
        assert len(connection.execute(select(BUCKETS)).all()) == 2


def test_an_ipv6_neighbourhood_counts_as_one() -> None:
    assert neighbourhood("2001:db8:1:2::1") == neighbourhood("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert neighbourhood("192.0.2.7") == "192.0.2.7"


def test_processes_that_start_together_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        secrets = set(starting.map(lambda _: read_secret(None, tmp_path), range(8)))
    assert len(secrets) == 1
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [("secret.key", 0o600)]


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="HENT_SECRET_KEY"):
        read_secret("short", tmp_path)


def test_what_one_secret_sealed_another_does_not_open() -> None:
    other = Sealing("another secret of thirty-two characters")
    assert SEALING.open(SEALING.seal("anna")) == "anna"
    assert other.mark("email", "anna") != SEALING.mark("email", "anna")
    with pytest.raises(InvalidToken):
        other.open(SEALING.seal("anna"))


def test_the_database_itself_refuses_a_session_of_nobody(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writing() as connection:
        row = "INSERT INTO sessions (id, token_hash, account, created_at, expires_at) VALUES ('s', 't', 'nobody', 0, 0)"
        connection.execute(text(row))
    assert Accounts(store, SEALING).sessions(AccountId("nobody"), NOW) == []
