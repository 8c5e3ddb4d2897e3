"""The union's own page for jobs or for joining, shown with the answer on that topic."""

import logging

from actions.case import Case
from actions.context import desk, topics, words
from actions.used import region_of
from gongyou.desk.links import find_link, host_of
from gongyou.quiet import describe
from gongyou.rulebook.model.regions import chain

log = logging.getLogger(__name__)


def link_for(case: Case) -> dict[str, str]:
    """Text and address of the smallest place around the worker that has one; {} for none.

    The answer stands without it, so no failure may show.
    """
    kind = topics()["links"].get(case.topic)
    if kind is None:
        return {}
    try:
        with desk().reading() as session:
            found = find_link(session, kind, chain(region_of(case)))
    except Exception as error:
        log.error("link not read: %s", describe(error))
        return {}
    if found is None:
        return {}
    line = words()["links"][kind].format(title=found.title, host=host_of(found.url))
    return {"text": line, "url": found.url}
