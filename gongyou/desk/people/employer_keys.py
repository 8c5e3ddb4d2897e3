"""Employers' names, blinded: equal names can be compared in SQL without being readable."""

from gongyou.desk.people.employer_names import normalise
from gongyou.desk.vault import Vault


def employer_key(vault: Vault, name: str) -> str | None:
    """The key of a name under the current key; None for a blank one."""
    core = normalise(name)
    return vault.macs("employer", core)[0].hex() if core else None


def employer_keys(vault: Vault, names: list[str]) -> list[str]:
    """The keys of some names under every key of GONGYOU_KEY, for comparing with stored ones."""
    cores = [core for name in names if (core := normalise(name))]
    return [mac.hex() for core in cores for mac in vault.macs("employer", core)]
