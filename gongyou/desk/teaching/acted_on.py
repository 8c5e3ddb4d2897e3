"""What the bot took a message for, as far as the record tells."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.answers.keeping import fetch_answer
from gongyou.desk.chat.messages import Message

NEAR = 20  # messages after it among which its replies are


def topic_acted_on(session: Session, message: Message) -> str | None:
    """The topic of the answer, or of the facts sheet, that this message got; None: not kept."""
    later = select(Message).where(
        Message.conversation_id == message.conversation_id, Message.id > message.id
    )
    for reply in session.scalars(later.order_by(Message.id).limit(NEAR)):
        payload = reply.payload or {}
        if payload.get("reply_to") != message.id:
            continue
        answer = fetch_answer(session, message.conversation_id, reply.id)
        topic = answer.topic if answer else (payload.get("custom") or {}).get("topic")
        if topic:
            return str(topic)
    return None
