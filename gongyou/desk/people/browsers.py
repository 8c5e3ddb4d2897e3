"""The browsers somebody is signed in with: listed, and ended one by one or all others."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.people.sign_ins import SignIn, close_sign_ins, is_live
from gongyou.desk.vault import hash_token

MARK = 16  # characters of the hash by which a form names a browser: no cookie can be made of it


@dataclass(frozen=True, slots=True)
class Browser:
    """One live sign-in; `is_this` marks the browser that asks."""

    mark: str
    agent: str
    since: datetime
    seen_at: datetime
    is_this: bool


def fetch_browsers(
    session: Session, person_id: int, now: datetime, token: str = ""
) -> list[Browser]:
    """Where a person is signed in now, last seen first; `token` is the cookie that asks."""
    query = select(SignIn).where(
        SignIn.person_id == person_id, is_live(now), SignIn.needs_code.is_(False)
    )
    this = hash_token(token)
    return [
        Browser(row.hash[:MARK], row.agent, row.created_at, row.seen_at, row.hash == this)
        for row in session.scalars(query.order_by(SignIn.seen_at.desc(), SignIn.hash))
    ]


def close_browser(session: Session, person_id: int, mark: str, actor: str, now: datetime) -> None:
    """End the sign-in with this mark; nothing happens when it has ended already."""
    if len(mark) != MARK:
        return
    this = SignIn.hash.startswith(mark, autoescape=True)
    _close(session, person_id, this, actor, now)


def close_others(session: Session, person_id: int, token: str, actor: str, now: datetime) -> None:
    """End every sign-in of a person but the one with this cookie."""
    _close(session, person_id, SignIn.hash != hash_token(token), actor, now)


def close_all(session: Session, person_id: int, actor: str, now: datetime) -> None:
    """End every sign-in of a person, for the trail to tell."""
    close_sign_ins(session, person_id, now)
    record(session, actor, "sign_in.end", f"person:{person_id}", now)


def _close(
    session: Session, person_id: int, which: ColumnElement[bool], actor: str, now: datetime
) -> None:
    ended = (
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.expires_at > now, which)
        .values(expires_at=now)
        .returning(SignIn.hash)
    )
    if session.scalars(ended).all():
        record(session, actor, "sign_in.end", f"person:{person_id}", now)
