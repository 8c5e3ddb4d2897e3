"""Which ticket an address means, and the address of a ticket."""

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.desk.people.permissions import may


def ticket_id(request: web.Request) -> int:
    return int(request.match_info["ticket"])


def case_path(number: int) -> str:
    return f"/desk/tickets/{number}"


def teach_path(number: int, person: Person) -> str:
    """Where a message of the ticket's chat is made into a lesson; "" for who may not."""
    return f"{case_path(number)}/teach" if may(person.role, "correction.propose") else ""
