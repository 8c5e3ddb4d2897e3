"""POST /api/tickets: the facts sheet goes to a lawyer, a receipt comes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.chat.messages import is_sent, write_message
from gongyou.desk.routing.offers import route_ticket
from gongyou.desk.tickets.opening import Employer, OpenedTicket, count_open, open_ticket
from gongyou.desk.tickets.receipts import group_digits
from gongyou.intake import judge_case
from gongyou.web import cookies
from gongyou.web.cookies import CHAT
from gongyou.web.errors import BadInput
from gongyou.web.keys import DESK, NOTIFIER
from gongyou.web.receipts import ticket_card
from gongyou.web.requests import clean, read_json, read_key
from gongyou.web.setting import Setting, setting_of
from gongyou.web.texts import read_texts, say
from gongyou.web.threads import in_desk
from gongyou.web.worker.chat.sheet import fetch_sheet, read_facts

WORDS_LIMIT = 2_000
CONTACT_LIMIT = 200
EMPLOYER_LIMIT = 100
MOST_OPEN = 5  # tickets of one chat that nobody has taken yet


@dataclass(frozen=True)
class Form:
    """The sheet as the page sent it, not yet compared with what was asked."""

    topic: str
    facts: dict[str, Any]
    words: str
    contact: str
    employer: Employer
    key: str


async def post_ticket(request: web.Request) -> web.Response:
    """Open a legal-aid ticket; a sheet sent again, from any page, gives the same receipt."""
    form = read_form(await read_json(request))
    token, setting = cookies.read(request, CHAT), setting_of(request)
    receipt, number, conversation_id = await in_desk(request.app[DESK], _open, token, form, setting)
    request.app[NOTIFIER].notify(conversation_id)
    return web.json_response({"receipt": receipt, "case": number}, status=201)


def read_form(body: dict[str, Any]) -> Form:
    """Consent, key and lengths. Raises BadInput."""
    if body.get("consent") is not True:
        raise BadInput("consent_needed", fields={"consent": say("consent_needed")})
    facts, topic = body.get("facts"), body.get("topic")
    if not isinstance(facts, dict) or not isinstance(topic, str):
        raise BadInput("json_bad")
    return Form(
        topic=topic,
        facts=facts,
        words=_read_note(body, "words", WORDS_LIMIT),
        contact=_read_note(body, "contact", CONTACT_LIMIT),
        employer=Employer(
            _read_note(body, "employer", EMPLOYER_LIMIT), agreed=body.get("employer_agreed") is True
        ),
        key=read_key(body),
    )


def _read_note(body: dict[str, Any], name: str, limit: int) -> str:
    raw = body.get(name) or ""
    if not isinstance(raw, str):
        raise BadInput("json_bad")
    text = clean(raw)
    if len(text) > limit:
        label = read_texts()["form_labels"][name]
        error = say("field_long", label=label, limit=limit)
        raise BadInput("form_errors", fields={name: error})
    return text


def _open(session: Any, token: str, form: Form, setting: Setting) -> tuple[str, int, str]:
    """The receipt in groups of four, the ticket's number, and the conversation."""
    conversation = fetch_conversation(session, token) if token else None
    if conversation is None:
        raise BadInput("no_conversation")
    opened = send_sheet(session, conversation.id, form, setting)
    return group_digits(opened.receipt), opened.ticket.id, conversation.id


def send_sheet(session: Any, conversation_id: str, form: Form, setting: Setting) -> OpenedTicket:
    """The newest sheet of the conversation goes to a lawyer, once. Raises BadInput."""
    now = setting.now
    sheet_id, sheet = fetch_sheet(session, conversation_id, form.topic)
    facts = read_facts(sheet["fields"], form.facts)
    is_repeat = is_sent(session, conversation_id, f"sheet:{sheet_id}")
    if not is_repeat and count_open(session, conversation_id) >= MOST_OPEN:
        raise BadInput("too_many_tickets")
    opened = open_ticket(
        session,
        conversation_id,
        kind="legal_aid",
        topic=form.topic,
        region=setting.names.region_code(facts.get("region", {}).get("text", "")),
        facts=facts,
        sources={f["name"]: f["source"] for f in sheet["fields"] if f.get("source")},
        summary=str(sheet.get("summary") or ""),
        words=form.words,
        contact=form.contact,
        consent=True,
        employer=form.employer,
        judgement=judge_case(setting.rulebook, "legal_aid", form.topic, facts, now, setting.today),
        idempotency_key=f"sheet:{sheet_id}",
        now=now,
    )
    if opened.is_new:
        route_ticket(session, opened.ticket.id, setting.is_workday, now)
    _say_so(session, opened, sheet_id, now)
    return opened


def _say_so(session: Any, opened: OpenedTicket, sheet_id: int, now: datetime) -> None:
    """The receipt in the chat, once for each ticket; the page closes that sheet."""
    card = ticket_card("sent_to_lawyer", opened.receipt)
    card |= {"sheet": sheet_id, "case": opened.ticket.id}
    write_message(
        session,
        opened.ticket.conversation_id,
        sender="system",
        text=card["text"],
        payload={"custom": card},
        client_key=f"sheet:{sheet_id}",
        now=now,
    )
