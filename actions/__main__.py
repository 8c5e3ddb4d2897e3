"""`python -m actions`: serve the actions on loopback."""

from aiohttp import web

from actions import context
from actions.server import create_app
from gongyou.quiet import start_logging


def main() -> None:
    """Build everything first, so that a broken rulebook stops the start; then serve."""
    start_logging()
    settings = context.settings()
    context.rulebook()
    context.desk()
    app = create_app(settings.action_token)
    web.run_app(
        app, host=settings.action_host, port=settings.action_port, access_log=None, print=None
    )


if __name__ == "__main__":
    main()
