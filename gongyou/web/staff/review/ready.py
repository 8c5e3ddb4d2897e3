"""Answers ready to be chosen for a case: officers' own, and what the rulebook says of it today.

The rulebook's are worked out anew each time; nothing of it is copied anywhere. What is chosen goes
into the text box, where it is read and changed before it is sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from gongyou.casework.case_facts import read_case_facts
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may
from gongyou.desk.review.canned import fetch_canned
from gongyou.desk.tickets.table import Ticket
from gongyou.rulebook import Answer, FactError, Question, evaluate, render_card
from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.regions import chain
from gongyou.rulebook.model.text import nested
from gongyou.web.rules.wording import life, sentence, status_name
from gongyou.web.setting import Setting
from gongyou.web.texts import say

MOST_RULES: Final = 20  # the nearest place's first; the rest stands on /rules


@dataclass(frozen=True)
class Ready:
    """One answer. `key` names it in an address; `doubt` is 「待核实」, or "" for a sure one."""

    key: str
    title: str
    text: str
    doubt: str = ""


@dataclass(frozen=True)
class ReadyAnswers:
    """`topic` is "" for one the rulebook does not have; `left_out` more rules stand there."""

    own: tuple[Ready, ...]
    rules: tuple[Ready, ...]
    topic: str
    left_out: int

    def find(self, key: str) -> str:
        """The text of one; "" for none such."""
        return next((one.text for one in (*self.own, *self.rules) if one.key == key), "")


def read_ready(session: Any, ticket: Ticket, person: Person, setting: Setting) -> ReadyAnswers:
    """For the case's topic, region and facts, by the law of today."""
    own = fetch_canned(session, ticket.topic) if may(person.role, "canned.read") else ()
    known = ticket.topic in setting.rulebook.topics
    rules = list(_rules(ticket, setting)) if known else []
    return ReadyAnswers(
        own=tuple(Ready(f"own-{one.id}", one.title, one.text) for one in own),
        rules=(
            *(_worked_out(ticket, setting) if known else ()),
            *(_of_rule(rule, setting) for rule in rules[:MOST_RULES]),
        ),
        topic=ticket.topic if known else "",
        left_out=max(0, len(rules) - MOST_RULES),
    )


def _rules(ticket: Ticket, setting: Setting) -> list[Rule]:
    """Those in force today in the case's place, the nearest first."""
    near = chain(ticket.region)
    topic = setting.rulebook.topics[ticket.topic]
    found = [one for one in topic.rules if one.region in near and one.says]
    in_force = (one for one in found if one.holds_on(setting.today))
    return sorted(in_force, key=lambda one: near.index(one.region))


def _of_rule(rule: Rule, setting: Setting) -> Ready:
    basis = "\n".join(_basis(rule, setting))
    text = say(f"ready_rule_{rule.status}", title=rule.title, says=sentence(rule), basis=basis)
    return Ready(f"rule-{rule.id}", rule.title, text, _doubt(rule.status))


def _doubt(status: str) -> str:
    return "" if status == "verified" else status_name(status)


def _basis(rule: Rule, setting: Setting) -> Iterator[str]:
    for one in rule.basis:
        yield say(
            "ready_basis",
            document=nested(one.document),
            number=say("ready_number", number=one.number) if one.number else "",
            article=one.article,
            life=life(one.since, one.until),
            place=setting.names.place(rule.region),
        )


def _worked_out(ticket: Ticket, setting: Setting) -> Iterator[Ready]:
    """The answer card for the facts of the sheet, when they are enough for one."""
    facts = read_case_facts(setting.rulebook, ticket.facts)
    try:
        found = evaluate(setting.rulebook, Question(ticket.topic, facts, setting.today))
    except FactError:
        return
    if not isinstance(found, Answer):
        return
    card = render_card(setting.rulebook, found, facts)
    lines = [
        card.conclusion,
        *card.workings,
        *(say("ready_cited", basis=one) for one in card.basis),
    ]
    yield Ready("worked-out", say("ready_worked_out"), "\n".join(lines), _doubt(card.status))
