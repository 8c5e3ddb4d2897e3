"""A call as its clerk sees it: what to read out now, what was said before, the receipt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gongyou.clock import CHINA
from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import Conversation
from gongyou.desk.chat.messages import Message, fetch_messages
from gongyou.desk.people.roles import EVERYWHERE
from gongyou.desk.tickets.table import CRISIS
from gongyou.hotlines import read_hotlines
from gongyou.web.answer_card import KIND, shown_part
from gongyou.web.crisis import is_danger
from gongyou.web.names import Names
from gongyou.web.texts import read_texts

# What the page has doors of its own for, where the caller is asked whether they agree.
OWN_DOORS: Final = frozenset({"/human_handoff", "/find_lawyer", "gateway:handoff"})
SHEET: Final = "facts_sheet"


@dataclass(frozen=True)
class Said:
    """One message to read out. `buttons`: index and title of each choice; `card` may be empty."""

    id: int
    speaker: str
    text: str
    card: Mapping[str, Any]
    buttons: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CallView:
    """The page. `now`: said since the caller's last words; `before`: speaker and words of the rest.

    `receipt`: grouped digits, "" while nobody was called. `has_sheet`: a facts sheet waits to be
    sent. `mark` changes whenever the page has something new.
    """

    id: int
    started: str
    region: str
    is_waiting: bool
    is_danger: bool
    with_person: bool
    asked: str
    now: tuple[Said, ...]
    before: tuple[tuple[str, str], ...]
    receipt: str
    has_sheet: bool
    mark: str


def read_view(session: Any, call: HotlineCall, names: Names, is_waiting: bool) -> CallView:
    """`is_waiting`: the bot still thinks."""
    messages = fetch_messages(session, call.conversation_id, for_worker=True)
    mode = session.get_one(Conversation, call.conversation_id).mode
    last_words = max((one.id for one in messages if one.sender == "worker"), default=0)
    newest = messages[-1].id if messages else 0
    return CallView(
        id=call.id,
        started=show_hour(call.started_at),
        region=names.region(call.region) if call.region != EVERYWHERE else "",
        is_waiting=is_waiting,
        is_danger=any(_tells_danger(message) for message in messages),
        with_person=mode == "person",
        asked=next((one.text for one in messages if one.id == last_words), ""),
        now=tuple(
            _show(one) for one in messages if one.id > last_words and not _card(one).get("receipt")
        ),
        before=tuple(_tell(one) for one in messages if one.id < last_words),
        receipt=next(_receipts(messages), ""),
        has_sheet=unsent_sheet(messages) is not None,
        mark=f"{newest}:{mode}:{'waits' if is_waiting else ''}",
    )


def show_hour(moment: datetime) -> str:
    """10:05, Chinese time."""
    return f"{moment.astimezone(CHINA):%H:%M}"


def unsent_sheet(messages: Sequence[Message]) -> Mapping[str, Any] | None:
    """The newest facts sheet, unless it was sent to a lawyer already."""
    sent = {_card(message).get("sheet") for message in messages}
    for message in reversed(messages):
        if message.sender == "bot" and _card(message).get("kind") == SHEET:
            return None if message.id in sent else _card(message)
    return None


def told_so_far(session: Any, conversation_id: str) -> str:
    """Conclusion and arithmetic of the last answer card, for the person who takes over."""
    for message in reversed(fetch_messages(session, conversation_id, for_worker=True)):
        card = _card(message)
        if card.get("kind") == KIND:
            return "\n".join([str(card["conclusion"]), *map(str, card["workings"])])
    return ""


def _show(message: Message) -> Said:
    offered = (message.payload or {}).get("buttons") or ()
    card = shown_part(_card(message)) or {}
    return Said(
        id=message.id,
        speaker=_speaker(message),
        text="" if card.get("text") == message.text else message.text,
        card=card,
        buttons=tuple(
            (index, str(button["title"]))
            for index, button in enumerate(offered)
            if button["payload"] not in OWN_DOORS
        ),
    )


def _tell(message: Message) -> tuple[str, str]:
    card = _card(message)
    said = message.text or card.get("conclusion") or card.get("text") or card.get("title") or ""
    return _speaker(message), str(said or read_texts()["call_words"]["sheet"])


def _speaker(message: Message) -> str:
    words: Mapping[str, str] = read_texts()["call_words"]["speakers"]
    person = (message.payload or {}).get("person") or {}
    return str(person.get("shown") or words[message.sender])


def _tells_danger(message: Message) -> bool:
    """The caller's own words, or the card with which the bot met them."""
    if message.sender == "worker":
        return is_danger(message.text)
    return _card(message).get("lines") == read_hotlines(CRISIS)


def _receipts(messages: Sequence[Message]) -> Iterator[str]:
    """The newest first."""
    return (str(code) for one in reversed(messages) if (code := _card(one).get("receipt")))


def _card(message: Message) -> Mapping[str, Any]:
    return (message.payload or {}).get("custom") or {}
