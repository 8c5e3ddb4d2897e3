"""The union's links: one for each place and kind, https only, by the officers of the place."""

import pytest
from sqlalchemy import select

from gongyou.desk.audit import AuditEvent
from gongyou.desk.errors import LinkRefused, NotAllowed, NotFound
from gongyou.desk.links import LinkText, fetch_links, find_link, host_of, remove_link, save_link
from gongyou.desk.people.accounts import Person

CITY = ("410802", "410800", "410000", "000000")  # a district of 焦作, and all around it


@pytest.fixture
def officer(session) -> Person:
    return _hire(session, ["000000"])


def _hire(session, regions, role="officer", employer=None) -> Person:
    count = len(session.scalars(select(Person)).all())
    person = Person(
        login=f"p{count}", name="赵", role=role, password_hash="", regions=regions,
        employer=employer,
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def link(region="410800", kind="join", title="焦作市总工会", url="https://jzzgh.org.cn/join"):
    return LinkText(kind, region, title, url)


def test_the_smallest_place_that_has_one_counts(session, officer, now):
    for region in ("000000", "410000", "320000"):
        save_link(session, officer, link(region, title=region), now)
    assert find_link(session, "join", CITY).title == "410000"
    save_link(session, officer, link("410802", title="区"), now)
    assert find_link(session, "join", CITY).title == "区"
    assert find_link(session, "join", ("320500", "320000", "000000")).title == "320000"
    assert find_link(session, "join", ("110000", "000000")).title == "000000"
    assert find_link(session, "jobs", CITY) is None


def test_saved_again_it_takes_the_place_of_the_one_before(session, officer, now):
    first = save_link(session, officer, link(), now)
    other = _hire(session, ["410000"])
    second = save_link(session, other, link(url="https://new.example.org/"), now)
    (kept,) = fetch_links(session)
    assert first == second == kept.id
    assert (kept.url, kept.updated_by) == ("https://new.example.org/", other.id)


def test_the_trail_tells_who_changed_which(session, officer, now):
    number = save_link(session, officer, link(), now)
    remove_link(session, number, officer, now)
    query = select(AuditEvent.actor, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    steps = [("link.save", f"link:{number}"), ("link.remove", f"link:{number}")]
    assert [tuple(row) for row in session.execute(query)] == [
        (f"person:{officer.id}", *step) for step in steps
    ]
    assert fetch_links(session) == []


@pytest.mark.parametrize(
    ("regions", "region", "may"),
    [
        (["000000"], "000000", True),
        (["410000"], "410800", True),
        (["410000"], "000000", False),
        (["410000"], "420000", False),
        (["410800"], "410802", True),
        (["410800"], "410000", False),
        (["410802"], "410800", False),
        (["410800", "320500"], "320500", True),
    ],
)
def test_an_officer_edits_the_links_of_their_own_places(session, now, regions, region, may):
    person = _hire(session, regions)
    if may:
        save_link(session, person, link(region), now)
    else:
        with pytest.raises(NotAllowed):
            save_link(session, person, link(region), now)


def test_an_enterprises_own_union_edits_none(session, now):
    person = _hire(session, ["410800"], employer="焦作市宏达机械厂")
    with pytest.raises(NotAllowed):
        save_link(session, person, link(), now)


def test_another_places_link_is_not_removed(session, officer, now):
    number = save_link(session, officer, link(), now)
    with pytest.raises(NotAllowed):
        remove_link(session, number, _hire(session, ["320000"]), now)
    with pytest.raises(NotFound):
        remove_link(session, 404, officer, now)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://jzzgh.org.cn", "url_not_https"),
        ("jzzgh.org.cn", "url_not_https"),
        ("javascript:alert(1)", "url_not_https"),
        ("https://12351.org.cn@evil.example/", "url_at"),
        ("https://10.0.0.1/", "url_host"),
        ("https://127.0.0.0x1/", "url_host"),
        ("https://localhost/", "url_host"),
        ("https:///join", "url_host"),
        ("https://焦作工会.org/", "url_host"),
        ("https://[::1]/", "url_host"),
        ("https://[x", "url_bad"),
        ("https://a.org:port/", "url_bad"),
        ("https://a.org/ b", "url_bad"),
        ("https://a.org\\@evil.example/", "url_bad"),
        ("https://a.org/" + "x" * 300, "url_long"),
        ("", "url_not_https"),
    ],
)
def test_only_a_plain_https_address_of_a_named_host_is_taken(session, officer, now, url, why):
    with pytest.raises(LinkRefused) as refused:
        save_link(session, officer, link(url=url), now)
    assert (refused.value.name, refused.value.field) == (why, "url")


@pytest.mark.parametrize("title", ["", "名" * 41])
def test_a_title_is_needed_and_short(session, officer, now, title):
    with pytest.raises(LinkRefused) as refused:
        save_link(session, officer, link(title=title), now)
    assert refused.value.field == "title"


def test_the_host_is_what_a_worker_is_shown():
    assert host_of("https://www.jzzgh.org.cn:8443/a?b=c") == "www.jzzgh.org.cn:8443"
