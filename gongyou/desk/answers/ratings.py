"""One tap on an answer: it helped, or it did not, and perhaps a word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.answers.keeping import fetch_answer
from gongyou.desk.answers.table import Answer, Rating, Verdict
from gongyou.desk.chat.conversations import lock_conversation
from gongyou.desk.errors import NotFound, RatingFixed
from gongyou.desk.tickets.reviews import open_review
from gongyou.desk.tickets.table import Ticket

CHANGEABLE: Final = timedelta(minutes=10)
WORD_LIMIT: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating as it now stands; `review`: what officers have to look at, if anything."""

    rating: Rating
    answer: Answer
    review: Ticket | None


def rate_answer(
    session: Session,
    conversation_id: str,
    message_id: int,
    verdict: Verdict,
    word: str,
    now: datetime,
) -> Rated:
    """Keep what the worker thinks, once an answer; for ten minutes it may be changed.

    The same again changes nothing, whenever it comes. What did not help is for an officer to look
    at. Raises NotFound (no such answer in this chat), RatingFixed.
    """
    lock_conversation(session, conversation_id)
    answer = fetch_answer(session, conversation_id, message_id)
    if answer is None:
        raise NotFound("answer_missing")
    rating = session.get(Rating, answer.id)
    if rating is not None and (rating.verdict, rating.word) == (verdict, word or rating.word):
        return Rated(rating, answer, None)
    if rating is None:
        rating = Rating(answer_id=answer.id, verdict=verdict, word=word, created_at=now)
        session.add(rating)
    elif now - rating.created_at > CHANGEABLE:
        raise RatingFixed("rating_fixed")
    rating.verdict, rating.word, rating.changed_at = verdict, word or rating.word, now
    session.flush()
    return Rated(rating, answer, _review(session, answer, rating, now))


def fetch_verdicts(
    session: Session, conversation_id: str, message_ids: Sequence[int]
) -> Mapping[int, Verdict | None]:
    """Of these messages the answers that can be rated, and how they were."""
    query = (
        select(Answer.message_id, Rating.verdict)
        .outerjoin(Rating, Rating.answer_id == Answer.id)
        .where(Answer.conversation_id == conversation_id, Answer.message_id.in_(message_ids))
    )
    return {message_id: verdict for message_id, verdict in session.execute(query)}


def _review(session: Session, answer: Answer, rating: Rating, now: datetime) -> Ticket | None:
    if rating.verdict != "unsolved":
        return None
    return open_review(
        session,
        answer.conversation_id,
        cause="rated_down",
        topic=answer.topic,
        region=answer.region,
        words=rating.word,
        now=now,
    )
