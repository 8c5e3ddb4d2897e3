"""What the rulebook says to an application: conditions with reasons, papers, where to go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongyou.casework.case_facts import read_case_facts
from gongyou.desk.tickets.aid import AidPaper
from gongyou.rulebook import Answer, FactError, NeedFacts, Question, evaluate
from gongyou.rulebook.model.outcomes import Eligibility, Reason
from gongyou.web.setting import Setting
from gongyou.web.texts import read_texts
from gongyou.web.worker.aid_offer import Offer

VERDICTS = {True: "eligible", False: "not_eligible", None: "unsure"}
MARKS = {True: "met", False: "not_met", None: "unsure"}


@dataclass(frozen=True)
class Condition:
    """`mark`: its name; `kind`: met, not_met or unsure."""

    text: str
    mark: str
    kind: str


@dataclass(frozen=True)
class Aid:
    """One thing that may be applied for."""

    name: str
    verdict: str
    kind: str
    conditions: tuple[Condition, ...]
    apply: str


@dataclass(frozen=True)
class AidView:
    """The page before it is handed in. `papers`: by place; `needs`: what was not told yet."""

    number: int
    title: str
    aids: tuple[Aid, ...]
    papers: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    needs: str


@dataclass(frozen=True)
class Paper:
    """A paper of an application handed in, as its worker sees it."""

    name: str
    state: str
    state_name: str
    at_hand: bool


def show_aid(offer: Offer, setting: Setting) -> AidView:
    """By the law of today. What cannot be judged is left out: the officer sees to it."""
    rulebook = setting.rulebook
    found: Answer | NeedFacts | None = None
    try:
        facts = read_case_facts(rulebook, offer.facts)
        outcome = evaluate(rulebook, Question(offer.topic, facts, setting.today))
        found = outcome if isinstance(outcome, Answer | NeedFacts) else None
    except (FactError, KeyError):  # a topic or fact that was corrected since
        pass
    entitled = found.eligibility if isinstance(found, Answer) else ()
    return AidView(
        number=offer.message_id,
        title=setting.names.topic(offer.topic),
        aids=tuple(_aid(one) for one in entitled),
        papers=tuple(dict.fromkeys(paper for one in entitled for paper in one.papers)),
        facts=tuple(setting.names.facts(offer.facts)),
        needs=_needs(found.missing, setting) if isinstance(found, NeedFacts) else "",
    )


def show_papers(papers: Iterable[AidPaper]) -> list[Paper]:
    names: Mapping[str, str] = read_texts()["paper_states"]
    return [Paper(one.name, one.state, names[one.state], one.at_hand) for one in papers]


def _aid(one: Eligibility) -> Aid:
    kind = VERDICTS[one.eligible]
    verdict = read_texts()["aid"]["verdicts"][kind]
    return Aid(one.name, verdict, kind, tuple(map(_condition, one.reasons)), one.apply)


def _condition(reason: Reason) -> Condition:
    kind = MARKS[reason.met]
    return Condition(reason.text, read_texts()["aid"]["marks"][kind], kind)


def _needs(missing: Iterable[str], setting: Setting) -> str:
    labels = "」「".join(setting.rulebook.facts[name].label for name in missing)
    return str(read_texts()["aid"]["needs"]).format(labels=labels)
