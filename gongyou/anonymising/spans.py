"""Places in a text, and how overlapping ones become one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

type Kind = Literal[
    "email", "id_number", "bank_card", "phone", "account", "company", "address", "name"
]

# In this order: of two that overlap, the first names what both are.
KINDS: tuple[Kind, ...] = get_args(Kind.__value__)


@dataclass(frozen=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` are personal data of this kind."""

    start: int
    end: int
    kind: Kind


def merge(spans: Iterable[Span]) -> list[Span]:
    """In the order of the text; overlapping ones are joined under the kind that goes first."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, span.kind, key=KINDS.index)
            span = Span(last.start, max(last.end, span.end), kind)
        merged.append(span)
    return merged
