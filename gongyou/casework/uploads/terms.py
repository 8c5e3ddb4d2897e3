"""What goes in and comes out of the cleaning: limits, the cleaned file, the refusal."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

REFUSALS = Path(__file__).with_name("refusals.yaml")
MEBIBYTE = 1024 * 1024

type Media = Literal["image/jpeg", "image/png", "application/pdf"]
type Reason = Literal[
    "empty",
    "too_large",
    "unknown_type",
    "heic",
    "zip",
    "program",
    "too_many_pixels",
    "broken_image",
    "broken_pdf",
    "locked_pdf",
    "too_many_pages",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload may be and cost.

    bytes: of the file sent, and of the file kept. pixels: width × height as the header declares
    them (a phone's "50 megapixels" are 8192 × 6144). long_side: px an image is scaled down to;
    strip_width: px that the short side of a long screenshot keeps; strip_length: px of its other.
    pages: of a PDF. seconds: of processor time; memory: bytes of address space of the cell.
    """

    bytes: int = 10 * MEBIBYTE
    pixels: int = 52_000_000
    long_side: int = 2_400
    strip_width: int = 1_080
    strip_length: int = 16_000
    pages: int = 30
    seconds: int = 10
    memory: int = 1024 * MEBIBYTE


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file made anew. width, height in px for images; pages for PDFs; None for the other."""

    media: Media
    content: bytes
    width: int | None = None
    height: int | None = None
    pages: int | None = None


class Unacceptable(ValueError):
    """A file that is refused; `reason` is a key of refusals.yaml."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read_refusal(reason: str) -> str:
    """What the worker reads: what is wrong and what to do. KeyError for a reason not listed."""
    sentence = _refusals()[reason]
    return sentence.format(megabytes=LIMITS.bytes // MEBIBYTE, pages=LIMITS.pages)


@cache
def _refusals() -> dict[str, str]:
    listed: dict[str, str] = yaml.safe_load(REFUSALS.read_text(encoding="utf-8"))
    return listed
