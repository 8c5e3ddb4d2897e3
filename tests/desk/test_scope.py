"""Which cases an officer sees: those of their regions, and none against their own enterprise."""

import pytest
from cryptography.fernet import Fernet

from gongyou.desk.errors import NotAllowed
from gongyou.desk.tickets.life import accept_ticket
from gongyou.desk.tickets.opening import Employer
from gongyou.desk.tickets.reading import fetch_ticket, fetch_tickets
from gongyou.desk.vault import Vault, attach_vault

HONGDA = "焦作市宏达机械制造有限公司\n宏达机械"


@pytest.fixture
def call(session, open_one):
    """A worker's call for a person, from a region and about an employer."""

    def call_(region="410802", name="", *, agreed=False):
        employer = Employer(name, agreed)
        return open_one(session, kind="handoff", region=region, employer=employer).ticket

    return call_


def sees(session, officer, ticket, now):
    """Whether the list shows it; reading and taking it must agree."""
    listed = ticket.id in {line.id for line in fetch_tickets(session, officer).lines}
    assert (fetch_ticket(session, ticket.id, officer, now) is not None) is listed
    if not listed:
        with pytest.raises(NotAllowed):
            accept_ticket(session, ticket.id, officer, now)
    return listed


@pytest.mark.parametrize(
    ("regions", "region", "seen"),
    [
        (["000000"], "410802", True),
        (["410000"], "410802", True),  # a province covers its cities
        (["410800"], "410802", True),  # a city its districts
        (["410802"], "410802", True),
        (["410802"], "410800", False),  # but not the other way round
        (["410800"], "410000", False),
        (["410800"], "410100", False),
        (["110000"], "410802", False),
        (["110000", "410800"], "410802", True),
        (["110000"], "000000", True),  # a region not known is everybody's
        (["410802"], "000000", True),
        ([], "410802", False),
        ([], "000000", True),
    ],
)
def test_an_officer_sees_the_cases_of_their_regions(
    hire, session, call, now, regions, region, seen
):
    officer = hire("chen", "officer", regions=regions)
    assert sees(session, officer, call(region), now) is seen


@pytest.mark.parametrize(
    ("name", "agreed", "seen"),
    [
        ("宏达机械", False, False),
        ("河南省焦作市宏达机械制造有限公司", False, False),  # the same, told otherwise
        ("宏达机械", True, True),
        ("红星服装厂", False, True),
        ("", False, False),  # not known: it may be theirs
        ("", True, True),
    ],
)
def test_an_enterprise_s_own_union_sees_no_case_against_it_unless_the_worker_agrees(
    hire, session, call, now, name, agreed, seen
):
    officer = hire("chen", "officer", employer=HONGDA)
    assert sees(session, officer, call(name=name, agreed=agreed), now) is seen


def test_each_of_an_enterprise_s_names_counts(hire, session, call, now):
    officer = hire("chen", "officer", employer="甲乙电子有限公司\n丙丁物流有限公司")
    assert not sees(session, officer, call(name="丙丁物流"), now)


def test_region_and_employer_both_count(hire, session, call, now):
    officer = hire("chen", "officer", employer=HONGDA, regions=["110000"])
    assert not sees(session, officer, call(name="红星服装厂"), now)
    assert not sees(session, officer, call(name="宏达机械", agreed=True), now)


def test_a_case_stays_hidden_after_a_change_of_keys(desk, settings, hire, open_one, now):
    """It was opened under the key that now stands at the end of GONGYOU_KEY."""
    officer = hire("chen", "officer", employer=HONGDA)
    with desk.transaction() as session:
        ticket = open_one(session, kind="handoff", employer=Employer("宏达机械")).ticket
    attach_vault(desk.engine, Vault([Fernet.generate_key().decode(), *settings.keys]))
    with desk.transaction() as session:
        assert not sees(session, officer, ticket, now)


def test_a_case_opened_since_a_change_of_keys_is_hidden_too(desk, settings, hire, open_one, now):
    officer = hire("chen", "officer", employer=HONGDA)
    attach_vault(desk.engine, Vault([Fernet.generate_key().decode(), *settings.keys]))
    with desk.transaction() as session:
        ticket = open_one(session, kind="handoff", employer=Employer("宏达机械")).ticket
        assert not sees(session, officer, ticket, now)
