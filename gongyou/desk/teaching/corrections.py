"""What becomes of a proposed correction: another person approves or rejects it, or it is withdrawn.

`ours` are our own sentences (contradictions.py); the caller reads them, the desk only compares.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from gongyou.desk.audit import hold_trail, record
from gongyou.desk.chat.conversations import hold_conversation
from gongyou.desk.errors import AlreadySettled, NotAllowed, NotFound, Refused
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.teaching.contradictions import OwnSentences, check_contradiction
from gongyou.desk.teaching.sight import visible_to
from gongyou.desk.teaching.table import LIVE, Correction, State
from gongyou.desk.tickets.care import holds_care


def approve(
    session: Session,
    correction_id: int,
    person: Person,
    ours: OwnSentences,
    now: datetime,
    *,
    holds_personal: Callable[[str], bool],
    is_confirmed: bool = False,
) -> Correction:
    """It will be learnt with the next training.

    `holds_personal` says whether a text seems to name somebody still; then the approver must have
    said that it does not. Raises NotFound, NotAllowed (their own), AlreadySettled, Contradicts,
    Refused.
    """
    correction = _lock(session, correction_id, person)
    if _is_done(correction, person, "approved"):
        return correction
    _check_second(correction, person)
    if not is_confirmed and holds_personal(correction.text):
        raise Refused("correction_personal")
    check_contradiction(session, correction.text, correction.topic, ours, correction.id)
    return _settle(session, correction, person, "approved", "approve", now)


def reject(
    session: Session, correction_id: int, person: Person, reason: str, now: datetime
) -> Correction:
    """It is not learnt. Raises NotFound, NotAllowed (their own), AlreadySettled, Refused."""
    correction = _lock(session, correction_id, person)
    if _is_done(correction, person, "rejected"):
        return correction
    _check_second(correction, person)
    if not reason:
        raise Refused("correction_reason")
    correction.reason = reason
    return _settle(session, correction, person, "rejected", "reject", now)


def withdraw(session: Session, correction_id: int, person: Person, now: datetime) -> Correction:
    """Taken back by who proposed it; an approved one by anybody who may approve.

    The next training is without it. Raises NotFound, NotAllowed, AlreadySettled.
    """
    correction = _lock(session, correction_id, person)
    if _is_done(correction, person, "withdrawn"):
        return correction
    if correction.state not in LIVE:
        raise AlreadySettled("correction_settled")
    if correction.state == "proposed" and correction.proposed_by != person.id:
        raise NotAllowed("correction_not_own")
    return _settle(session, correction, person, "withdrawn", "withdraw", now)


def fetch_approved(session: Session) -> Sequence[Correction]:
    """All that a training is to learn, in the order of their numbers: nothing of a chat in which
    distress was told since."""
    apart = not_(holds_care(Correction.conversation_id.expression))
    query = select(Correction).where(Correction.state == "approved", apart)
    return session.scalars(query.order_by(Correction.id)).all()


def _lock(session: Session, correction_id: int, person: Person) -> Correction:
    """First the chat, then the trail: in the order of whoever erases it, or trains with it."""
    ours = (Correction.id == correction_id) & visible_to(session, person)
    chat = session.scalars(select(Correction.conversation_id).where(ours)).one_or_none()
    if chat is not None:
        hold_conversation(session, chat)
        hold_trail(session)
    locked = select(Correction).where(ours).with_for_update()
    again = {"populate_existing": True}
    correction = session.scalars(locked, execution_options=again).one_or_none()
    if correction is None:
        raise NotFound("correction_missing")
    return correction


def _is_done(correction: Correction, person: Person, state: State) -> bool:
    """The same person asks for the same again."""
    return correction.state == state and correction.settled_by == person.id


def _check_second(correction: Correction, person: Person) -> None:
    if correction.state != "proposed":
        raise AlreadySettled("correction_settled")
    if correction.proposed_by == person.id:
        raise NotAllowed("correction_own")


def _settle(
    session: Session,
    correction: Correction,
    person: Person,
    state: State,
    action: str,
    now: datetime,
) -> Correction:
    correction.state, correction.settled_by, correction.settled_at = state, person.id, now
    session.flush()
    tell_trail(session, correction, person, action, now)
    return correction


def tell_trail(
    session: Session, correction: Correction, person: Person, action: str, now: datetime
) -> None:
    """Who did what to which correction."""
    record(session, actor_of(person), f"correction.{action}", f"correction:{correction.id}", now)
