"""Several people at once, for those who name them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from gongyou.desk.people.accounts import Person


def fetch_people(session: Session, ids: Iterable[int | None]) -> dict[int, Person]:
    """By number, in one query; those that are not there are left out."""
    wanted = {number for number in ids if number is not None}
    query = select(Person).where(Person.id.in_(wanted))
    return {person.id: person for person in session.scalars(query)} if wanted else {}


def fetch_names(session: Session) -> dict[str, str]:
    """Everybody of the desk by how the trail calls them: 「李律师」 for `person:3`."""
    return {f"person:{row.id}": row.name for row in session.execute(select(Person.id, Person.name))}
