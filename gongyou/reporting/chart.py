"""Bars as SVG, without scripts or styles of their own; the colours stand in early_warning.css.

A chart is a picture: what it says stands in the table beside it, so it is hidden from readers of
screens. Units of the drawing: about one pixel on a narrow phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH: Final = 320
_ROW, _BAR = 34, 12  # of a lying bar with its name above
_TALL, _FOOT, _TOP = 120, 22, 18  # of standing bars, their names, the figures over them


@dataclass(frozen=True, slots=True)
class Bar:
    """`is_marked`: stands out, for the week that is shown."""

    name: str
    value: int
    is_marked: bool = False


def rows_chart(bars: Sequence[Bar]) -> str:
    """Lying bars under each other, the name above each and the figure at its end; "" for none."""
    if not bars:
        return ""
    most, room = max(bar.value for bar in bars) or 1, _WIDTH - 44
    parts = []
    for place, bar in enumerate(bars):
        top = place * _ROW
        width = max(2, round(room * bar.value / most))
        parts.append(_text(0, top + 13, bar.name, "name"))
        parts.append(_rect(0, top + 18, width, _BAR, bar))
        parts.append(_text(width + 6, top + 28, str(bar.value), "value"))
    return _svg(len(bars) * _ROW, parts)


def columns_chart(bars: Sequence[Bar]) -> str:
    """Standing bars side by side; every other name is left out where they would touch."""
    if not bars:
        return ""
    most, step = max(bar.value for bar in bars) or 1, _WIDTH / len(bars)
    skip = 1 if len(bars) <= 7 else 2
    base, parts = _TOP + _TALL, []
    for place, bar in enumerate(bars):
        height = round(_TALL * bar.value / most)
        left, middle = round(place * step + step * 0.15), round((place + 0.5) * step)
        parts.append(_rect(left, base - height, round(step * 0.7), height, bar))
        if bar.value:
            parts.append(_text(middle, base - height - 4, str(bar.value), "value middle"))
        if (len(bars) - 1 - place) % skip == 0:
            parts.append(_text(middle, base + 16, bar.name, "name middle"))
    return _svg(base + _FOOT, parts)


def _svg(height: int, parts: Sequence[str]) -> str:
    inside = "".join(parts)
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" aria-hidden="true" '
        f'focusable="false">{inside}</svg>'
    )


def _rect(x: int, y: int, width: int, height: int, bar: Bar) -> str:
    mark = " marked" if bar.is_marked else ""
    return f'<rect class="bar-of{mark}" x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>'


def _text(x: int, y: int, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(text)}</text>'
