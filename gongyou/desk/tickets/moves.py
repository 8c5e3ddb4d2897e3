"""The one table of a ticket's moves (moves.yaml), and the guarded UPDATE that makes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import NotAllowed, NotFound, WrongState
from gongyou.desk.tickets.table import Kind, Status, Ticket

FILE = Path(__file__).with_name("moves.yaml")
UNFINISHED: tuple[Status, ...] = ("opened", "offered", "accepted", "answered", "waiting")
HELD: tuple[Status, ...] = ("accepted", "answered", "waiting")


@dataclass(frozen=True, slots=True)
class Move:
    """From one of the states `start` to the state `end`; `title` is its name for people."""

    title: str
    start: tuple[Status, ...]
    end: Status


@cache
def read_moves() -> Mapping[str, Move]:
    """Every move by its name."""
    table = _read()["moves"]
    return {name: Move(m["title"], tuple(m["from"]), m["to"]) for name, m in table.items()}


@cache
def read_statuses() -> Mapping[str, str]:
    """Every state and what people call it, in the order of a ticket's life."""
    return dict(_read()["statuses"])


@cache
def read_outcomes() -> Mapping[str, str]:
    """How a case may end, and what people call it."""
    return dict(_read()["outcomes"])


@cache
def outcomes_of(kind: Kind) -> Mapping[str, str]:
    """The outcomes that a case of this kind may have."""
    left_out: list[str] = _read()["never_aid" if kind == "aid" else "aid_alone"]
    return {name: title for name, title in read_outcomes().items() if name not in left_out}


def get_ticket(session: Session, ticket_id: int) -> Ticket:
    """The ticket as it is in the database now. Raises NotFound."""
    ticket = session.get(Ticket, ticket_id, populate_existing=True)
    if ticket is None:
        raise NotFound("ticket_missing")
    return ticket


def lock_ticket(session: Session, ticket_id: int) -> Ticket:
    """The ticket as it is now, its chat held until the transaction ends.

    Every step begins here, so the steps of one chat queue in one order: chat, ticket, offers, and
    the trail last. None waits for another in a ring. Raises NotFound.
    """
    lock_conversation(session, get_ticket(session, ticket_id).conversation_id)
    return get_ticket(session, ticket_id)


def move_ticket(
    session: Session, ticket_id: int, name: str, *only_if: ColumnElement[bool], **columns: Any
) -> Ticket:
    """Make the move if the ticket is where it starts and `only_if` holds, all in one UPDATE.

    Raises WrongState, NotAllowed (it is there, but `only_if` does not hold), NotFound.
    """
    move = read_moves()[name]
    guarded = update(Ticket).where(Ticket.id == ticket_id, Ticket.status.in_(move.start), *only_if)
    moved = session.scalars(
        guarded.values(status=move.end, **columns).returning(Ticket),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if moved is None:
        raise _refusal(session, ticket_id, name)
    return moved


def _refusal(session: Session, ticket_id: int, name: str) -> WrongState | NotAllowed:
    found = get_ticket(session, ticket_id).status
    if found in read_moves()[name].start:
        return NotAllowed("move_not_yours", move=read_moves()[name].title)
    return wrong_state(name, found)


def wrong_state(name: str, found: Status) -> WrongState:
    """The refusal of a move, in the words of the table."""
    move, words = read_moves()[name], read_statuses()
    return WrongState(move.title, words[found], [words[status] for status in move.start])


@cache
def _read() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return table
