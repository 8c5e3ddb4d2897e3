"""Search over the cases a person may read, newest first: number, topic, region, tags, notes, and
the words of their chats.

What was said is encrypted, so it is decrypted and looked through, so much at a time; a page ends
with the position where the next one goes on. A case fits when every word occurs somewhere in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from gongyou.desk.people.accounts import Person
from gongyou.desk.review.notes import fetch_notes
from gongyou.desk.review.snippets import Snippet, cut, fold
from gongyou.desk.review.tags import fetch_tags
from gongyou.desk.tickets.scope import readable
from gongyou.desk.tickets.table import Ticket, TicketLine
from gongyou.desk.tickets.talk import fetch_texts

MOST_SCANNED: Final = 2_500  # messages of one page; bench/search_speed.py
MOST_HITS: Final = 20  # of one page
MOST_WORDS: Final = 5
CASE_COSTS: Final = 10  # messages that finding a case and its tags takes as long as
CASES_AT_ONCE, TEXTS_AT_ONCE = 50, 250
HIGHEST: Final = 2**31 - 1

type Naming = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on: at this case or an older one; in it before this message (0: from its
    newest), with these words, as bits, found in newer messages of it."""

    ticket: int = HIGHEST
    message: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A case in which all words occur. `where`: number, topic, region, tag, note or message."""

    line: TicketLine
    where: str
    snippet: Snippet
    message: int = 0


@dataclass(frozen=True, slots=True)
class FoundCases:
    """One page. `next` is None at the end; `messages`, how many were looked through."""

    hits: Sequence[Hit]
    next: Position | None
    messages: int


@dataclass(slots=True)
class _Budget:
    left: int
    messages: int = 0

    def pay(self, messages: int) -> None:
        self.messages += messages
        self.left -= messages


@dataclass(slots=True)
class _Case:
    """One case being looked through: which words were found, and the best place to show."""

    words: Sequence[str]
    found: int = 0
    where: str = ""
    text: str = ""
    message: int = 0

    @property
    def is_whole(self) -> bool:
        return self.found == (1 << len(self.words)) - 1

    def see(self, where: str, text: str, message: int = 0) -> None:
        """Look for the words in a text; a later place is the better one to show."""
        folded = fold(text)
        for bit, word in enumerate(self.words):
            hits = word == folded if where == "number" else word in folded
            if hits and (not self.found >> bit & 1 or where != "message"):
                self.found |= 1 << bit
                self.where, self.text, self.message = where, text, message


@dataclass(slots=True)
class _Search:
    session: Session
    person: Person
    words: Sequence[str]
    naming: tuple[Naming, Naming]
    budget: _Budget
    hits: list[Hit] = field(default_factory=list)


def read_words(text: str) -> Sequence[str]:
    """The words that were typed, as they are compared; at most MOST_WORDS."""
    words = (fold(word) for word in text.split())
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def search_cases(
    session: Session,
    person: Person,
    words: Sequence[str],
    naming: tuple[Naming, Naming],
    start: Position = Position(),
    most: int = MOST_SCANNED,
) -> FoundCases:
    """One page from `start` on. `words` are read_words'; `naming` gives a topic's name and a
    region's. The caller tells the trail."""
    search = _Search(session, person, words, naming, _Budget(most))
    position: Position | None = start
    while position is not None and search.budget.left > 0 and len(search.hits) < MOST_HITS:
        position = _look_through(search, position)
    return FoundCases(search.hits, position, search.budget.messages)


def _look_through(search: _Search, start: Position) -> Position | None:
    """Some cases, as far as the page may go; where to go on, None when there are no more."""
    tickets = _fetch_cases(search, start.ticket)
    numbers = [ticket.id for ticket in tickets]
    notes, tags = fetch_notes(search.session, numbers), fetch_tags(search.session, numbers)
    for ticket in tickets:
        at = start if ticket.id == start.ticket else Position(ticket.id)
        if search.budget.left <= 0 or len(search.hits) >= MOST_HITS:
            return at
        case = _Case(search.words, at.found)
        for where, text in _head(search, ticket):
            case.see(where, text)
        for tag in tags.get(ticket.id, ()):
            case.see("tag", tag.name)
        for note in notes.get(ticket.id, ()):
            case.see("note", note.text)
        rest = _look_into_chat(search, ticket, case, at)
        if rest is not None:
            return rest
    return Position(numbers[-1] - 1) if len(tickets) == CASES_AT_ONCE else None


def _look_into_chat(search: _Search, ticket: Ticket, case: _Case, at: Position) -> Position | None:
    """The chat's messages, newest first, until all words are found; where it broke off."""
    search.budget.left -= CASE_COSTS
    before = at.message
    while not case.is_whole:
        if search.budget.left <= 0:
            return Position(ticket.id, before, case.found) if before else Position(ticket.id)
        texts = fetch_texts(search.session, ticket, before, TEXTS_AT_ONCE)
        search.budget.pay(len(texts))
        for number, text in texts:
            case.see("message", text, number)
            if case.is_whole:
                break
        if len(texts) < TEXTS_AT_ONCE:
            break
        before = texts[-1][0]
    if case.is_whole and case.where:  # a position made up may say that all was found
        line = TicketLine(*(getattr(ticket, name) for name in TicketLine.__dataclass_fields__))
        snippet = cut(case.text, search.words)
        search.hits.append(Hit(line, case.where, snippet, case.message))
    return None


def _fetch_cases(search: _Search, newest: int) -> Sequence[Ticket]:
    """Without what is encrypted in them."""
    names = (*TicketLine.__dataclass_fields__, "conversation_id", "closed_at")
    query = (
        select(Ticket)
        .where(Ticket.id <= newest, readable(search.session, search.person))
        .order_by(Ticket.id.desc())
        .limit(CASES_AT_ONCE)
        .options(load_only(*(getattr(Ticket, name) for name in names), raiseload=True))
    )
    return search.session.scalars(query).all()


def _head(search: _Search, ticket: Ticket) -> Iterator[tuple[str, str]]:
    name_topic, name_region = search.naming
    yield "region", name_region(ticket.region)
    yield "topic", name_topic(ticket.topic)
    yield "number", str(ticket.id)
