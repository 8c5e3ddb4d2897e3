"""The same sentence may not be taught as two topics."""

import unicodedata
from collections.abc import Mapping

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from gongyou.desk.errors import Contradicts
from gongyou.desk.teaching.table import LIVE, Correction
from gongyou.desk.tickets.care import holds_care

type OwnSentences = Mapping[str, str]  # our own sentences, folded, and the topic of each


def fold_sentence(text: str) -> str:
    """Letters and digits only, half width, lower case: a comma makes no other sentence."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def check_contradiction(
    session: Session, text: str, topic: str, ours: OwnSentences, own_id: int | None = None
) -> None:
    """Against our own sentences and every live correction but `own_id`, as far as these are taught
    (sight.py). Raises Contradicts.

    The texts are encrypted, so each is read; there are hundreds, not thousands.
    """
    folded = fold_sentence(text)
    if ours.get(folded, topic) != topic:
        raise Contradicts(ours[folded])
    query = select(Correction).where(
        Correction.state.in_(LIVE),
        Correction.topic != topic,
        Correction.id != (own_id or 0),
        not_(holds_care(Correction.conversation_id.expression)),
    )
    for other in session.scalars(query.order_by(Correction.id)):
        if fold_sentence(other.text) == folded:
            raise Contradicts(other.topic, other.id)
