"""Which park an employer is in, from parks.yaml beside this, kept by the union."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from gongyou.desk.people.employer_keys import employer_keys
from gongyou.desk.vault import Vault

PARKS: Final = Path(__file__).with_name("parks.yaml")


def park_by_key(vault: Vault) -> Mapping[str, str]:
    """The park of each employer's blinded name, under every key of the desk."""
    return {
        key: park["name"]
        for park in read_parks()
        for key in employer_keys(vault, park["employers"])
    }


@cache
def read_parks() -> list[dict[str, Any]]:
    parks: list[dict[str, Any]] = yaml.safe_load(PARKS.read_text(encoding="utf-8"))["parks"]
    return parks
