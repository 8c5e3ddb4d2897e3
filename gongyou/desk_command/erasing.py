"""`erase`: a worker's case by its receipt code, or somebody who has left the staff."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from gongyou.desk.keeping.erasing import erase_conversation, find_conversation
from gongyou.desk.keeping.leaving import erase_person
from gongyou.desk.keeping.scrubbing import scrub
from gongyou.desk.keeping.trackers import forget_talk
from gongyou.desk_command.errors import BadInput
from gongyou.desk_command.office import Office
from gongyou.desk_command.tracker_place import find_tracker
from gongyou.settings import REPOSITORY

_WORD = "erase"


def lines(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Ask, erase, and write the files anew so that the bytes are gone too."""
    yield from _person(office, chosen) if chosen.person else _case(office, chosen)
    yield "backups made before still hold it: delete them, or let them run out"


def _case(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    """Rasa forgets first: after a failure there nothing is erased, and it can be tried again.

    And once more when nobody can write in the chat, for what came in between.
    """
    tracker = find_tracker(REPOSITORY / "bot" / "endpoints.yml", office.environment)
    with office.desk.reading() as session:
        sender = find_conversation(session, chosen.receipt).id
    _ask(chosen, "the chat, its cases and files; this cannot be undone")
    events = forget_talk(tracker, sender) if tracker is not None else 0
    with office.desk.transaction() as session:
        done = erase_conversation(session, sender, office.now)
    events += forget_talk(tracker, sender) if tracker is not None else 0
    cases = ", ".join(map(str, done.tickets))
    yield f"erased {done.messages} messages and {done.files} files of case {cases}"
    yield f"Rasa forgot {events} events" if tracker is not None else "Rasa keeps no tracker store"
    scrub(office.desk.engine)


def _person(office: Office, chosen: argparse.Namespace) -> Iterator[str]:
    _ask(chosen, f"name, login and profile of {chosen.person}; this cannot be undone")
    with office.desk.transaction() as session:
        person = erase_person(session, chosen.person, office.now)
    yield f"erased {chosen.person}, now person {person.id} without a name"
    scrub(office.desk.engine)


def _ask(chosen: argparse.Namespace, what: str) -> None:
    if chosen.yes:
        return
    try:
        typed = input(f"This erases {what}.{os.linesep}Type {_WORD} to go on: ")
    except EOFError:
        typed = ""
    if typed.strip() != _WORD:
        raise BadInput("nothing was erased")
