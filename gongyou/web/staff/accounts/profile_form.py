"""The form of a lawyer's profile: where, what, when, how many, and whom never against."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongyou.desk.people.lawyers import LOAD_MOST, Profile
from gongyou.web.days import read_day
from gongyou.web.requests import clean
from gongyou.web.rules.catalogue import Catalogue
from gongyou.web.staff.accounts.fields import FieldError, read_employers, read_regions, show_regions
from gongyou.web.texts import read_texts, say

CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
DAYS = range(7)
TICKED = "yes"


@dataclass(frozen=True)
class ProfileForm:
    """What was typed, what is wrong with it, and the profile when nothing is."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    profile: Profile | None = None


def show_profile(profile: Profile, catalogue: Catalogue) -> ProfileForm:
    """The form as it is before anybody types."""
    typed = {f"topic.{topic}": TICKED for topic in profile.specialities}
    for day, (start, end) in profile.hours.items():
        typed |= {f"from.{day}": start, f"to.{day}": end}
    typed |= {
        "regions": show_regions(profile.regions or (), catalogue.places),
        "load_limit": str(profile.load_limit),
        "away_from": profile.away_from.isoformat() if profile.away_from else "",
        "away_until": profile.away_until.isoformat() if profile.away_until else "",
        "employers": "\n".join(profile.employers),
    }
    return ProfileForm(typed, {})


def read_profile(
    form: Mapping[str, str], catalogue: Catalogue, *, with_regions: bool = True
) -> ProfileForm:
    """Every wrong field is named at once. All topics ticked is as good as none: every topic.

    Without regions the form has no such field, and the profile leaves them as they are.
    """
    errors: dict[str, str] = {}

    def take[T](field: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except FieldError as error:
            errors[field] = str(error)
            return otherwise

    no_day: date | None = None
    nothing: list[str] = []
    no_hours: dict[str, list[str]] = {}
    places = catalogue.places
    regions: Sequence[str] | None = None
    if with_regions:
        regions = take("regions", lambda: read_regions(form.get("regions", ""), places), nothing)
    hours = take("hours", lambda: _hours(form), no_hours)
    load_limit = take("load_limit", lambda: _load_limit(form.get("load_limit", "")), 0)
    away_from = take("away_from", lambda: _day(form, "away_from"), no_day)
    away_until = take("away_until", lambda: _day(form, "away_until"), no_day)
    employers = take("employers", lambda: read_employers(form.get("employers", "")), nothing)
    if away_from and away_until and away_until <= away_from:
        errors["away_until"] = say("away_order")
    if errors:
        return ProfileForm(dict(form), errors)
    specialities = _specialities(form, catalogue)
    profile = Profile(
        regions, specialities, hours, load_limit, away_from, away_until, tuple(employers)
    )
    return ProfileForm(dict(form), errors, profile)


def _specialities(form: Mapping[str, str], catalogue: Catalogue) -> list[str]:
    topics = catalogue.rulebook.topics
    ticked = [topic for topic in topics if form.get(f"topic.{topic}") == TICKED]
    return [] if len(ticked) == len(topics) else ticked


def _hours(form: Mapping[str, str]) -> dict[str, list[str]]:
    hours = {}
    for day in DAYS:
        start, end = form.get(f"from.{day}", "").strip(), form.get(f"to.{day}", "").strip()
        if start or end:
            _check_span(day, start, end)
            hours[str(day)] = [start, end]
    return hours


def _check_span(day: int, start: str, end: str) -> None:
    weekday = read_texts()["times"]["weekdays"][day]
    if not (start and end):
        raise FieldError(say("hours_half", day=weekday))
    if not (CLOCK_TIME.fullmatch(start) and CLOCK_TIME.fullmatch(end)):
        raise FieldError(say("hours_bad", day=weekday))
    if end <= start:
        raise FieldError(say("hours_order", day=weekday))


def _load_limit(text: str) -> int:
    digits = clean(text)
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= LOAD_MOST):
        raise FieldError(say("load_limit", most=LOAD_MOST))
    return int(digits)


def _day(form: Mapping[str, str], field: str) -> date | None:
    typed = clean(form.get(field, ""))
    day = read_day(typed)
    if typed and day is None:
        raise FieldError(say(field, typed=typed[:20]))
    return day
