"""A week's figures, all made up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongyou.reporting import Figures, Line, Risk

type MakeFigures = Callable[..., Figures]

FIGURES = Figures(
    place="河南省焦作市",
    monday=date(2026, 11, 9),
    sunday=date(2026, 11, 15),
    made_on=date(2026, 11, 16),
    workers=63,
    before=41,
    answered=40,
    waiting=12,
    untold=11,
    topics=(
        Line("拖欠工资", 31, 12, "wage_arrears"),
        Line("加班费", 14, 9, "overtime_pay"),
        Line("病假工资和医疗期", 11, None, "sick_pay"),
        Line("其他问题", 7, 8),
    ),
    regions=(Line("河南省焦作市", 63, 41, "410800"),),
    employers=(
        Line("宏达", 18, 5, "k1", "河南省焦作市"),
        Line("明亮", 6, None, "k2", "河南省焦作市"),
    ),
    parks=(),
    risks=(
        Risk("employer", "宏达", "河南省焦作市", "rise", 18, 5),
        Risk("topic", "拖欠工资", "河南省焦作市", "many", 31, 0, "wage_arrears"),
    ),
    weeks=(Line("11/2", 41), Line("11/9", 63)),
)


@pytest.fixture
def make_figures() -> MakeFigures:
    def make(**changed: Any) -> Figures:
        return replace(FIGURES, **changed)

    return make


@pytest.fixture
def nobody(make_figures: MakeFigures) -> Figures:
    """A region with fewer than five: nothing is published of it."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("topics", "regions", "employers", "parks", "risks", "weeks"), ()
    )
    return make_figures(workers=0, before=None, answered=0, waiting=0, untold=0, **nothing)
