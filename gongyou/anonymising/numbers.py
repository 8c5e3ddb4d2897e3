"""Telephone numbers, identity cards and bank cards, however they are written."""

import re
from collections.abc import Iterator
from datetime import date

from gongyou.anonymising.folding import spell_digits
from gongyou.anonymising.spans import Kind, Span

GAP = r"[-\s.—–_·]{0,3}"
# What is counted in these is no number of anybody's.
NOT_COUNTED = r"(?!\s*(?:多?(?:元|块|万|千|百|毛)|[%％]|\d))"

MOBILE = re.compile(
    rf"(?<![\d.])(?:(?:\+|00)?86{GAP})?1{GAP}[3-9](?:{GAP}[\d*xX]){{9}}(?![\d*]){NOT_COUNTED}"
)
LANDLINE = re.compile(
    rf"(?<!\d)\(?(?:\+?86{GAP})?0\d{{2,3}}\)?{GAP}\d{{3,4}}{GAP}\d{{4}}(?!\d)"
    r"(?:\s*(?:转|分机)\s*\d{1,6})?"
)
FREE_CALL = re.compile(rf"(?<!\d)[48]00{GAP}\d{{3,4}}{GAP}\d{{3,4}}(?!\d){NOT_COUNTED}")
SAID_TO_RING = re.compile(
    r"(?:电话|座机|手机|号码|联系方式|小灵通|热线|传真|拨打|致电|[Tt][Ee][Ll])\D{0,4}"
    rf"(\d(?:{GAP}\d){{6,12}})(?!\d){NOT_COUNTED}"
)

IDENTITY = re.compile(rf"(?<!\d)\d(?:{GAP}\d){{16}}{GAP}[\dXx](?![\dA-Za-z])")
OLD_IDENTITY = re.compile(r"(?<!\d)\d{15}(?!\d)")
HIDDEN_IDENTITY = re.compile(r"(?<!\d)\d{3,10}[*xX]{5,12}\d{0,4}[\dXx](?!\d)")
SAID_TO_IDENTIFY = re.compile(r"(?:身份证|证件)\D{0,8}(\d(?:[\s*-]{0,2}[\dXx*]){5,20})")
CARD = re.compile(rf"(?<!\d)\d(?:{GAP}\d){{14,20}}(?!\d){NOT_COUNTED}")
# Whatever else is as long: a number of an account, an order, a case.
LONG = re.compile(r"(?<![\d.])\d{7,}(?![\d.]*\d)" + NOT_COUNTED)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def find_numbers(folded: str) -> Iterator[Span]:
    """All numbers that lead to somebody, overlapping ones as they come."""
    digits = spell_digits(folded)
    for pattern in (MOBILE, LANDLINE, FREE_CALL, SAID_TO_RING):
        yield from _spans(pattern, digits, "phone")
    for pattern in (HIDDEN_IDENTITY, SAID_TO_IDENTIFY):
        yield from _spans(pattern, digits, "id_number")
    for found in IDENTITY.finditer(digits):
        yield Span(*found.span(), "id_number" if is_identity(_bare(found[0])) else "bank_card")
    for found in OLD_IDENTITY.finditer(digits):
        old = _is_day("19" + found[0][6:12])
        yield Span(*found.span(), "id_number" if old else "bank_card")
    for found in CARD.finditer(digits):
        if found[0].isdigit() or _is_card(_bare(found[0])):
            yield Span(*found.span(), "bank_card")
    for found in LONG.finditer(folded):
        if not (len(found[0]) == 8 and _is_day(found[0])):
            yield Span(*found.span(), "account")


def is_identity(number: str) -> bool:
    """Whether 18 characters are a citizen's number, or one with a slip: a right check character,
    or a day of birth where it belongs."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECKS[total % 11] == number[17].upper() or _is_day(number[6:14])


def _is_card(number: str) -> bool:
    """UnionPay's beginning, or a right check digit (Luhn)."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(number))]
    return number.startswith("62") or sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(digits).year <= 2099
    except ValueError:
        return False


def _bare(number: str) -> str:
    return re.sub(r"[^\dXx]", "", number)


def _spans(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Span]:
    for found in pattern.finditer(text):
        yield Span(*found.span(pattern.groups), kind)
