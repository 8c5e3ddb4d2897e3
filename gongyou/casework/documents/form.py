"""What a document is made of: its fields and its layout, as read from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

type Kind = Literal["text", "date", "money", "lines", "table"]
type ClaimKind = Literal["wages", "compensation", "damages"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table field. `width`: its share of the page's width."""

    label: str
    kind: Literal["text", "date", "money"] = "text"
    width: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in, and how the text typed for it is read.

    date: 2026-11-21. money: yuan, 6720 or 6,720.50. lines: one paragraph a line. table: one row a
    line, cells parted by ｜. `prefill`: where the case's value comes from (prefill.py).
    `adds_up_to`: the money field a table's money should equal. `blank_rows`: empty rows of a table
    for filling in by hand; `blank`: what stands for no text.
    """

    name: str
    label: str
    kind: Kind
    hint: str = ""
    required: bool = False
    prefill: str = ""
    columns: tuple[Column, ...] = ()
    adds_up_to: str = ""
    blank_rows: int = 0
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the layout. `texts` and `rows` hold {field} places.

    kind: heading, paragraph, flush (a paragraph not indented), numbered, lines, table, grid, sign.
    `field`: what lines and table show. `given`: fields that must be filled in for it to stand.
    `empty`: said instead of a table without rows. `keep`: on one page with what follows.
    """

    kind: str
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    field: str = ""
    given: tuple[str, ...] = ()
    new_page: bool = False
    empty: str = ""
    items: tuple[Part, ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Also:
    """Another topic to ask for a figure; `unasked`: facts that may stay unknown there."""

    topic: str
    unasked: tuple[str, ...]


@dataclass(frozen=True)
class DocumentForm:
    """A document to fill in. `use`: when to use it; `advice`: what to mind, shown, not printed.

    `me`, `employer`: what the two sides are called in it. `kinds`: which claims belong in it.
    `cites`: rules cited always, or beside a claim of a kind.
    """

    name: str
    title: str
    use: str
    advice: tuple[str, ...]
    me: str
    employer: str
    kinds: tuple[ClaimKind, ...]
    also: tuple[Also, ...]
    cites: Mapping[str, tuple[str, ...]]
    fields: tuple[Field, ...]
    body: tuple[Part, ...] = field(repr=False)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {one.name: one for one in self.fields}
