"""The outbox: a notice is put in the transaction that gives reason for it, and sent afterwards.

    put_notice ─▶ pending ─claim_due─▶ pending, leased ─mark_sending─▶ sending ─mark_sent─▶ sent
                     ▲                      │ crash: the lease runs out     │ crash: recover
                     └──────────────────────┴───────────── again ───────────┘

Nobody can send exactly once over SMTP or HTTP: between the message's end and the server's answer
a crash leaves a doubt. Two states keep that doubt small. A claim is only a lease on a pending
notice: dying under it, the message's end was not sent, so another attempt repeats nothing.
"sending" is committed right before the message's end. What is found there after a crash is in
doubt: e-mail goes out again under the same Message-ID, a robot's message is left as "doubtful".

Every step after the claim holds only for the claim it was made under (`attempts`), so of two
clerks, or a clerk that slept, one wins and the other is told.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gongyou.desk.notices.table import Channel, Notice, State, Value, to_json

LEASE = timedelta(minutes=2)  # longer than the clerk waits for an answer
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
ATTEMPTS_MAX = 12  # some five hours


def put_notice(
    session: Session,
    *,
    dedupe_key: str,
    kind: str,
    channel: Channel,
    person_id: int | None,
    subject: str,
    values: Mapping[str, Value],
    now: datetime,
) -> bool:
    """Put a notice into the caller's transaction; False when this key was put before.

    `dedupe_key` names the reason, the channel and the person (`offer:17:email`). To robots
    `person_id` is None. Raises ValueError when `values` are not what the kind speaks of.
    """
    if (channel == "email") != (person_id is not None):
        raise ValueError("An e-mail goes to a person, a robot's message to no person.")
    return _put(
        session,
        dedupe_key=dedupe_key,
        kind=kind,
        channel=channel,
        person_id=person_id,
        subject=subject,
        values=to_json(kind, values),
        created_at=now,
    )


def claim_due(session: Session, channel: Channel, now: datetime, limit: int = 1) -> list[Notice]:
    """Lease the notices of this channel that are due, oldest first; commit before sending.

    A new notice is due at once, and so is one that waits longer than any wait: the clock was
    moved back. Two clerks never get the same.
    """
    due = or_(Notice.attempts == 0, Notice.next_at <= now, Notice.next_at > now + LONGEST_WAIT)
    query = select(Notice).where(Notice.state == "pending", Notice.channel == channel, due)
    query = query.order_by(Notice.next_at, Notice.id).limit(limit)
    claimed = []
    for notice in session.scalars(query.with_for_update(skip_locked=True)).all():
        if _settle(session, notice, "pending", attempts=notice.attempts + 1, next_at=now + LEASE):
            session.refresh(notice)
            claimed.append(notice)
    return claimed


def mark_sending(session: Session, claimed: Notice, now: datetime) -> bool:
    """Commit this right before the message's end is sent; False when the claim was overtaken."""
    return _settle(session, claimed, "pending", state="sending", next_at=now + LEASE)


def mark_sent(session: Session, claimed: Notice, now: datetime) -> bool:
    """The server accepted it. Holds for a notice that was thought in doubt meanwhile, too."""
    return _settle(session, claimed, state="sent", sent_at=now, error=None)


def mark_failed(
    session: Session, claimed: Notice, now: datetime, error: str, *, again: bool = True
) -> bool:
    """It was surely not delivered: wait and try again, or give up after ATTEMPTS_MAX."""
    return _give_back(session, claimed, now, error, "failed", again)


def mark_doubtful(
    session: Session, claimed: Notice, now: datetime, error: str, *, again: bool
) -> bool:
    """It was perhaps delivered: try again only where a repeat does no harm."""
    return _give_back(session, claimed, now, error, "doubtful", again)


def recover(session: Session, channel: Channel, now: datetime) -> int:
    """Take back what was on the wire when its clerk died; returns how many.

    E-mail is due again at once; a robot's message becomes doubtful. Nothing whose lease still runs
    is touched: its clerk may be alive.
    """
    over = or_(Notice.next_at <= now, Notice.next_at > now + LONGEST_WAIT)
    query = select(Notice).where(Notice.state == "sending", Notice.channel == channel, over)
    lost = session.scalars(query.with_for_update(skip_locked=True)).all()
    for notice in lost:
        again = channel == "email" and notice.attempts < ATTEMPTS_MAX
        state: State = "pending" if again else "doubtful"
        _settle(session, notice, "sending", state=state, next_at=now, error="interrupted")
    return len(lost)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts: doubled each time, up to LONGEST_WAIT."""
    doublings = min(attempts - 1, 16)
    return min(FIRST_WAIT * 2.0**doublings, LONGEST_WAIT)


def spread(session: Session, claimed: Notice, robots: int) -> None:
    """Make a robot's notice one for each robot, each of them sent and failing by itself: the
    claimed one keeps the first robot, the others are put. Call it in the claim's transaction."""
    if robots < 2 or "robot" in claimed.values:
        return
    for place in range(1, robots):
        _put(
            session,
            dedupe_key=f"{claimed.dedupe_key}#{place}",
            kind=claimed.kind,
            channel=claimed.channel,
            person_id=None,
            subject=claimed.subject,
            values={**claimed.values, "robot": place},
            created_at=claimed.created_at,
        )
    claimed.values = {**claimed.values, "robot": 0}


def _put(session: Session, *, created_at: datetime, **columns: Any) -> bool:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {**columns, "state": "pending", "attempts": 0, "created_at": created_at}
    new = insert(Notice).values(next_at=created_at, **row)
    new = new.on_conflict_do_nothing(index_elements=["dedupe_key"])
    return session.scalar(new.returning(Notice.id)) is not None


def _give_back(
    session: Session, claimed: Notice, now: datetime, error: str, given_up: State, again: bool
) -> bool:
    if again and claimed.attempts < ATTEMPTS_MAX:
        wait = now + wait_after(claimed.attempts)
        return _settle(session, claimed, state="pending", next_at=wait, error=error)
    return _settle(session, claimed, state=given_up, error=error)


def _settle(session: Session, claimed: Notice, needed: State | None = None, **changes: Any) -> bool:
    """Change the row if it is still under this claim, and in the needed state if one is given."""
    guarded = update(Notice).where(Notice.id == claimed.id, Notice.attempts == claimed.attempts)
    if needed is not None:
        guarded = guarded.where(Notice.state == needed)
    changed = guarded.values(**changes).returning(Notice.id)
    return session.scalar(changed, execution_options={"synchronize_session": False}) is not None
