"""Fixtures for the service side's tests. The bot's run under its own Python 3.10, without these."""

import sys

import pytest

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Side by side (`pytest -n 2 --dist loadgroup`): a file stays on one worker, and so do all the
    tests that share the running assistant; these begin first, for they take longest."""
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        group = "assistant" if shares_assistant(item) else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: not shares_assistant(item))


def shares_assistant(item: pytest.Item) -> bool:
    """Whether the test talks with the one assistant that is started for all such tests."""
    return "whole" in getattr(item, "fixturenames", ())
