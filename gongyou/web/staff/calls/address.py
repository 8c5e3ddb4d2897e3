"""Where a call is."""

from aiohttp import web

LIST = "/desk/calls"


def call_path(number: int) -> str:
    return f"{LIST}/{number}"


def call_id(request: web.Request) -> int:
    return int(request.match_info["call"])
