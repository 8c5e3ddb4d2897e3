"""Employers' names, blinded: equal names can be compared in SQL without being readable."""

from collections.abc import Iterable

from gongyou.desk.people.employer_names import names_of
from gongyou.desk.vault import Vault


def employer_key(vault: Vault, name: str) -> str | None:
    """The key of a name, with the other names it tells, under the current key; None for none.

    Names of one key are the same to `same_enterprise`.
    """
    return next(iter(employer_keys(vault, [name])), None)


def employer_keys(vault: Vault, names: Iterable[str]) -> list[str]:
    """The keys of all these names under every key of the desk, each name's current one first."""
    told = filter(None, map(names_of, names))
    return [mac.hex() for cores in told for mac in vault.macs("employer", "\n".join(cores))]
