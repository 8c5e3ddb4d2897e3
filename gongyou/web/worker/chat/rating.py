"""POST /api/ratings: one tap on an answer, and perhaps a word."""

from datetime import datetime
from typing import Any, cast

from aiohttp import web

from gongyou.desk.answers.ratings import WORD_LIMIT, Rated, rate_answer
from gongyou.desk.answers.table import VERDICTS, Verdict
from gongyou.desk.chat.conversations import fetch_conversation
from gongyou.desk.chat.messages import write_message
from gongyou.desk.errors import NotFound, RatingFixed
from gongyou.web import cookies
from gongyou.web.cookies import CHAT
from gongyou.web.errors import BadInput
from gongyou.web.keys import CLOCK, DESK, NOTIFIER
from gongyou.web.requests import clean, read_json
from gongyou.web.texts import buttons, say
from gongyou.web.threads import in_desk

HIGHEST_ID = 2**53


async def post_rating(request: web.Request) -> web.Response:
    """Stored once an answer. What did not help is offered a person at once, by the gateway."""
    message_id, verdict, word = read_rating(await read_json(request))
    desk, token, now = request.app[DESK], cookies.read(request, CHAT), request.app[CLOCK]()
    try:
        conversation_id = await in_desk(desk, _rate, token, message_id, verdict, word, now)
    except RatingFixed:
        raise BadInput("rating_fixed") from None
    except NotFound:
        raise BadInput("rating_gone") from None
    request.app[NOTIFIER].notify(conversation_id)
    return web.json_response({"verdict": verdict})


def read_rating(body: dict[str, Any]) -> tuple[int, Verdict, str]:
    """The message, the verdict, the word ("" for none). Raises BadInput."""
    message_id, word = body.get("message"), body.get("word") or ""
    if type(message_id) is not int or not 0 < message_id < HIGHEST_ID:
        raise BadInput("rating_gone")
    if not isinstance(word, str):
        raise BadInput("json_bad")
    cleaned = clean(word)
    if len(cleaned) > WORD_LIMIT:
        raise BadInput("rating_long", limit=WORD_LIMIT, length=len(cleaned))
    return message_id, _read_verdict(body.get("verdict")), cleaned


def _read_verdict(verdict: Any) -> Verdict:
    if verdict not in VERDICTS:
        raise BadInput("json_bad")
    return cast(Verdict, verdict)


def _rate(
    session: Any, token: str, message_id: int, verdict: Verdict, word: str, now: datetime
) -> str:
    conversation = fetch_conversation(session, token) if token else None
    if conversation is None:
        raise BadInput("rating_gone")
    rated = rate_answer(session, conversation.id, message_id, verdict, word, now)
    if rated.review is not None:
        _offer_person(session, rated, now)
    return conversation.id


def _offer_person(session: Any, rated: Rated, now: datetime) -> None:
    """Once an answer, however often it is rated; where a person has the chat, they are there."""
    write_message(
        session,
        rated.answer.conversation_id,
        sender="system",
        text=say("offer_person"),
        payload={"reply_to": rated.answer.message_id, "buttons": buttons("person")},
        client_key=f"unsolved:{rated.answer.id}",
        now=now,
    )
