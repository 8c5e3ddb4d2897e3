"""What a worker said, taken out of the record for good.

Left of a case is what statistics need: topic, region, dates, outcome, and the receipt's hash, so
that its code can still be told that the case is erased. The audit trail stays whole: it never had
a name or a word in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import CursorResult, Delete, delete, select, update
from sqlalchemy.orm import Session

from gongyou.desk.answers.table import Answer, AnswerRule, Rating
from gongyou.desk.audit import hold_trail, record
from gongyou.desk.calls.table import HotlineCall
from gongyou.desk.chat.conversations import Conversation, ConversationKey, hold_conversation
from gongyou.desk.chat.marks import ReadMark
from gongyou.desk.chat.messages import Message
from gongyou.desk.files.attachments import Attachment, AttachmentContent
from gongyou.desk.keeping.errors import NoSuchCase
from gongyou.desk.keeping.scrubbing import overwrite_deleted
from gongyou.desk.review.forgetting import forget_cases
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.teaching.run_table import TrainingExample
from gongyou.desk.teaching.table import Correction
from gongyou.desk.tickets.aid import AidPaper
from gongyou.desk.tickets.life import withdraw_ticket
from gongyou.desk.tickets.moves import UNFINISHED
from gongyou.desk.tickets.reading import fetch_conversation_by_receipt
from gongyou.desk.tickets.sheets import SheetVersion
from gongyou.desk.tickets.table import NORMAL, Ticket

OPERATOR: Final = "operator"


@dataclass(frozen=True, slots=True)
class Erased:
    """What went. `sender` is what Rasa knows the chat by: its own memory is to go too."""

    sender: str
    tickets: Sequence[int]
    messages: int
    files: int


def find_conversation(session: Session, receipt: str) -> Conversation:
    """The chat of a receipt code as typed, also an erased one. Raises NoSuchCase."""
    conversation = fetch_conversation_by_receipt(session, receipt)
    if conversation is None:
        raise NoSuchCase("no case has this receipt code: 16 digits, as the worker was shown them")
    return conversation


def erase_conversation(
    session: Session, conversation_id: str, now: datetime, actor: str = OPERATOR
) -> Erased:
    """Everything the worker said and sent; unfinished cases end as withdrawn.

    Safe to repeat. `scrubbing.scrub` afterwards takes the bytes out of the file. Raises NotFound.
    """
    overwrite_deleted(session)
    conversation = hold_conversation(session, conversation_id)
    tickets = _withdraw_all(session, conversation_id, now)
    files = _erase_files(session, tickets)
    _blank_tickets(session, tickets)
    forget_cases(session, tickets)
    _erase_answers(session, conversation_id)
    _erase_corrections(session, conversation_id)
    messages = _delete(session, delete(Message).where(Message.conversation_id == conversation_id))
    _delete(session, delete(ReadMark).where(ReadMark.conversation_id == conversation_id))
    _delete(session, delete(HotlineCall).where(HotlineCall.conversation_id == conversation_id))
    keys = delete(ConversationKey).where(ConversationKey.conversation_id == conversation_id)
    _delete(session, keys)
    conversation.mode = "bot"
    conversation.erased_at = conversation.erased_at or now
    for number in tickets:
        record(session, actor, "case.erase", f"ticket:{number}", now)
    session.flush()
    return Erased(conversation_id, tickets, messages, files)


def _withdraw_all(session: Session, conversation_id: str, now: datetime) -> list[int]:
    """Every ticket of the chat, none of them unfinished any more; holders are told."""
    query = select(Ticket).where(Ticket.conversation_id == conversation_id).order_by(Ticket.id)
    tickets = session.scalars(query).all()
    for ticket in tickets:
        if ticket.status in UNFINISHED:
            withdraw_ticket(session, conversation_id, ticket.id, now)
    return [ticket.id for ticket in tickets]


def _erase_files(session: Session, tickets: Sequence[int]) -> int:
    files = select(Attachment.id).where(Attachment.ticket_id.in_(tickets))
    content = delete(AttachmentContent).where(AttachmentContent.attachment_id.in_(files))
    _delete(session, content)
    return _delete(session, delete(Attachment).where(Attachment.ticket_id.in_(tickets)))


def _erase_answers(session: Session, conversation_id: str) -> None:
    """Each with its rating; the versions of the rules are nobody's."""
    of_chat = select(Answer.id).where(Answer.conversation_id == conversation_id)
    for kept in (Rating, AnswerRule):
        _delete(session, delete(kept).where(kept.answer_id.in_(of_chat)))
    _delete(session, delete(Answer).where(Answer.conversation_id == conversation_id))


def _erase_corrections(session: Session, conversation_id: str) -> None:
    """What the bot was taught with the worker's words; the next training is without them."""
    hold_trail(session)  # a training that begins now takes them first, or finds them gone
    of_chat = select(Correction.id).where(Correction.conversation_id == conversation_id)
    learnt = delete(TrainingExample).where(TrainingExample.correction_id.in_(of_chat))
    _delete(session, learnt)
    _delete(session, delete(Correction).where(Correction.conversation_id == conversation_id))


def _blank_tickets(session: Session, tickets: Sequence[int]) -> None:
    for kept in (SheetVersion, AidPaper):
        _delete(session, delete(kept).where(kept.ticket_id.in_(tickets)))
    session.execute(update(Offer).where(Offer.ticket_id.in_(tickets)).values(note=None))
    blank = update(Ticket).where(Ticket.id.in_(tickets))
    session.execute(
        blank.values(
            facts={},
            sources={},
            conclusion=None,
            summary="",
            words="",
            contact="",
            employer="",
            employer_key=None,
            employer_agreed=False,
            closing_note=None,
            transfer_note=None,
            priority=NORMAL,
            reasons=[],
            deadline_on=None,
        )
    )


def _delete(session: Session, statement: Delete) -> int:
    """How many rows went."""
    done = session.execute(statement, execution_options={"synchronize_session": False})
    return done.rowcount if isinstance(done, CursorResult) else 0
