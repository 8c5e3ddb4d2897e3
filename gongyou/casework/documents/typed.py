"""What people type, made safe and read; and how it is written in a document."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from gongyou.casework.documents.capitals import capital_yuan
from gongyou.casework.documents.form import Field
from gongyou.casework.documents.words import say
from gongyou.rulebook.model.text import day_text, yuan
from gongyou.rulebook.model.values import parse_day

MOST = Decimal("100000000")
BAR = "｜"
_MONEY = re.compile(r"\d{1,9}(\.\d{1,2})?")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Text without what XML forbids or what turns the writing round; lines end in \\n."""
    text = _TURNS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = (one for one in text if one == "\n" or _writable(one))
    return "\n".join(line.strip() for line in "".join(kept).split("\n")).strip()


def _writable(one: str) -> bool:
    """Not a control, half a pair, a line separator or one of the last two of each plane."""
    return unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp") and ord(one) & 0xFFFE != 0xFFFE


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def lines(text: str) -> tuple[str, ...]:
    """The lines that hold something."""
    return tuple(line for line in clean(text).split("\n") if line)


def money(text: str) -> Decimal | None:
    """Yuan of 6720, 6,720.50 or 6720元; None when it is no amount up to MOST."""
    text = re.sub(r"[,\s¥]|元$", "", unicodedata.normalize("NFKC", text).strip())
    amount = Decimal(text) if _MONEY.fullmatch(text) else None
    return amount if amount is not None and amount <= MOST else None


def day(text: str) -> date | None:
    """The day of 2026-11-21 or 2026年11月21日; None for anything else."""
    try:
        found = parse_day(unicodedata.normalize("NFKC", text).strip())
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2100 else None


def rows(field: Field, text: str) -> tuple[tuple[str, ...], ...]:
    """A table's cells as typed, each row as long as the table is wide."""
    width = len(field.columns)
    made = []
    for line in lines(text):
        cells = [cell.strip() for cell in line.replace("|", BAR).split(BAR, width - 1)]
        made.append((*cells, *[""] * (width - len(cells))))
    return tuple(made)


def cell(text: str) -> str:
    """A text that fits into one cell."""
    return one_line(text).replace("|", "/").replace(BAR, "/")


def written(kind: str, text: str) -> str:
    """A value as the document writes it: 6,720 元; 2026年11月21日; a text as it is."""
    text = one_line(text)
    if kind == "date":
        found = day(text)
        return day_text(found) if found else text
    if kind == "money":
        amount = money(text)
        return say("money", amount=yuan(amount)) if amount is not None else text
    return text


def written_in_capitals(text: str) -> str:
    """人民币陆仟柒佰贰拾元整; nothing for what is no amount."""
    amount = money(text)
    return say("capital", amount=capital_yuan(amount)) if amount is not None else ""
