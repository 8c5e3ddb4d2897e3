"""What becomes of a pending offer: accepted, declined, expired, cancelled. Each once."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from gongyou.desk.errors import NotAllowed
from gongyou.desk.people.accounts import Person
from gongyou.desk.routing.offer_table import Offer, OfferAnswer


def settle_offer(
    session: Session,
    ticket_id: int,
    person: Person,
    answer: OfferAnswer,
    now: datetime,
    note: str | None = None,
) -> Offer:
    """The lawyer's answer to their pending offer. Raises NotAllowed when it is theirs no more."""
    pending = update(Offer).where(
        Offer.ticket_id == ticket_id, Offer.person_id == person.id, Offer.answer == "pending"
    )
    settled = session.scalars(
        pending.values(answer=answer, settled_at=now, note=note).returning(Offer),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if settled is None:
        raise NotAllowed("这张工单不在你这里：可能过了时间，转给别的律师了，或者职工撤回了。")
    return settled


def cancel_offer(session: Session, ticket_id: int, now: datetime) -> None:
    """The ticket's pending offer stands no longer; nothing happens when there is none."""
    pending = update(Offer).where(Offer.ticket_id == ticket_id, Offer.answer == "pending")
    session.execute(pending.values(answer="cancelled", settled_at=now))
