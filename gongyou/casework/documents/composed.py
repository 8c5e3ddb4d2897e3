"""A document as it will stand: blocks, the same for the page that shows it and for the file.

`marks` are for the eyes of whoever fills the document in: shown beside a block, never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """level 0: the title; 1: a part's. `new_page`: begins a page."""

    text: str
    level: int = 1
    new_page: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`indent`: its first line stands two characters in. `keep`: on one page with the next."""

    text: str
    indent: bool = True
    keep: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """Items counted 1., 2., …"""

    items: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A row shorter than `widths` ends in a cell that reaches to the right edge.

    `header`: empty for a grid, whose first, third, … cells are labels. `widths`: shares.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    marks: tuple[str, ...] = ()

    @property
    def is_grid(self) -> bool:
        return not self.header


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines to sign, in one column at the right or in several side by side."""

    columns: tuple[tuple[str, ...], ...]
    marks: tuple[str, ...] = ()


type Block = Heading | Paragraph | Numbered | Table | Signature


@dataclass(frozen=True, slots=True)
class Composed:
    """`marks`: by field, what the person filling it in should see."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    marks: Mapping[str, tuple[str, ...]]
