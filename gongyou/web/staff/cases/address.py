"""Which ticket an address means, and the address of a ticket."""

from aiohttp import web


def ticket_id(request: web.Request) -> int:
    return int(request.match_info["ticket"])


def case_path(number: int) -> str:
    return f"/desk/tickets/{number}"
