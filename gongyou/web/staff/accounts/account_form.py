"""The form of an account: who it is, their role, where and for whom they work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.limits import NAME_LONGEST, is_email, is_login
from gongyou.desk.people.roles import DUTIES, EVERYWHERE, ROLES, Role
from gongyou.desk.people.staffing import Account
from gongyou.web.requests import clean
from gongyou.web.rules.places import Places
from gongyou.web.staff.accounts.fields import FieldError, read_employers, read_regions, show_regions
from gongyou.web.texts import say

WITH_REGIONS = ("lawyer", "officer")

type Typed = dict[str, str]


@dataclass(frozen=True)
class AccountForm:
    """What was typed, what is wrong with it, and the account when nothing is."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    account: Account | None = None


def blank_account() -> AccountForm:
    return AccountForm({"role": "lawyer"}, {})


def show_account(person: Person, places: Places) -> AccountForm:
    """The form as it is before anybody types."""
    typed = {
        "login": person.login,
        "name": person.name,
        "role": person.role,
        "email": person.email or "",
        "regions": show_regions(person.regions, places),
        "employer": person.employer or "",
        "on_duty": "yes" if person.on_duty else "",
        **{f"duty.{duty}": "yes" for duty in person.duties},
    }
    return AccountForm(typed, {})


def read_account(form: Mapping[str, str], places: Places, *, is_new: bool) -> AccountForm:
    """Every wrong field is named at once."""
    errors: Typed = {}
    role = form.get("role", "")

    def take[T](field: str, read: Callable[[str], T], otherwise: T) -> T:
        try:
            return read(form.get(field, ""))
        except FieldError as error:
            errors[field] = str(error)
            return otherwise

    if is_new:
        take("login", _login, "")
    name = take("name", _name, "")
    email = take("email", _email, None)
    take("role", _role, "")
    regions, employers = [EVERYWHERE], list[str]()
    if role in WITH_REGIONS:
        regions = take("regions", lambda text: read_regions(text, places), regions)
    if role == "officer":
        employers = take("employer", read_employers, employers)
    if errors:
        return AccountForm(dict(form), errors)
    account = Account(
        name=name,
        role=cast(Role, role),
        regions=regions,
        email=email,
        employer="\n".join(employers) or None,
        on_duty=role == "officer" and form.get("on_duty") == "yes",
        duties=_duties(form) if role == "officer" else (),
    )
    return AccountForm(dict(form), errors, account)


def fields_of(account: Account) -> dict[str, Any]:
    """What `create_person` takes of it."""
    return {name: getattr(account, name) for name in Account.__dataclass_fields__}


def _login(text: str) -> str:
    if not is_login(text):
        raise FieldError(say("account_login"))
    return text


def _name(text: str) -> str:
    name = clean(text).replace("\n", " ")
    if not name:
        raise FieldError(say("account_name"))
    if len(name) > NAME_LONGEST:
        raise FieldError(say("account_name_long", most=NAME_LONGEST, length=len(name)))
    return name


def _role(text: str) -> str:
    if text not in ROLES:
        raise FieldError(say("account_role"))
    return text


def _duties(form: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(duty for duty in DUTIES if form.get(f"duty.{duty}") == "yes")


def _email(text: str) -> str | None:
    email = clean(text)
    if email and not is_email(email):
        raise FieldError(say("account_email"))
    return email or None
