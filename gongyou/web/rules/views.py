"""Rules as the pages show them."""

from dataclasses import dataclass
from datetime import date

from gongyou.rulebook.model import Rule
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.rules.wording import life, sentence, state, status_name


@dataclass(frozen=True)
class Line:
    """One rule in a list. `state` is empty for a rule in force."""

    id: str
    title: str
    says: str
    place: str
    life: str
    state: str
    status: str
    status_name: str


@dataclass(frozen=True)
class Group:
    """The rules of one topic; `left_out` more stand on the topic's own list."""

    topic: str
    title: str
    lines: list[Line]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


def show_line(catalogue: Catalogue, rule: Rule, on: date) -> Line:
    """The rule as of that day."""
    return Line(
        id=rule.id,
        title=rule.title,
        says=sentence(rule),
        place=catalogue.places.name(rule.region),
        life=life(rule.since, rule.until),
        state=state(rule, on),
        status=rule.status,
        status_name=status_name(rule.status),
    )
