"""What is refused to somebody who looks after accounts, in words from refusals.yaml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from gongyou.desk.errors import DeskError

FILE = Path(__file__).with_name("refusals.yaml")


class PersonRefused(DeskError):
    """A step with an account that is not done; `name` is its key in refusals.yaml."""

    def __init__(self, name: str, **values: object) -> None:
        self.name = name
        super().__init__(_read()[name].format(**values))


@cache
def _read() -> Mapping[str, str]:
    texts: Mapping[str, str] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return texts
