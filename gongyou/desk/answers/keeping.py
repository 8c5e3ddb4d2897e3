"""An answer is kept with what it rests on; the next one on the same topic settles it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gongyou.desk.answers.table import Answer, AnswerRule, RuleVersion
from gongyou.desk.chat.conversations import lock_conversation


@dataclass(frozen=True, slots=True)
class Version:
    """A rule or figure as an answer used it."""

    rule_id: str
    since: date
    status: str
    content: str


@dataclass(frozen=True, slots=True)
class Used:
    """What an answer card rests on."""

    topic: str
    region: str
    status: str
    asked_on: date
    total: str | None
    rules: Sequence[Version]


def keep_answer(
    session: Session, conversation_id: str, message_id: int, used: Used, now: datetime
) -> Answer:
    """Keep it once for each message; what was answered on the topic before is settled.

    Raises NotFound (no such conversation).
    """
    lock_conversation(session, conversation_id)
    stored = fetch_answer(session, conversation_id, message_id)
    if stored is not None:
        return stored
    _settle(session, conversation_id, used.topic, now)
    answer = Answer(
        conversation_id=conversation_id,
        message_id=message_id,
        topic=used.topic,
        region=used.region,
        total=used.total,
        status=used.status,
        asked_on=used.asked_on,
        created_at=now,
    )
    session.add(answer)
    session.flush()
    version_ids = _keep_versions(session, used.rules)
    session.add_all(AnswerRule(answer_id=answer.id, version_id=each) for each in version_ids)
    session.flush()
    return answer


def fetch_answer(session: Session, conversation_id: str, message_id: int) -> Answer | None:
    """The answer kept for a message of this very conversation."""
    query = select(Answer).where(
        Answer.message_id == message_id, Answer.conversation_id == conversation_id
    )
    return session.scalars(query).one_or_none()


def _settle(session: Session, conversation_id: str, topic: str, now: datetime) -> None:
    before = update(Answer).where(
        Answer.conversation_id == conversation_id,
        Answer.topic == topic,
        Answer.settled_at.is_(None),
    )
    session.execute(before.values(settled_at=now))


def _keep_versions(session: Session, rules: Iterable[Version]) -> Sequence[int]:
    """Their numbers, new or known; always in one order, so nobody waits for another in a ring."""
    unique = {(each.rule_id, each.content): each for each in rules}
    if not unique:
        return []
    known = _find_versions(session, list(unique))
    rows: list[Mapping[str, Any]] = [
        {"rule_id": one.rule_id, "content": one.content, "since": one.since, "status": one.status}
        for key, one in sorted(unique.items())
        if key not in known
    ]
    if rows:
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.execute(dialect.insert(RuleVersion).values(rows).on_conflict_do_nothing())
        known = _find_versions(session, list(unique))
    return sorted(known.values())


def _find_versions(session: Session, keys: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    named = tuple_(RuleVersion.rule_id, RuleVersion.content).in_(keys)
    query = select(RuleVersion.rule_id, RuleVersion.content, RuleVersion.id).where(named)
    return {(rule_id, content): number for rule_id, content, number in session.execute(query)}
