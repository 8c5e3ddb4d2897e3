"""Rules are corrected: who was told the old answer, and whom to offer the new one.

`current` is the hash of each rule and figure as the rulebook has it now (rulebook/versions.py). An
answer is out of date when a version it rests on is not the current one. Each answer is offered
again at most once: the offer's button asks the bot anew, so it always leads to the newest rules,
however often they were corrected in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import batched
from pathlib import Path

import yaml
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from gongyou.desk.answers.table import Answer, AnswerRule, RuleVersion
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Ticket

FILE = Path(__file__).with_name("recall.yaml")
AT_ONCE = 500  # versions in one query
MOST_LINES = 200  # rules on the page

type Contents = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule or figure that was corrected, or is gone (`is_gone`), after people were told it.

    `people`: distinct chats still with the old answer; `offered`: those told of the correction.
    `tickets`: the cases of these chats that the reader may read.
    """

    rule_id: str
    is_gone: bool
    people: int
    offered: int
    tickets: Sequence[int]


def changed_answers(session: Session, current: Contents, person: Person) -> Sequence[ChangedRule]:
    """The rules of answers out of date, within the person's regions, most people first."""
    outdated = _outdated(session, current)
    counts = _count(session, [number for found in outdated.values() for number in found], person)
    first = sorted(counts, key=lambda rule_id: (-counts[rule_id][0], rule_id))[:MOST_LINES]
    return [
        ChangedRule(
            rule_id,
            rule_id not in current,
            *counts[rule_id],
            _tickets(session, outdated[rule_id], person),
        )
        for rule_id in first
    ]


def count_told(session: Session, current: Contents, person: Person) -> int:
    """How many people were told an answer that is out of date now, each counted once."""
    numbers = [number for found in _outdated(session, current).values() for number in found]
    rests = select(AnswerRule.answer_id).where(AnswerRule.version_id.in_(numbers))
    told = select(func.count(Answer.conversation_id.distinct())).where(
        Answer.id.in_(rests), Answer.settled_at.is_(None), _in_sight(session, person)
    )
    return session.scalars(told).one() if numbers else 0


def find_recalls(
    session: Session, conversation_id: str, current: Contents, now: datetime
) -> Sequence[Answer]:
    """The chat's answers out of date that it has not been told of, newest first."""
    rests = select(RuleVersion.rule_id, RuleVersion.content, Answer.id).join(
        AnswerRule, AnswerRule.version_id == RuleVersion.id
    )
    open_ones = rests.join(Answer, Answer.id == AnswerRule.answer_id).where(
        Answer.conversation_id == conversation_id,
        Answer.settled_at.is_(None),
        Answer.offered_at.is_(None),
        Answer.created_at >= now - timedelta(days=_offer_within_days()),
    )
    stale = {
        number
        for rule_id, content, number in session.execute(open_ones)
        if current.get(rule_id) != content
    }
    if not stale:
        return []
    return session.scalars(
        select(Answer).where(Answer.id.in_(stale)).order_by(Answer.id.desc())
    ).all()


def take_recalls(
    session: Session, conversation_id: str, current: Contents, now: datetime
) -> Sequence[Answer]:
    """The same, marked as offered: of two pages opened at once, one gets them.

    Nothing while a person has the chat: it waits until the bot answers again. Raises NotFound.
    """
    if lock_conversation(session, conversation_id).mode == "person":
        return []
    found = find_recalls(session, conversation_id, current, now)
    for answer in found:
        answer.offered_at = now
    session.flush()
    return found


def _outdated(session: Session, current: Contents) -> dict[str, list[int]]:
    """Versions that are not current any more, by rule; there are a few thousand in all."""
    found: dict[str, list[int]] = {}
    query = select(RuleVersion.id, RuleVersion.rule_id, RuleVersion.content)
    for number, rule_id, content in session.execute(query):
        if current.get(rule_id) != content:
            found.setdefault(rule_id, []).append(number)
    return found


def _count(session: Session, numbers: list[int], person: Person) -> dict[str, tuple[int, int]]:
    """By rule: people told the old answer, and those of them offered the new one."""
    told = func.count(Answer.conversation_id.distinct())
    offered = func.count(Answer.conversation_id.distinct()).filter(Answer.offered_at.is_not(None))
    query = (
        select(RuleVersion.rule_id, told, offered)
        .join(AnswerRule, AnswerRule.version_id == RuleVersion.id)
        .join(Answer, Answer.id == AnswerRule.answer_id)
        .where(Answer.settled_at.is_(None), _in_sight(session, person))
        .group_by(RuleVersion.rule_id)
    )
    return {
        rule_id: (people, told_again)
        for some in batched(numbers, AT_ONCE, strict=False)
        for rule_id, people, told_again in session.execute(query.where(RuleVersion.id.in_(some)))
    }


def _tickets(session: Session, numbers: Sequence[int], person: Person) -> Sequence[int]:
    """The newest twenty cases of such chats that this person may read."""
    chats = (
        select(Answer.conversation_id)
        .join(AnswerRule, AnswerRule.answer_id == Answer.id)
        .where(AnswerRule.version_id.in_(numbers), Answer.settled_at.is_(None))
    )
    query = select(Ticket.id).where(Ticket.conversation_id.in_(chats), readable(session, person))
    return session.scalars(query.order_by(Ticket.id.desc()).limit(20)).all()


def _in_sight(session: Session, person: Person) -> ColumnElement[bool]:
    """An officer sees the regions they have, as of tickets; an editor the whole country's. An
    enterprise's own union only those whose case they may read: others may be against it."""
    if person.employer:
        chats = select(Ticket.conversation_id).where(readable(session, person))
        return Answer.conversation_id.in_(chats)
    if person.role != "officer" or EVERYWHERE in person.regions:
        return true()
    covers = [_covers(code) for code in person.regions]
    return or_(Answer.region == EVERYWHERE, *covers)


def _covers(code: str) -> ColumnElement[bool]:
    prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return and_(func.substr(Answer.region, 1, len(prefix)) == prefix)


@cache
def _offer_within_days() -> int:
    days: int = yaml.safe_load(FILE.read_text(encoding="utf-8"))["offer_within_days"]
    return days
