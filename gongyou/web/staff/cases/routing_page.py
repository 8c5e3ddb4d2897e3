"""Who was asked to take a case and what they said; who else could; an officer picks one."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from gongyou.desk.audit import record
from gongyou.desk.errors import DeskUnavailable, NotAllowed, Refused
from gongyou.desk.people.accounts import Person, actor_of
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.routing.candidates import fetch_candidates, wanted_for
from gongyou.desk.routing.matching import Candidate, Wanted, rank, reject_reason
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.offers import assign_ticket, fetch_offers
from gongyou.desk.routing.reasons import reason_text
from gongyou.desk.tickets.standing import fetch_listed
from gongyou.web import csrf
from gongyou.web.errors import BadInput
from gongyou.web.keys import DESK
from gongyou.web.requests import read_int
from gongyou.web.setting import Setting, setting_of
from gongyou.web.staff.access import permitted
from gongyou.web.staff.cases.address import case_path, ticket_id
from gongyou.web.staff.cases.head import Head, show_head
from gongyou.web.staff.cases.next_step import next_sentence
from gongyou.web.staff.cases.refusals import show_gone, show_refusal
from gongyou.web.staff.pages import back_to, render
from gongyou.web.texts import call_person, read_texts
from gongyou.web.threads import in_desk
from gongyou.web.times import show_time, tell_moment


@dataclass(frozen=True)
class OfferLine:
    """One lawyer asked: when, until when, what they said."""

    who: str
    offered: str
    answer: str
    answered: str
    until: str
    reasons: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class CandidateLine:
    """A lawyer with what speaks for them, or why they cannot be asked."""

    id: int
    who: str
    reasons: tuple[str, ...]
    can_be_asked: bool


@dataclass(frozen=True)
class Routing(Head):
    """Everything on the page; of the case only what a line of the list shows."""

    next: str
    fell: str
    transfer_note: str
    offers: tuple[OfferLine, ...]
    candidates: tuple[CandidateLine, ...]
    can_assign: bool


@permitted("ticket.routing")
async def show_routing(request: web.Request, person: Person) -> web.Response:
    number, setting = ticket_id(request), setting_of(request)
    routing = await in_desk(request.app[DESK], _read, number, person, setting)
    if routing is None:
        return await show_gone(request, person)
    return render(request, person, "desk/cases/routing.html", {"routing": routing})


@permitted("ticket.assign")
async def post_assign(request: web.Request, person: Person) -> web.StreamResponse:
    """The chosen lawyer is asked as always, and may say no."""
    form = await csrf.read_form(request)
    number, setting = ticket_id(request), setting_of(request)
    lawyer = read_int(form.get("lawyer"), 0, 0, 2**31)
    try:
        if not lawyer:
            raise BadInput("lawyer_missing")
        await in_desk(request.app[DESK], _assign, number, person, lawyer, setting)
    except (Refused, DeskUnavailable, BadInput) as error:
        return await show_refusal(request, person, "assign", error)
    return back_to(f"{case_path(number)}/routing?done=assigned")


def _assign(session: Any, number: int, person: Person, lawyer: int, setting: Setting) -> None:
    """The same click twice asks once. Raises as `assign_ticket`."""
    if fetch_listed(session, number, person) is None:
        raise NotAllowed("not_yours_to_assign")
    offers = fetch_offers(session, number)
    if not any(one.person_id == lawyer and one.answer == "pending" for one in offers):
        assign_ticket(session, number, person, lawyer, setting.is_workday, setting.now)


def _read(session: Any, number: int, person: Person, setting: Setting) -> Routing | None:
    ticket = fetch_listed(session, number, person)
    if ticket is None or ticket.kind != "legal_aid":
        return None
    record(session, actor_of(person), "ticket.routing", f"ticket:{number}", setting.now)
    candidates, offers = fetch_candidates(session, number), fetch_offers(session, number)
    ids = {one.person_id for one in candidates} | {one.person_id for one in offers}
    names = {
        key: call_person(one.role, one.name) for key, one in fetch_people(session, ids).items()
    }
    holder = fetch_people(session, [ticket.person_id]).values()
    wanted = wanted_for(ticket, setting.now)
    return Routing(
        **vars(show_head(ticket, setting)),
        next=next_sentence(ticket, person, "".join(one.name for one in holder)),
        fell=show_time(ticket.fell_at) if ticket.fell_at else "",
        transfer_note=ticket.transfer_note or "",
        offers=tuple(_offer(one, names, setting) for one in reversed(offers)),
        candidates=tuple(_candidates(wanted, candidates, names, setting)),
        can_assign=ticket.status == "opened",
    )


def _offer(offer: Offer, names: dict[int, str], setting: Setting) -> OfferLine:
    return OfferLine(
        who=names[offer.person_id],
        offered=show_time(offer.offered_at),
        answer=read_texts()["offer_answers"][offer.answer],
        answered=show_time(offer.settled_at) if offer.settled_at else "",
        until=tell_moment(offer.expires_at, setting.now) if offer.answer == "pending" else "",
        reasons=tuple(_tell(kept, setting) for kept in offer.reasons),
        note=offer.note or "",
    )


def _candidates(
    wanted: Wanted, candidates: list[Candidate], names: dict[int, str], setting: Setting
) -> list[CandidateLine]:
    """Those who may be asked, the best first; then the others with why not."""
    fitting = [
        CandidateLine(
            one.person_id, names[one.person_id], tuple(_tell(r, setting) for r in one.reasons), True
        )
        for one in rank(wanted, candidates, setting.is_workday)
    ]
    against = ((one.person_id, reject_reason(wanted, one)) for one in candidates)
    others = [
        CandidateLine(number, names[number], (_tell(why, setting),), False)
        for number, why in against
        if why is not None
    ]
    return fitting + others


def _tell(kept: str, setting: Setting) -> str:
    return reason_text(kept, setting.names.region, setting.names.topic)
