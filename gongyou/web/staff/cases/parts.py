"""Parts of a case's page that take a look into the desk: the offer, versions, files."""

from collections.abc import Mapping
from typing import Any

from gongyou.desk.files.attachments import Attachment, fetch_attachments
from gongyou.desk.people.accounts import Person, person_of
from gongyou.desk.people.naming import fetch_people
from gongyou.desk.routing.offer_table import Offer
from gongyou.desk.routing.reasons import reason_text
from gongyou.desk.tickets.sheets import SheetVersion, fetch_versions
from gongyou.desk.tickets.table import Ticket
from gongyou.web.files import show_size
from gongyou.web.names import Names
from gongyou.web.setting import Setting
from gongyou.web.staff.cases.view import FileLine, OfferView, VersionLine
from gongyou.web.texts import call_person, read_texts
from gongyou.web.times import show_time, tell_moment

type Change = tuple[str, str, str]


def show_offer(ticket: Ticket, offer: Offer, setting: Setting) -> OfferView:
    names = setting.names
    return OfferView(
        until=tell_moment(offer.expires_at, setting.now),
        is_over=offer.expires_at <= setting.now,
        reasons=tuple(reason_text(kept, names.region, names.topic) for kept in offer.reasons),
        employer=ticket.employer,
    )


def read_versions(session: Any, ticket: Ticket, names: Names) -> tuple[VersionLine, ...]:
    """The newest first, each with what it changed; the first one stands for itself."""
    versions = fetch_versions(session, ticket.id)
    people = fetch_people(session, (person_of(version.author) for version in versions))
    earlier = [None, *versions]
    lines = [
        VersionLine(
            number=version.number,
            author=name_author(version.author, people),
            at=show_time(version.created_at),
            changes=show_changes(before, version, names) if before else (),
        )
        for before, version in zip(earlier, versions, strict=False)
    ]
    return tuple(reversed(lines))


def show_changes(before: SheetVersion, after: SheetVersion, names: Names) -> tuple[Change, ...]:
    """Label, old text, new text of each fact that differs; "" for one that was not there."""
    wanted = [*before.facts, *(name for name in after.facts if name not in before.facts)]
    told = ((_told(before, name, names), _told(after, name, names)) for name in wanted)
    return tuple((new[0] or old[0], old[1], new[1]) for old, new in told if old[1] != new[1])


def _told(version: SheetVersion, name: str, names: Names) -> tuple[str, str]:
    if name not in version.facts:
        return "", ""
    return names.facts({name: version.facts[name]})[0]


def read_files(session: Any, ticket_id: int) -> tuple[FileLine, ...]:
    files = fetch_attachments(session, ticket_id)
    people = fetch_people(session, (person_of(one.author) for one in files))
    return tuple(_file(one, people) for one in files)


def _file(one: Attachment, people: Mapping[int, Person]) -> FileLine:
    return FileLine(
        id=one.id,
        name=one.name,
        author=name_author(one.author, people),
        at=show_time(one.created_at),
        size=show_size(one.size),
    )


def name_author(author: str, people: Mapping[int, Person]) -> str:
    """职工, or the person by name; "worker" or "person:3" is how the desk names them."""
    person = people.get(person_of(author) or 0)
    if person is not None:
        return call_person(person.role, person.name)
    return str(read_texts()["speakers"].get(author, author))
