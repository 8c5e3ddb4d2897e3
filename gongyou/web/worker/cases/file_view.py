"""The files of a worker's case, and how the worker is told who of the desk sent them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongyou.desk.files.attachments import Attachment
from gongyou.desk.people.accounts import Person, person_of
from gongyou.desk.tickets.sheets import WORKER
from gongyou.web.files import show_size
from gongyou.web.texts import call_person, read_texts
from gongyou.web.times import show_time


@dataclass(frozen=True)
class File:
    """An attachment; only one's own can be taken back."""

    id: int
    name: str
    size: str
    author: str
    at: str
    is_own: bool


def show_files(files: Sequence[Attachment], people: Mapping[int, Person]) -> list[File]:
    return [_file(one, people.get(person_of(one.author) or 0)) for one in files]


def call(person: Person | None) -> str:
    """李律师; of somebody no longer known, just that it was somebody here."""
    nobody = str(read_texts()["own_case"]["somebody"])
    return call_person(person.role, person.name) if person else nobody


def _file(one: Attachment, person: Person | None) -> File:
    is_own = one.author == WORKER
    author = read_texts()["own_case"]["you"] if is_own else call(person)
    return File(one.id, one.name, show_size(one.size), author, show_time(one.created_at), is_own)
