"""A policy editor's page: the rules whose sources are not verified yet, by topic and region."""

from collections import Counter
from collections.abc import Iterable

from aiohttp import web

from gongyou.desk.people.accounts import Person
from gongyou.rulebook import NATION, Topic
from gongyou.web.days import today
from gongyou.web.keys import CATALOGUE
from gongyou.web.rules.catalogue import Entry
from gongyou.web.rules.views import show_line
from gongyou.web.rules.wording import status_name
from gongyou.web.staff.access import permitted
from gongyou.web.staff.pages import render

PAGE = "/desk/rules-review"
OPEN = ("unverified", "secondary")  # the statuses that wait for an editor


@permitted("rules.review")
async def show_rules_review(request: web.Request, person: Person) -> web.Response:
    """Counts by topic and province; the rules themselves once one of them is chosen."""
    catalogue, now = request.app[CATALOGUE], today(request)
    waiting = [entry for entry in catalogue.entries if entry.rule.status in OPEN]
    topic, province = request.query.get("topic", ""), request.query.get("province", "")
    status = request.query.get("status", "")
    is_narrowed = bool(topic or province or status)
    found = [
        entry
        for entry in waiting
        if topic in ("", entry.topic.name)
        and province in ("", province_of(entry))
        and status in ("", entry.rule.status)
    ]
    context = {
        "here": PAGE,
        "topic": topic,
        "province": province,
        "status": status,
        "statuses": {name: status_name(name) for name in OPEN},
        "counts": Counter(entry.rule.status for entry in waiting),
        "total": len(waiting),
        "topics": [(t.name, t.title, n) for t, n in _by_topic(waiting)],
        "provinces": [
            (code, catalogue.places.name(code), n)
            for code, n in Counter(map(province_of, waiting)).most_common()
        ],
        "is_narrowed": is_narrowed,
        "lines": [show_line(catalogue, e.rule, now) for e in found] if is_narrowed else [],
        "found": len(found),
    }
    return render(request, person, "desk/oversight/rules_review.html", context)


def province_of(entry: Entry) -> str:
    """The code of the rule's province; "000000" for a rule of the nation."""
    region = entry.rule.region
    return NATION if region == NATION else f"{region[:2]}0000"


def _by_topic(entries: Iterable[Entry]) -> list[tuple[Topic, int]]:
    topics = {entry.topic.name: entry.topic for entry in entries}
    counts = Counter(entry.topic.name for entry in entries)
    return [(topics[name], count) for name, count in counts.most_common()]
