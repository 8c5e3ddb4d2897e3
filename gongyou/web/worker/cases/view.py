"""A case in the words of the worker whose it is: where it stands, by when, what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongyou.desk.files.attachments import MOST_FILES, fetch_attachments
from gongyou.desk.people.accounts import Person, person_of
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.tickets.aid import fetch_papers
from gongyou.desk.tickets.moves import UNFINISHED, read_outcomes
from gongyou.desk.tickets.own import fetch_held
from gongyou.desk.tickets.sheets import WORKER, fetch_versions
from gongyou.desk.tickets.table import Ticket
from gongyou.web.texts import read_texts
from gongyou.web.times import show_time, tell_moment
from gongyou.web.worker.cases.aid_view import Paper, show_papers
from gongyou.web.worker.cases.deadline_view import DeadlineLine, show_deadlines
from gongyou.web.worker.cases.file_view import File, call, show_files
from gongyou.web.worker.cases.own import Visit, own_ticket

PROMISED = ("opened", "offered", "accepted")


@dataclass(frozen=True)
class Step:
    """A line of the timeline; `at` is "" for what is under way or still to come."""

    text: str
    at: str = ""
    is_ahead: bool = False


@dataclass(frozen=True)
class CaseLine:
    """A case in the list."""

    id: int
    title: str
    state: str
    promise: str
    is_late: bool
    sent: str


@dataclass(frozen=True)
class CaseView:
    """Everything on the page of a case.

    `read_by`: who reads the talk on behalf of another case of it, whatever becomes of this one.
    """

    line: CaseLine
    kind: str
    status: str
    steps: Sequence[Step]
    deadlines: Sequence[DeadlineLine]
    facts: Sequence[tuple[str, str]]
    corrected_by: str
    words: str
    contact: str
    employer: str
    employer_agreed: bool
    files: Sequence[File]
    papers: Sequence[Paper]
    read_by: Sequence[str]
    is_open: bool
    has_room: bool


def show_line(ticket: Ticket, holder: Person | None, visit: Visit) -> CaseLine:
    promise, is_late = tell_promise(ticket, visit.now)
    return CaseLine(
        id=ticket.id,
        title=visit.names.topic(ticket.topic),
        state=tell_state(ticket, holder),
        promise=promise,
        is_late=is_late,
        sent=show_time(ticket.created_at),
    )


def read_case_page(session: Any, visit: Visit, number: int) -> CaseView:
    """Raises NotFound for a number that is not of this chat."""
    ticket = own_ticket(session, visit, number)
    files = fetch_attachments(session, number)
    people = fetch_people(session, [ticket.person_id, *(person_of(f.author) for f in files)])
    holder = people.get(ticket.person_id or 0)
    is_open = ticket.status in UNFINISHED
    return CaseView(
        line=show_line(ticket, holder, visit),
        kind=ticket.kind,
        status=ticket.status,
        steps=_steps(ticket, holder),
        deadlines=show_deadlines(ticket, visit),
        facts=visit.names.facts(ticket.facts),
        corrected_by=_corrector(session, ticket),
        words=ticket.words,
        contact=ticket.contact,
        employer=ticket.employer,
        employer_agreed=ticket.employer_agreed,
        files=show_files(files, people),
        papers=show_papers(fetch_papers(session, number)),
        read_by=_readers(session, ticket),
        is_open=is_open,
        has_room=is_open and len(files) < MOST_FILES,
    )


def tell_state(ticket: Ticket, holder: Person | None) -> str:
    """Where it stands, in one sentence."""
    words = read_texts()["own_case"]["states"]
    name: str = ticket.status
    if name == "opened":
        name = "fallen" if ticket.fell_at else f"opened_{ticket.kind}"
    outcome = read_outcomes().get(ticket.outcome or "", "")
    return str(words[name]).format(who=call(holder), outcome=outcome)


def tell_promise(ticket: Ticket, now: datetime) -> tuple[str, bool]:
    """By when somebody answers, and whether that time has gone by; "" when nothing is owed."""
    if ticket.due_at is None or ticket.status not in PROMISED:
        return "", False
    is_late = ticket.due_at < now
    words = read_texts()["own_case"]["broken" if is_late else "promised"]
    return str(words).format(at=tell_moment(ticket.due_at, now)), is_late


def _steps(ticket: Ticket, holder: Person | None) -> list[Step]:
    """What was done, what is under way, what is still to come."""
    words, who = read_texts()["own_case"]["steps"], call(holder)
    done = [Step(words[f"sent_{ticket.kind}"], show_time(ticket.created_at))]
    if ticket.accepted_at:
        taken = words["taken" if holder else "moved"].format(who=who)
        done.append(Step(taken, show_time(ticket.accepted_at)))
    if ticket.answered_at:
        done.append(Step(words["answered"], show_time(ticket.answered_at)))
    if ticket.status not in ("answered", "withdrawn", "closed"):
        done.append(Step(tell_state(ticket, holder)))
    if ticket.status not in UNFINISHED:
        ended = show_time(ticket.closed_at) if ticket.closed_at else ""
        return [*done, Step(tell_state(ticket, holder), ended)]
    ahead = ["done"] if ticket.answered_at else ["answer", "done"]
    if ticket.status in ("opened", "offered"):
        ahead = ["take", *ahead]
    return [*done, *(Step(words[f"ahead_{name}"], is_ahead=True) for name in ahead)]


def _readers(session: Any, ticket: Ticket) -> list[str]:
    held = fetch_held(session, ticket.conversation_id)
    others = [other.person_id for other in held if other.id != ticket.id]
    return [call(person) for person in fetch_people(session, others).values()]


def _corrector(session: Any, ticket: Ticket) -> str:
    """Who corrected the sheet last, "" when it is as the worker sent it."""
    author = next((v.author for v in reversed(fetch_versions(session, ticket.id))), WORKER)
    number = person_of(author)
    return call(fetch_people(session, [number]).get(number)) if number else ""
