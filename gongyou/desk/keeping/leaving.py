"""Somebody who has left the staff, taken out of the record for good.

What they wrote to workers stays with the workers, and the trail stays whole: it knows a number.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import yaml
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.keeping.erasing import OPERATOR
from gongyou.desk.keeping.errors import NoSuchCase, StillHolds
from gongyou.desk.keeping.scrubbing import overwrite_deleted
from gongyou.desk.people.accounts import NO_PASSWORD, Person, actor_of, fetch_person
from gongyou.desk.people.invitations import Invitation
from gongyou.desk.people.lawyers import Conflict, LawyerProfile
from gongyou.desk.people.sign_ins import SignIn
from gongyou.desk.review.forgetting import forget_list_of
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.moves import HELD
from gongyou.desk.tickets.table import Ticket

WORDS: Final = Path(__file__).with_name("words.yaml")


def erase_person(session: Session, login: str, now: datetime, actor: str = OPERATOR) -> Person:
    """Somebody who has left: no name, login, address or profile any more, and no way in.

    Raises NoSuchCase, StillHolds.
    """
    overwrite_deleted(session)
    person = fetch_person(session, login)
    if person is None:
        raise NoSuchCase(f"nobody has the login {login!r}; list-accounts shows all")
    held = held_by(session, person)
    if held:
        raise StillHolds(login, held)
    _let_offers_expire(session, person, now)
    for table in (SignIn, Invitation, LawyerProfile, Conflict):
        session.execute(delete(table).where(table.person_id == person.id))
    forget_list_of(session, person.id)
    session.execute(update(Offer).where(Offer.person_id == person.id).values(note=None))
    person.name = _read_left()
    person.login = f"left-{secrets.token_hex(8)}"
    person.password_hash = NO_PASSWORD
    person.active, person.on_duty, person.regions = False, False, []
    person.duties = []
    person.email = person.employer = person.totp_secret = person.totp_step = None
    record(session, actor, "person.erase", actor_of(person), now)
    session.flush()
    return person


def held_by(session: Session, person: Person) -> Sequence[int]:
    """The numbers of the cases this person has in hand."""
    held = select(Ticket.id).where(Ticket.person_id == person.id, Ticket.status.in_(HELD))
    return session.scalars(held.order_by(Ticket.id)).all()


def _let_offers_expire(session: Session, person: Person, now: datetime) -> None:
    """What they were asked to take, the clerk offers to the next one at once."""
    pending = update(Offer).where(Offer.person_id == person.id, Offer.answer == "pending")
    session.execute(pending.values(expires_at=now))


def _read_left() -> str:
    return str(yaml.safe_load(WORDS.read_text(encoding="utf-8"))["left"])
