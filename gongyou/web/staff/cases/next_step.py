"""What is to be done next with a case, and which steps are open to a person."""

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may
from gongyou.desk.tickets.moves import HELD, read_moves
from gongyou.desk.tickets.table import FOR_OFFICERS, Ticket
from gongyou.web.texts import read_texts

# step: the move of moves.yaml that it makes, the permission it needs
HOLDERS = {
    "reply": ("reply", "ticket.reply"),
    "ask": ("ask", "ticket.ask"),
    "transfer": ("transfer", "ticket.transfer"),
    "close": ("close", "ticket.close"),
    "reopen": ("resume", "ticket.reopen"),
    "edit": ("reply", "ticket.edit_facts"),
    "attach": ("reply", "attachment.add"),
}


def open_steps(ticket: Ticket, person: Person) -> frozenset[str]:
    """The names of the forms to show; the desk checks each again when it is sent."""
    steps = set()
    if ticket.person_id == person.id:
        for name, (move, permission) in HOLDERS.items():
            if ticket.status in read_moves()[move].start and may(person.role, permission):
                steps.add(name)
    elif ticket.status in read_moves()["accept"].start and _may_take(ticket, person):
        steps.add("accept")
    if ticket.status in read_moves()["look"].start and _may_look(ticket, person):
        steps.add("look")
    if may(person.role, "ticket.routing") and ticket.kind == "legal_aid":
        steps.add("routing")
    return frozenset(steps)


def _may_take(ticket: Ticket, person: Person) -> bool:
    """A lawyer reads an unaccepted case only when it is offered to them."""
    if person.role == "lawyer":
        return ticket.status == "offered"
    takes_fallen = person.on_duty or (ticket.is_care and person.cares)
    return ticket.kind in FOR_OFFICERS or (takes_fallen and ticket.fell_at is not None)


def _may_look(ticket: Ticket, person: Person) -> bool:
    """A review that nobody has taken over."""
    return ticket.kind == "review" and may(person.role, "ticket.look")


def next_sentence(ticket: Ticket, person: Person, holder: str) -> str:
    """One sentence for the head of the page."""
    words = read_texts()["case_next"]
    if ticket.status in HELD and ticket.person_id != person.id:
        return str(words["with_other"]).format(who=holder)
    if person.role == "officer" and ticket.status == "offered":
        return str(words["offered_for_officer"])
    if ticket.status == "opened" and ticket.fell_at is not None:
        return str(words["fallen"])
    return str(words[ticket.status])
