"""Fixtures for the service side's tests. The bot's run under its own Python 3.10, without these."""

import sys

if sys.version_info >= (3, 13):  # noqa: UP036
    from tests.fixtures import (  # noqa: F401
        database,
        desk,
        lawyer,
        now,
        officer,
        other_lawyer,
        password_hash,
        postgres_server,
        server,
        session,
        settings,
        sqlite_file,
    )
