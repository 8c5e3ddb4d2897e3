"""What becomes of an offer: accepted, declined, expired, cancelled, at last given up. Each once."""

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
        raise NotAllowed("not_offered")
    return settled


def cancel_offer(session: Session, ticket_id: int, now: datetime) -> int | None:
    """The ticket's pending offer stands no longer. Gives whose it was, None when there is none."""
    pending = update(Offer).where(Offer.ticket_id == ticket_id, Offer.answer == "pending")
    cancelled = pending.values(answer="cancelled", settled_at=now).returning(Offer.person_id)
    return session.scalars(cancelled).one_or_none()


def give_up_offer(
    session: Session, ticket_id: int, person_id: int, now: datetime, note: str
) -> bool:
    """The accepted offer is given up, `note` is why. False for one who took it without an offer."""
    accepted = update(Offer).where(
        Offer.ticket_id == ticket_id, Offer.person_id == person_id, Offer.answer == "accepted"
    )
    given_up = accepted.values(answer="transferred", settled_at=now, note=note or None)
    return session.scalars(given_up.returning(Offer.id)).first() is not None


def leave_offers_behind(session: Session, ticket_id: int) -> None:
    """The ticket is opened again: what was answered before is history."""
    session.execute(update(Offer).where(Offer.ticket_id == ticket_id).values(is_past=True))
