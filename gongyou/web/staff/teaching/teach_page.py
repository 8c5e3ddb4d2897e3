"""One sentence of a chat, made into a lesson: without names, with its right topic and facts."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.anonymising import find_personal, replace
from gongyou.desk.errors import AlreadySettled, Contradicts, NotFound
from gongyou.desk.people.accounts import Person
from gongyou.desk.teaching.acted_on import topic_acted_on
from gongyou.desk.teaching.proposing import Lesson, fetch_live, get_sentence, propose
from gongyou.desk.tickets.reading import fetch_ticket
from gongyou.desk.tickets.standing import fetch_open_to
from gongyou.desk.tickets.table import Ticket
from gongyou.web import csrf
from gongyou.web.keys import DESK
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import ticket_id
from gongyou.web.staff.pages import back_to, render
from gongyou.web.staff.teaching.contradicting import tell_contradiction
from gongyou.web.staff.teaching.facts import fact_labels
from gongyou.web.staff.teaching.marks import Piece, marked
from gongyou.web.staff.teaching.own_sentences import read_own_sentences
from gongyou.web.staff.teaching.teach_form import (
    LONGEST,
    Read,
    TeachForm,
    blank_rows,
    one_line,
    read_form,
)
from gongyou.web.staff.teaching.topics import name_topic, topic_shelves
from gongyou.web.staff.teaching.warming import warm_up
from gongyou.web.threads import in_desk, read_desk


@dataclass(frozen=True)
class Sentence:
    """The worker's words, and what the bot made of them; `found`: facts by name, in words.

    `taught`: the correction that the message has already, None when it has none.
    """

    ticket: int
    message: int
    said: str
    pieces: tuple[Piece, ...]
    proposal: str
    was_topic: str | None
    was: str
    found: dict[str, str]
    taught: int | None


@permitted("correction.propose")
async def show_teach(request: web.Request, person: Person) -> web.Response:
    """The sentence without its names, to be put right; the look goes into the audit trail."""
    await warm_up()
    setting = setting_of(request)
    work = (ticket_id(request), _message_id(request), person, setting)
    await in_desk(request.app[DESK], _look, *work)
    sentence = await read_desk(request.app[DESK], _read, *work)
    form = TeachForm(sentence.proposal, "", blank_rows(sentence.found))
    return _page(request, person, sentence, form)


@permitted("correction.propose")
async def post_teach(request: web.Request, person: Person) -> web.Response:
    """Put before a second person; the page again when something is wrong with it."""
    sent, setting = await csrf.read_form(request), setting_of(request)
    await warm_up()
    work = (ticket_id(request), _message_id(request), person, setting)
    sentence = await read_desk(request.app[DESK], _read, *work)
    read = read_form(sent, setting, sentence.found, sentence.was_topic)
    if not read.is_good:
        return _page(request, person, sentence, read.form, status=400)
    try:
        await in_desk(request.app[DESK], _propose, sentence, read, person, setting)
    except AlreadySettled as error:
        return _page(request, person, sentence, read.form, str(error), 409)
    except Contradicts as error:
        said = tell_contradiction(error, setting.names)
        return _page(request, person, sentence, read.form, said, 409)
    return back_to("/desk/teaching?done=taught")


def _message_id(request: web.Request) -> int:
    return int(request.match_info["message"])


def _look(session: Any, number: int, message_id: int, person: Person, setting: Setting) -> None:
    """Tells the trail, in a moment of its own: looking for names takes up to a second."""
    fetch_ticket(session, number, person, setting.now)


def _read(session: Any, number: int, message_id: int, person: Person, setting: Setting) -> Sentence:
    ticket = fetch_open_to(session, number, person)
    if ticket is None:
        raise NotFound("ticket_missing")
    return _show(session, ticket, message_id, setting)


def _show(session: Any, ticket: Ticket, message_id: int, setting: Setting) -> Sentence:
    message = get_sentence(session, ticket, message_id)
    was_topic, live = topic_acted_on(session, message), fetch_live(session, message_id)
    said = one_line(message.text)
    told = {
        name: one for name, one in ticket.facts.items() if ticket.sources.get(name) == message.id
    }
    return Sentence(
        ticket=ticket.id,
        message=message.id,
        said=said,
        pieces=marked(said),
        proposal=replace(said, find_personal(said)),
        was_topic=was_topic,
        was=name_topic(setting.names, was_topic) if was_topic else "",
        found={name: setting.names.facts({name: one})[0][1] for name, one in told.items()},
        taught=live.id if live else None,
    )


def _propose(
    session: Any, sentence: Sentence, read: Read, person: Person, setting: Setting
) -> None:
    lesson = Lesson(read.form.text, read.form.topic, dict(read.facts), sentence.was_topic)
    ours = read_own_sentences()
    propose(session, sentence.ticket, sentence.message, lesson, person, ours, setting.now)


def _page(
    request: web.Request,
    person: Person,
    sentence: Sentence,
    form: TeachForm,
    refused: str = "",
    status: int = 200,
) -> web.Response:
    setting = setting_of(request)
    context = {
        "sentence": sentence,
        "form": form,
        "marks": marked(form.text) if form.lacks_sure else (),
        "refused": refused,
        "shelves": topic_shelves(setting.rulebook),
        "labels": fact_labels(setting.rulebook),
        "longest": LONGEST,
    }
    return render(request, person, "desk/teaching/teach.html", context, status)
