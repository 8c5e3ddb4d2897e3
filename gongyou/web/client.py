"""Who is asking: the address that limits count for."""

from ipaddress import ip_address

from aiohttp import web

from gongyou.web.keys import SETTINGS


def address_of(request: web.Request) -> str:
    """The peer's address; behind our own proxy, the one that the proxy saw and wrote last."""
    if request.app[SETTINGS].behind_proxy:
        seen = request.headers.getall("X-Forwarded-For", [""])[-1]
        return seen.rsplit(",", 1)[-1].strip() or "unknown"
    return request.remote or "unknown"


def is_this_machine(address: str) -> bool:
    """Whether the client is a program on the gateway's own machine."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
