"""Which tickets a person may read, as SQL: by role, holder, region, employer, and duty of care."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.errors import NotAllowed
from gongyou.desk.people.accounts import Person
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.tickets.care import fetch_care_people, in_care
from gongyou.desk.tickets.moves import HELD, lock_ticket, read_moves, wrong_state
from gongyou.desk.tickets.own_enterprise import own_keys, shares_chat_with
from gongyou.desk.tickets.table import FOR_OFFICERS, Ticket


def readable(session: Session, person: Person) -> ColumnElement[bool]:
    """The content of these. What a worker has withdrawn nobody reads.

    Lawyers: legal aid they hold or are offered. Officers: calls for a person, applications,
    reviews, and legal aid that no lawyer took while they are on duty, all within their scope.
    """
    match person.role:
        case "lawyer":
            return and_(
                Ticket.kind == "legal_aid",
                Ticket.status != "withdrawn",
                or_(Ticket.person_id == person.id, is_offered_to(person.id)),
            )
        case "officer":
            mine = Ticket.person_id == person.id
            return and_(
                Ticket.status != "withdrawn",
                or_(Ticket.kind.in_(FOR_OFFICERS), fallen_to(person), mine),
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
    """Within the person's regions; for an enterprise's own union, of another employer; and of the
    chats with a case of distress in them only for the care people, where there are any.
    """
    return and_(_in_reach(session, person), _left_to(session, person))


def fallen_to(person: Person) -> ColumnElement[bool]:
    """Legal aid no lawyer took: the officers' on duty; in care, the care people's at any hour."""
    fallen = Ticket.fell_at.is_not(None)
    if person.on_duty:
        return fallen
    return and_(fallen, in_care()) if person.cares else false()


def only_care_reads(session: Session, ticket_id: int) -> bool:
    """Whether it can be promised that nobody but the care people reads this case's chat: some
    of them reach it, nobody else holds another case of it, and no clerk typed it in."""
    people = fetch_care_people(session)
    if not people:
        return False
    caring, other = [one.id for one in people], aliased(Ticket)
    others = exists().where(
        other.conversation_id == Ticket.conversation_id,
        other.status.in_(HELD),
        other.person_id.not_in(caring),
    )
    reached = or_(*(_in_reach(session, one) for one in _reaching(people)))
    query = select(Ticket.id).join(Conversation, Conversation.id == Ticket.conversation_id)
    query = query.where(Ticket.id == ticket_id, Ticket.is_care.is_(True), reached, not_(others))
    return session.scalars(query.where(Conversation.origin == "web")).one_or_none() is not None


def _left_to(session: Session, person: Person) -> ColumnElement[bool]:
    """What the care people of the place leave to this one.

    Who has another case of such a chat in hand goes on with it: nobody is broken off midway.
    """
    people = () if person.cares else fetch_care_people(session)
    if person.cares or not people:
        return true()
    mine = and_(Ticket.person_id == person.id, Ticket.is_care.is_(False), Ticket.status.in_(HELD))
    covered = or_(*(_in_reach(session, one) for one in _reaching(people)))
    return or_(not_(in_care()), mine, not_(covered))


def _reaching(people: Sequence[Person]) -> list[Person]:
    """Those whose reach differs: one of each list of regions and employer."""
    different = {(tuple(sorted(one.regions)), one.employer): one for one in people}
    return list(different.values())


def _in_reach(session: Session, person: Person) -> ColumnElement[bool]:
    """By region and employer.

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
    covered = [covers(code) for code in person.regions]
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


def covers(code: str) -> ColumnElement[bool]:
    """Whether the place is the ticket's, or holds it."""
    prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return func.substr(Ticket.region, 1, len(prefix)) == prefix
