"""One case, ready for its page: what is shown before acceptance, and what after."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongyou.casework.conclusion import changed_since
from gongyou.casework.deadline import Deadline
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook.model.text import day_text
from gongyou.web.setting import Setting
from gongyou.web.staff.cases.aid import Papers
from gongyou.web.staff.cases.head import Head
from gongyou.web.staff.cases.transcript import Transcript
from gongyou.web.staff.review.ready import ReadyAnswers
from gongyou.web.staff.review.tools_view import ToolsView
from gongyou.web.times import Said, tell_days_left


@dataclass(frozen=True)
class FactLine:
    """A line of the sheet; `link` leads to the message it came from, "" when none is known."""

    name: str
    label: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class RuleLine:
    """A rule or figure the conclusion rests on; `changed`: it begins or stands otherwise now."""

    id: str
    title: str
    link: str
    changed: bool


@dataclass(frozen=True)
class Conclusion:
    """What the rulebook said at the time."""

    on: str
    text: str
    is_answer: bool
    rules: tuple[RuleLine, ...]

    @property
    def has_changed(self) -> bool:
        return any(rule.changed for rule in self.rules)


@dataclass(frozen=True)
class DeadlineLine:
    title: str
    day: str
    left: Said | None
    basis: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class OfferView:
    """What a lawyer is asked: why this one, until when, and against whom."""

    until: str
    is_over: bool
    reasons: tuple[str, ...]
    employer: str


@dataclass(frozen=True)
class VersionLine:
    """An earlier state of the sheet and what was changed in it: label, before, after."""

    number: int
    author: str
    at: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class FileLine:
    id: int
    name: str
    author: str
    at: str
    size: str


@dataclass(frozen=True)
class Content:
    """What only those see who may read the case's content."""

    summary: str
    words: str
    contact: str
    employer: str
    by_phone: bool
    consent: str
    consent_to: str
    conclusion: Conclusion | None
    transcript: Transcript
    versions: tuple[VersionLine, ...]
    files: tuple[FileLine, ...]
    papers: Papers


@dataclass(frozen=True)
class CaseView(Head):
    """The whole page. Without `content` it is an offer, or a line an officer may see."""

    next: str
    ending: str
    transfer_note: str
    note: str
    is_mine: bool
    facts: tuple[FactLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    offer: OfferView | None
    content: Content | None
    steps: frozenset[str]
    mark: str
    outcomes: Mapping[str, str]
    tools: ToolsView | None
    ready: ReadyAnswers | None

    @property
    def has_days_ahead(self) -> bool:
        """Whether a calendar file would hold anything."""
        return any(line.left and line.left.tone != "late" for line in self.deadlines)


def show_facts(ticket: Ticket, setting: Setting, shown: Transcript | None) -> tuple[FactLine, ...]:
    """Every fact; with a transcript each leads to the message it came from, on this page or not."""
    return tuple(_fact(ticket, name, setting, shown) for name in ticket.facts)


def _fact(ticket: Ticket, name: str, setting: Setting, shown: Transcript | None) -> FactLine:
    ((label, text),) = setting.names.facts({name: ticket.facts[name]})
    source = ticket.sources.get(name)
    if shown is None or not isinstance(source, int):
        return FactLine(name, label, text)
    page = "" if source in shown.ids else f"?before={source + 1}"
    return FactLine(name, label, text, f"{page}#m{source}")


def show_deadline(deadline: Deadline, setting: Setting) -> DeadlineLine:
    basis = deadline.basis
    return DeadlineLine(
        title=deadline.title,
        day=day_text(deadline.last_day) if deadline.last_day else "",
        left=tell_days_left(deadline.last_day, setting.today),
        basis=f"《{basis.document}》{basis.article}" if basis else "",
        notes=tuple(filter(None, (deadline.reason, deadline.says))),
    )


def show_conclusion(ticket: Ticket, setting: Setting) -> Conclusion | None:
    kept = ticket.conclusion
    if not kept:
        return None
    changed = set(changed_since(setting.rulebook, kept))
    rules = tuple(_rule(one["id"], one["id"] in changed, setting) for one in kept["rules"])
    return Conclusion(kept["on"], kept["text"], kept["kind"] == "answer", rules)


def _rule(name: str, changed: bool, setting: Setting) -> RuleLine:
    """A rule leads to its page; a figure is told by its title, place and first day."""
    entry = setting.catalogue.find(name)
    if entry is not None:
        return RuleLine(name, entry.rule.title, f"/rules/{name}", changed)
    return RuleLine(name, _figure(name, setting), "", changed)


def _figure(name: str, setting: Setting) -> str:
    """最低工资（河南省 一类 2025-12-01）; what the rulebook no longer has, as it is named."""
    key, _, rest = name.partition(" ")
    parameter = setting.rulebook.parameters.get(key)
    region, _, details = rest.partition(" ")
    if parameter is None:
        return name
    return f"{parameter.title}（{setting.names.place(region)} {details}）"
