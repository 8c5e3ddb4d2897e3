"""Amounts of money in the capital numerals of receipts and contracts: 陆仟柒佰贰拾元整."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿")
_FEN = Decimal("0.01")
LARGEST = Decimal("999999999999.99")


def capital_yuan(amount: Decimal) -> str:
    """Yuan in capital numerals, to the fen; 整 closes an amount without jiao and fen.

    Raises ValueError for an amount below zero or above LARGEST.
    """
    if not (amount.is_finite() and 0 <= amount <= LARGEST):
        raise ValueError("amount out of range")
    yuan, fen = divmod(int(amount.quantize(_FEN, ROUND_HALF_UP) * 100), 100)
    whole = _whole(yuan)
    if not fen:
        return f"{whole or _DIGITS[0]}元整"
    return f"{whole}元{_small(fen, bool(whole))}" if whole else _small(fen, False)


def _small(fen: int, after_yuan: bool) -> str:
    """1-99 fen: 叁角贰分, 伍角; 零 stands for missing jiao behind yuan."""
    jiao, rest = divmod(fen, 10)
    head = f"{_DIGITS[jiao]}角" if jiao else (_DIGITS[0] if after_yuan else "")
    return head + (f"{_DIGITS[rest]}分" if rest else "")


def _whole(yuan: int) -> str:
    """A number without its 元: groups of four digits, one 零 for any gap between them."""
    written, gap = "", False
    for power in (2, 1, 0):
        group = yuan // 10 ** (4 * power) % 10_000
        if not group:
            gap = gap or bool(written)
            continue
        if written and (gap or group < 1000):
            written += _DIGITS[0]
        written += _group(group) + _GROUPS[power]
        gap = False
    return written


def _group(number: int) -> str:
    """1-9999: 贰仟零伍."""
    written, gap = "", False
    for digit, place in zip(f"{number:04}", _PLACES, strict=True):
        if digit == "0":
            gap = bool(written)
            continue
        written += (_DIGITS[0] if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return written
