"""The second factor: six digits from an app on the phone (TOTP, RFC 6238), each good once."""

import hmac
import re
from datetime import datetime

import pyotp
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from gongyou.desk.audit import record
from gongyou.desk.errors import PersonRefused
from gongyou.desk.people.accounts import Person, actor_of, get_person

ISSUER = "工友"
STEP_SECONDS = 30
WINDOW = 1  # steps that a phone's clock may be off
SECRET = re.compile(r"[A-Z2-7]{32}")  # 160 bits


def new_secret() -> str:
    """160 random bits in base32, for an app to keep."""
    return pyotp.random_base32()


def uri_of(secret: str, login: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def turn_on(session: Session, person_id: int, secret: str, code: str, now: datetime) -> None:
    """From now on signing in asks for a code. The first one shows that the app has the secret.

    Raises PersonRefused (second_factor_on, secret_bad, wrong_code), NotFound.
    """
    person = get_person(session, person_id)
    if person.totp_secret is not None:
        raise PersonRefused("second_factor_on")
    if not SECRET.fullmatch(secret):
        raise PersonRefused("secret_bad")
    step = _step_of(secret, code, now)
    if step is None:
        raise PersonRefused("wrong_code")
    person.totp_secret, person.totp_step = secret, step
    record(session, actor_of(person), "second_factor.on", actor_of(person), now)


def use_code(session: Session, person_id: int, code: str, now: datetime) -> bool:
    """Whether the code is right now and was not used before; it is used from then on."""
    person = get_person(session, person_id)
    step = _step_of(person.totp_secret, code, now) if person.totp_secret else None
    if step is None:
        return False
    is_unused = or_(Person.totp_step.is_(None), Person.totp_step < step)
    used = update(Person).where(Person.id == person_id, is_unused).values(totp_step=step)
    return session.scalars(used.returning(Person.id)).one_or_none() is not None


def turn_off(session: Session, person_id: int, actor: str, now: datetime) -> None:
    """Signing in needs the password only. Raises PersonRefused (second_factor_off), NotFound."""
    person = get_person(session, person_id)
    if person.totp_secret is None:
        raise PersonRefused("second_factor_off")
    person.totp_secret = person.totp_step = None
    record(session, actor, "second_factor.off", actor_of(person), now)


def record_wrong_code(session: Session, person: Person, now: datetime) -> None:
    """Tell the trail: somebody has the password and not the code."""
    record(session, "nobody", "sign_in.refused", actor_of(person), now)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The 30-second step whose code this is, at most WINDOW from now."""
    digits = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(app.generate_otp(step).encode(), digits.encode()):
            return step
    return None
