"""What personal data look like at rest: sealed where they must be given back, a keyed hash where they must only be
recognised. Both come from one secret, which stands beside the database and never in it.
"""

from __future__ import annotations

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mobility.errors import InvalidConfig

FILE = "secret.key"
LEAST_LENGTH = 32
BLOCK = 16


class Sealing:
    """secret: at least 32 characters that nobody can guess."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(urlsafe_b64encode(_derived(secret, b"hent seal")))
        self._mark_key = _derived(secret, b"hent mark")

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """Raises cryptography.fernet.InvalidToken where another secret sealed it."""
        return self._fernet.decrypt(sealed.encode()).decode()

    def mark(self, kind: str, text: str) -> str:
        """The keyed hash of a text, 64 characters; other kinds have other hashes of it."""
        key = hmac.digest(self._mark_key, kind.encode(), "sha256")
        return hmac.new(key, text.encode(), "sha256").hexdigest()

    def disguise(self, kind: str, name: str) -> str:
        """32 characters from which nobody else learns the name, of 16 characters at most; other kinds have other ones.
        One block alone, so that the mode adds nothing."""
        block = self._block(kind).encryptor()
        return (block.update(name.encode("ascii").ljust(BLOCK, b"\0")) + block.finalize()).hex()

    def undisguise(self, kind: str, text: str) -> str:
        """Raises ValueError where the text is no disguise of this kind."""
        if len(text) != 2 * BLOCK:
            raise ValueError("of another length")
        block = self._block(kind).decryptor()
        name = (block.update(bytes.fromhex(text)) + block.finalize()).rstrip(b"\0").decode("ascii")
        if not name.isprintable():
            raise ValueError("of another kind")
        return name

    def _block(self, kind: str) -> Cipher[ECB]:
        return Cipher(AES(hmac.digest(self._mark_key, kind.encode(), "sha256")), ECB())  # noqa: S305


def new_token() -> str:
    """256 random bits, to be pasted; a command line would take a hyphen in front for an option."""
    while (token := secrets.token_urlsafe(32)).startswith("-"):
        pass
    return token


def hashed(token: str) -> str:
    """How a token is stored: it is random, so that no key and no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def read_secret(given: str | None, folder: Path) -> str:
    """The one given, else that of a file in the folder, made where there is none. Raises InvalidConfig."""
    secret = given or _in_file(folder / FILE)
    if len(secret) < LEAST_LENGTH:
        raise InvalidConfig("HENT_SECRET_KEY", f"has fewer than {LEAST_LENGTH} characters")
    return secret


def _in_file(file: Path) -> str:
    """Processes that start together agree on one: the first to link its own wins."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, own = mkstemp(prefix=FILE, dir=file.parent)
        with os.fdopen(handle, "w") as written:
            written.write(new_token())
        try:
            os.link(own, file)
        except FileExistsError:
            pass
        finally:
            Path(own).unlink()
    return file.read_text("ascii").strip()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret.encode())
