"""`python -m gongyou.web`: the gateway, with its settings from the environment."""

import os
import sys

from aiohttp import web

from gongyou.quiet import start_logging
from gongyou.rulebook import RulebookError
from gongyou.settings import Settings, SettingsError, read_settings
from gongyou.web.app import create_app
from gongyou.wiring import build_desk

SHUTDOWN_SECONDS = 10.0


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; 1 when settings, rulebook or port cannot be used."""
    start_logging()
    try:
        serve(read_settings(os.environ))
    except (SettingsError, RulebookError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def serve(settings: Settings) -> None:
    """Raises RulebookError, and OSError for a port that is in use."""
    desk = build_desk(settings)
    try:
        web.run_app(
            create_app(settings, desk),
            host=settings.host,
            port=settings.port,
            access_log=None,
            print=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(main())
