"""The numbers of hotlines.yaml beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

HOTLINES = Path(__file__).with_name("hotlines.yaml")


def hotlines_card(occasion: str, text: str) -> dict[str, Any]:
    """A card of kind "hotlines" that opens with `text`; KeyError for an occasion not listed."""
    return {"kind": "hotlines", "text": text, "lines": read_hotlines(occasion)}


@cache
def read_hotlines(occasion: str) -> list[dict[str, str]]:
    """Name and number of each line for "rights" or "crisis"."""
    listed: dict[str, list[dict[str, str]]] = yaml.safe_load(HOTLINES.read_text(encoding="utf-8"))
    return listed[occasion]
