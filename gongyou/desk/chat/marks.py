"""How far each side of a chat has got: the highest message that reached it, and that it read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gongyou.desk.base import Base, one_of
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.chat.messages import Message

type Side = Literal["worker", "staff"]

SIDES: tuple[Side, ...] = ("worker", "staff")


class ReadMark(Base):
    """One side of one chat. Numbers of messages, which only ever grow; 0 for none."""

    __tablename__ = "read_marks"
    __table_args__ = (CheckConstraint(one_of("side", SIDES), name="side"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(String(8), primary_key=True)
    delivered: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True, slots=True)
class Reached:
    """The message numbers up to which a side's page has received, and a person has seen."""

    delivered: int = 0
    read: int = 0


def fetch_reached(session: Session, conversation_id: str) -> Mapping[Side, Reached]:
    """Of both sides."""
    rows = session.scalars(select(ReadMark).where(ReadMark.conversation_id == conversation_id))
    found = {row.side: Reached(row.delivered, row.read) for row in rows}
    return {side: found.get(side, Reached()) for side in SIDES}


def raise_marks(
    session: Session, conversation_id: str, side: Side, delivered: int, read: int
) -> bool:
    """Move a side's marks up, never down and never past the chat's last message.

    Whether anything moved. What was read has also been delivered. Raises NotFound, Erased.
    """
    lock_conversation(session, conversation_id)
    of_chat = Message.conversation_id == conversation_id
    last = session.scalars(select(func.max(Message.id)).where(of_chat)).one() or 0
    read = min(read, last)
    delivered = max(read, min(delivered, last))
    mark = session.get(ReadMark, (conversation_id, side), populate_existing=True)
    if mark is None:
        mark = ReadMark(conversation_id=conversation_id, side=side, delivered=0, read=0)
        session.add(mark)
    if delivered <= mark.delivered and read <= mark.read:
        return False
    mark.delivered, mark.read = max(mark.delivered, delivered), max(mark.read, read)
    session.flush()
    return True
