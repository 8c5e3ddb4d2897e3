"""Which tickets a person may read, as SQL: by role, holder, region and employer."""

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from gongyou.desk.errors import NotAllowed
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.moves import lock_ticket, read_moves, wrong_state
from gongyou.desk.tickets.own_enterprise import own_keys, shares_chat_with
from gongyou.desk.tickets.table import FOR_OFFICERS, Ticket


def readable(session: Session, person: Person) -> ColumnElement[bool]:
    """The content of these. What a worker has withdrawn nobody reads.

    Lawyers: legal aid they hold or are offered. Officers: calls for a person, reviews, and legal
    aid that no lawyer took while they are on duty, all within region and employer.
    """
    match person.role:
        case "lawyer":
            return and_(
                Ticket.kind == "legal_aid",
                Ticket.status != "withdrawn",
                or_(Ticket.person_id == person.id, is_offered_to(person.id)),
            )
        case "officer":
            fallen = Ticket.fell_at.is_not(None) if person.on_duty else false()
            mine = Ticket.person_id == person.id
            return and_(
                Ticket.status != "withdrawn",
                or_(Ticket.kind.in_(FOR_OFFICERS), fallen, mine),
                in_scope(session, person),
            )
    return false()


def listed(session: Session, person: Person) -> ColumnElement[bool]:
    """The lines of these, without content: an officer sees every case of the scope waiting."""
    match person.role:
        case "lawyer":
            mine = or_(Ticket.person_id == person.id, is_offered_to(person.id))
            return and_(Ticket.kind == "legal_aid", mine)
        case "officer":
            return in_scope(session, person)
    return false()


def in_scope(session: Session, person: Person) -> ColumnElement[bool]:
    """Within the person's regions; and, for an enterprise's own union, of another employer.

    A case of an employer not known may be against theirs, so they do not see it either; nor one
    whose chat also tells of a case against theirs. Unless the worker agreed.
    """
    here = in_regions(person)
    if not person.employer:
        return here
    own = own_keys(session, person.employer)
    another = and_(
        Ticket.employer_key.is_not(None), Ticket.employer_key.not_in(own), ~shares_chat_with(own)
    )
    return and_(here, or_(another, Ticket.employer_agreed.is_(True)))


def in_regions(person: Person) -> ColumnElement[bool]:
    """A province's code covers its cities; a ticket whose region is not known is everybody's."""
    if EVERYWHERE in person.regions:
        return Ticket.id.is_not(None)
    covered = [_covers(code) for code in person.regions]
    return or_(Ticket.region == EVERYWHERE, *covered)


def is_offered_to(person_id: int) -> ColumnElement[bool]:
    """The ticket lies on this lawyer's table, for acceptance."""
    return exists().where(
        Offer.ticket_id == Ticket.id, Offer.person_id == person_id, Offer.answer == "pending"
    )


def check_holder(session: Session, ticket_id: int, person: Person, move: str) -> Ticket:
    """The ticket, locked, if this person holds it and it is where the move starts.

    Who may no longer read it (the account's region or employer was changed) can only give it away.
    Raises NotFound, WrongState, NotAllowed.
    """
    ticket = lock_ticket(session, ticket_id)
    if ticket.person_id is None or ticket.status not in read_moves()[move].start:
        raise wrong_state(move, ticket.status)
    if ticket.person_id != person.id:
        raise NotAllowed("held_by_other")
    if move != "transfer" and not reads(session, ticket_id, person):
        raise NotAllowed("out_of_scope")
    return ticket


def reads(session: Session, ticket_id: int, person: Person) -> bool:
    """Whether this person may read the ticket's content."""
    query = select(Ticket.id).where(Ticket.id == ticket_id, readable(session, person))
    return session.scalars(query).one_or_none() is not None


def _covers(code: str) -> ColumnElement[bool]:
    prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return func.substr(Ticket.region, 1, len(prefix)) == prefix
