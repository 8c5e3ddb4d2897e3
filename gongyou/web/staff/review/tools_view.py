"""The officers' tools of one case as its pages show them: flag, tags, notes, for later."""

from dataclasses import dataclass
from typing import Any

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.people.permissions import may
from gongyou.desk.review.flags import fetch_flag
from gongyou.desk.review.later import fetch_saved
from gongyou.desk.review.notes import LONGEST as NOTE_LONGEST
from gongyou.desk.review.notes import fetch_notes
from gongyou.desk.review.tags import LONGEST as TAG_LONGEST
from gongyou.desk.review.tags import MOST_TAGS, fetch_known, fetch_tags
from gongyou.desk.tickets.table import Ticket
from gongyou.web.setting import Setting
from gongyou.web.staff.review.words import tell_later
from gongyou.web.texts import call_person
from gongyou.web.times import Said, show_time


@dataclass(frozen=True)
class NoteLine:
    author: str
    at: str
    text: str


@dataclass(frozen=True)
class ToolsView:
    """`flag`: who marked it and when, "" for a case that is not marked. `tags`: number and name.
    `day`: until when it is put aside, as a date field takes it."""

    flag: str
    tags: tuple[tuple[int, str], ...]
    known: tuple[str, ...]
    notes: tuple[NoteLine, ...]
    later: Said | None
    day: str
    today: str
    tag_longest: int = TAG_LONGEST
    note_longest: int = NOTE_LONGEST

    @property
    def has_room(self) -> bool:
        return len(self.tags) < MOST_TAGS


def read_tools(session: Any, ticket: Ticket, person: Person, setting: Setting) -> ToolsView | None:
    """None for those who do not work with them. The caller has checked who reads."""
    if not may(person.role, "ticket.note"):
        return None
    flag = fetch_flag(session, ticket.id)
    notes = fetch_notes(session, [ticket.id]).get(ticket.id, ())
    tags = fetch_tags(session, [ticket.id]).get(ticket.id, ())
    saved = fetch_saved(session, person, [ticket.id]).get(ticket.id)
    ids = [note.person_id for note in notes] + ([flag.person_id] if flag else [])
    people = fetch_people(session, ids)
    names = {number: call_person(one.role, one.name) for number, one in people.items()}
    on_it = {tag.name for tag in tags}
    return ToolsView(
        flag=f"{names[flag.person_id]} {show_time(flag.created_at)}" if flag else "",
        tags=tuple((tag.id, tag.name) for tag in tags),
        known=tuple(name for name in fetch_known(session, person) if name not in on_it),
        notes=tuple(
            NoteLine(names[note.person_id], show_time(note.created_at), note.text) for note in notes
        ),
        later=tell_later(saved.until, setting.today) if saved else None,
        day=saved.until.isoformat() if saved and saved.until else "",
        today=setting.today.isoformat(),
    )
