"""A last day, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongyou.casework.plans import Whose
from gongyou.rulebook.model import Basis

type Certainty = Literal["known", "depends"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must be done by a day.

    `last_day`: the last on which one may still act, inclusive; None when there is none or it
    cannot be told: then `needs` names the facts that are missing. `reason`: in Chinese, why the
    day is a rough one, or why there is none; "" when it is sure. `says`: the rule's sentence.
    `whose` step it is: the worker's or the employer's.
    """

    key: str
    title: str
    starts_on: date | None
    last_day: date | None
    basis: Basis | None
    certainty: Certainty
    reason: str = ""
    says: str = ""
    needs: tuple[str, ...] = ()
    whose: Whose = "worker"

    def is_over(self, today: date) -> bool:
        """Whether the last day has gone by."""
        return self.last_day is not None and self.last_day < today

    def days_left(self, today: date) -> int | None:
        """Days from today to the last day: 0 on it, below 0 after it; None without one."""
        return None if self.last_day is None else (self.last_day - today).days


def join_reasons(*reasons: str) -> str:
    """The reasons that are one, each once, as one Chinese sentence."""
    return "；".join(dict.fromkeys(reason for reason in reasons if reason))
