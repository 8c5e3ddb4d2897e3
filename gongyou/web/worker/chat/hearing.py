"""The worker wrote or sent something: what waited for them goes on, and the holder is told."""

from datetime import datetime
from typing import Any

from gongyou.desk.notices.telling import tell_person
from gongyou.desk.tickets.life import hear_worker
from gongyou.desk.tickets.own import fetch_held, last_words_of
from gongyou.intake import promise
from gongyou.rulebook import Rulebook


def hear(session: Any, conversation_id: str, rulebook: Rulebook, now: datetime) -> None:
    """Each ticket that waited gets a promise of its own; each holder one notice a stretch.

    A stretch lasts until the holder writes again: whoever sends ten lines is heard once.
    """
    for ticket in hear_worker(session, conversation_id, now):
        ticket.due_at = promise(rulebook, ticket.kind, ticket.priority, now)
    for ticket in fetch_held(session, conversation_id):
        assert ticket.person_id is not None
        last = last_words_of(session, conversation_id, ticket.person_id)
        event = f"wrote:{ticket.id}:{last}"
        tell_person(session, ticket.person_id, "worker_wrote", ticket, event, now)
