"""The page after a step that could not be made: what happened, what was typed, where to go on."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk import errors
from gongyou.desk.people.accounts import Person
from gongyou.desk.tickets.moves import read_statuses
from gongyou.desk.tickets.standing import Standing, fetch_standing
from gongyou.web import csrf
from gongyou.web.errors import BadInput, NotFound
from gongyou.web.keys import DESK
from gongyou.web.refused import status_of
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.pages import render
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import read_desk

type Refusable = errors.Refused | errors.DeskUnavailable | BadInput


@dataclass(frozen=True)
class Typed:
    """What was in the form: the field's name, its label, and its text."""

    name: str
    text: str

    @property
    def label(self) -> str:
        return str(read_texts()["typed_labels"][self.name])


@dataclass(frozen=True)
class Refusal:
    """`step`: where the same form can be sent again, `back`: the page it came from; "" for none."""

    id: int
    text: str
    state: str
    typed: Typed | None
    step: str
    back: str


async def show_refusal(
    request: web.Request,
    person: Person,
    step: str,
    error: Refusable,
    typed: Typed | None = None,
) -> web.Response:
    """Leads back to the case and keeps what was typed.

    Raises NotFound for a ticket this person never had to do with.
    """
    number, kept = ticket_id(request), typed if typed and typed.text else None
    if isinstance(error, errors.DeskUnavailable):  # do not ask it again what holds
        refusal = Refusal(number, say("step_undone"), "", kept, step, case_path(number))
    else:
        standing = await read_desk(request.app[DESK], fetch_standing, number, person)
        if standing is None:
            raise NotFound("ticket_missing")
        refusal = Refusal(
            id=number,
            text=_say_why(step, standing, error),
            state=read_statuses()[standing.status],
            typed=kept,
            step=_next_step(step, standing, error),
            back=_back(step, standing, number),
        )
    context: dict[str, Any] = {"refusal": refusal, "key": csrf.new_key()}
    status = error.status if isinstance(error, BadInput) else status_of(error)
    return render(request, person, "desk/cases/refused.html", context, status)


async def show_gone(
    request: web.Request, person: Person, missing: str = "ticket_missing"
) -> web.Response:
    """404; a lawyer who had to do with the case is told what became of it.

    Raises NotFound with the sentence `missing` for everybody else.
    """
    number = ticket_id(request)
    standing = await read_desk(request.app[DESK], fetch_standing, number, person)
    if standing is None or (standing.can_read and missing != "ticket_missing"):
        raise NotFound(missing)
    if standing.status == "withdrawn":
        text = say("refused_withdrawn")
    elif person.role == "lawyer" and not standing.can_read:
        text = say("gone_moved")
    else:
        raise NotFound("ticket_missing")
    return render(request, person, "desk/cases/gone.html", {"id": number, "text": text}, 404)


def _say_why(step: str, standing: Standing, error: Refusable) -> str:
    """What happened meanwhile, in words for it; else the refusal's own."""
    if isinstance(error, BadInput):
        return error.text
    if isinstance(error, errors.TooManyTags):  # whoever holds the case
        return str(error)
    name = _what_happened(step, standing)
    return say(name) if name else str(error)


def _back(step: str, standing: Standing, number: int) -> str:
    if step == "assign":
        return f"{case_path(number)}/routing"
    return case_path(number) if standing.can_read else ""


def _what_happened(step: str, standing: Standing) -> str:
    if standing.status == "withdrawn":
        return "refused_withdrawn"
    if standing.status == "closed":
        return "refused_closed" if standing.is_holder else "refused_closed_by_other"
    if step == "assign" or standing.is_holder or (standing.can_read and not standing.is_held):
        return ""
    if step in ("accept", "decline"):
        return "refused_taken" if standing.is_held else "refused_passed_on"
    return "refused_moved"


def _next_step(step: str, standing: Standing, error: Refusable) -> str:
    """A closed case can be opened again with the words; a form with a mistake be sent again."""
    if isinstance(error, BadInput):
        return step
    if standing.status == "closed" and standing.is_holder and step in ("reply", "ask"):
        return "reopen"
    return ""
