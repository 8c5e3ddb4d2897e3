"""Cases against an enterprise's own union, or perhaps against it: by the names as they were told.

A key tells equal names only; whether 郑州富士康精密 may be 富士康 has to be read. So the names are
read, each once, and what comes out is the keys that are kept from this officer.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, exists, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from gongyou.desk.errors import KeyMissing
from gongyou.desk.people.employer_names import same_enterprise
from gongyou.desk.tickets.table import Ticket
from gongyou.desk.vault import Vault, vault_of


def own_keys(session: Session, employer: str) -> Sequence[str]:
    """The keys of all tickets that may be against an enterprise of these names, one a line.

    A name that can no longer be read may be theirs, too. Worked out once for a session, until a
    ticket is added: a page asks for several lists.
    """
    newest = session.scalars(select(func.max(Ticket.id))).one()
    known: dict[object, Sequence[str]] = session.info.setdefault(own_keys, {})
    question = (employer, newest, vault_of(session))
    if question not in known:
        known[question] = read_keys(session, Ticket, employer)
    return known[question]


def read_keys(session: Session, table: Any, employer: str) -> Sequence[str]:
    """The keys in a table with id, employer_key and employer (encrypted) that may be theirs."""
    names, vault = tuple(employer.splitlines()), vault_of(session)
    first = select(func.min(table.id)).where(table.employer_key.is_not(None))
    told = select(table.employer_key, type_coerce(table.employer, Text)).where(
        table.id.in_(first.group_by(table.employer_key))
    )
    rows = session.execute(told).all()
    return [key for key, sealed in rows if key and _may_be_theirs(vault, sealed, names)]


def shares_chat_with(keys: Sequence[str]) -> ColumnElement[bool]:
    """Another ticket of the same chat has one of these keys, and the worker did not agree."""
    other = aliased(Ticket)
    return exists().where(
        other.conversation_id == Ticket.conversation_id,
        other.employer_key.in_(keys),
        other.employer_agreed.is_(False),
    )


@lru_cache(50_000)  # 2,000 names take some 40 ms, and every page of the officer asks
def _may_be_theirs(vault: Vault, sealed: str, names: tuple[str, ...]) -> bool:
    """Whether an employer told, still encrypted, may be an enterprise of one of these names."""
    try:
        told = vault.decrypt(sealed)
    except KeyMissing:
        return True
    return any(same_enterprise(told, name) for name in names)
