"""Headers on every answer: what a page may load, and that nobody keeps it."""

from aiohttp import web

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On the signal before any response is sent, errors and files included."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a file may have a stricter policy of its own
    is_static = request.path.startswith("/static/") and response.status in (200, 206, 304)
    response.headers["Cache-Control"] = "no-cache" if is_static else "no-store"
    response.headers.pop("Server", None)
