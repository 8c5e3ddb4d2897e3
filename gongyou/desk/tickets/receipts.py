"""Receipt codes: 16 digits that open a conversation on any device.

A code is derived from the ticket's idempotency key, so a repeat gives the same code without
its being stored; the table holds only an HMAC of the digits.
"""

import hmac
import unicodedata

from gongyou.desk.vault import Vault

LENGTH = 16


def receipts_for(vault: Vault, idempotency_key: str) -> list[str]:
    """The code under each key, the current key first."""
    macs = vault.macs("receipt", idempotency_key)
    return [str(int.from_bytes(mac) % 10**LENGTH).zfill(LENGTH) for mac in macs]


def receipt_hashes(vault: Vault, digits: str) -> list[str]:
    """What the table may hold for this code: one for each key, the current key first."""
    return [mac.hex() for mac in vault.macs("receipt hash", digits)]


def find_receipt(vault: Vault, idempotency_key: str, receipt_hash: str) -> str | None:
    """The code of a stored ticket; None when its key has left GONGYOU_KEY."""
    for digits in receipts_for(vault, idempotency_key):
        hashes = receipt_hashes(vault, digits)
        if any(hmac.compare_digest(receipt_hash, candidate) for candidate in hashes):
            return digits
    return None


def clean_receipt(typed: str) -> str | None:
    """The 16 digits out of what somebody typed (spaces, dashes, full-width digits), else None."""
    folded = unicodedata.normalize("NFKC", typed)
    digits = "".join(c for c in folded if not c.isspace() and c not in "-–—")
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdigit() else None


def group_digits(digits: str) -> str:
    """1234567890123456 → 1234 5678 9012 3456, as it is shown."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
