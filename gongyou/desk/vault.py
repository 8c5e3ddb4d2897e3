"""The keys of one desk: they encrypt text, blind receipt codes and seal the audit trail."""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import Session

from gongyou.desk.errors import KeyMissing

_ATTRIBUTE = "gongyou_vault"


class Vault:
    """One or more keys (urlsafe base64 of 32 bytes): the first encrypts, all of them decrypt.

    Every other use has a subkey of its own (HKDF), so no value made for one serves another.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._keys = tuple(keys)
        self._fernet = MultiFernet(fernets)
        self._subkeys: dict[str, tuple[bytes, ...]] = {}

    def encrypt(self, text: str) -> str:
        return self.encrypt_bytes(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text again. Raises KeyMissing when no key fits."""
        return self.decrypt_bytes(token.encode("ascii")).decode()

    def encrypt_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def decrypt_bytes(self, token: bytes) -> bytes:
        """The bytes again. Raises KeyMissing when no key fits."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken:
            raise KeyMissing from None

    def macs(self, purpose: str, data: str) -> list[bytes]:
        """HMAC-SHA256 of `data` for this purpose under each key, the current key first."""
        if purpose not in self._subkeys:
            self._subkeys[purpose] = tuple(_subkey(key, purpose) for key in self._keys)
        return [hmac.digest(key, data.encode(), "sha256") for key in self._subkeys[purpose]]


def _subkey(key: str, purpose: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"gongyou {purpose}".encode())
    return derive.derive(key.encode())


def hash_token(token: str) -> str:
    """SHA-256 of a random 256-bit token: what is stored in its place."""
    return hashlib.sha256(token.encode()).hexdigest()


def attach_vault(engine: Engine, vault: Vault) -> None:
    """Give an engine its vault. Column types see the dialect, which every engine has to itself."""
    setattr(engine.dialect, _ATTRIBUTE, vault)


def vault_for(dialect: Dialect) -> Vault:
    vault = getattr(dialect, _ATTRIBUTE, None)
    if not isinstance(vault, Vault):
        raise RuntimeError("This engine has no vault: make it with desk.engine.make_engine.")
    return vault


def vault_of(session: Session) -> Vault:
    return vault_for(session.get_bind().dialect)
