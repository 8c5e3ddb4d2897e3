"""Employers' names, blinded: equal names can be compared in SQL without being readable."""

from gongyou.desk.people.employer_names import names_of
from gongyou.desk.vault import Vault


def employer_key(vault: Vault, name: str) -> str | None:
    """The key of a name, with the other names it tells, under the current key; None for none.

    Names of one key are the same to `same_enterprise`.
    """
    cores = names_of(name)
    return vault.macs("employer", "\n".join(cores))[0].hex() if cores else None
