"""Early warnings: many workers in a cell of a closed week, or many more than before; told once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gongyou.desk.notices.table import Notice
from gongyou.desk.people.accounts import Person
from gongyou.desk.statistics.alerts import find_warnings, put_alerts, read_thresholds
from gongyou.desk.statistics.figures import Count
from gongyou.desk.statistics.reading import fetch_alerts
from tests.desk.statistics import WEEK, ask, at, publish


def week(workers: int = 0, **changed) -> list[Count]:
    """One class of 宏达 in 焦作, or none."""
    if not workers:
        return []
    cell = {"region": "410800", "park": None, "employer": "k", "topic": None, "is_answered": None}
    return [Count(monday=WEEK, workers=workers, **cell | changed)]


def warn(now: list[Count], before: list[list[Count]]) -> list[tuple[str, str, int, int]]:
    found = find_warnings(now, before, read_thresholds())
    return [(one.cell.subject, one.why, one.workers, one.before) for one in found]


def test_ten_workers_of_one_employer_are_many():
    assert warn(week(10), []) == [("employer", "many", 10, 0)]
    assert warn(week(9), []) == []


def test_twice_the_mean_of_four_weeks_and_five_more_is_a_rise():
    before = [week(5), week(), week(5), week()]
    assert warn(week(9), before) == []  # 9 is not five more than 4.5: two weeks may have had four
    assert warn(week(14), before) == [("employer", "rise", 14, 4)]


def test_a_cell_never_published_before_may_have_had_four_each_week():
    assert warn(week(9), [[]] * 4) == [("employer", "rise", 9, 4)]
    assert warn(week(8), [[]] * 4) == []


def test_a_rise_is_not_judged_before_there_are_four_weeks():
    assert warn(week(9), [[]] * 3) == []


def test_classes_of_one_cell_count_together():
    both = week(5, topic="sick_pay") + week(6, topic="contract")
    assert warn(both, []) == [("employer", "many", 11, 0)]


def test_a_topic_of_a_city_and_a_park_are_cells_too():
    found = warn(week(10, employer=None, park="东区", topic="sick_pay"), [])
    assert [subject for subject, *_ in found] == ["park", "topic"]


@pytest.mark.parametrize("region", ["410000", ""])
def test_several_cities_together_are_no_cell(region):
    assert warn(week(50, region=region, employer=None, topic="sick_pay"), []) == []


@pytest.fixture
def officers(session) -> None:
    for login, more in {
        "duty": {"regions": ["410800"]},
        "elsewhere": {"regions": ["320500"]},
        "off": {"regions": ["410800"], "on_duty": False},
        "union": {"employer": "宏达机械厂"},
        "silent": {"email": None},
    }.items():
        given = {"on_duty": True, "email": f"{login}@example.org"} | more
        session.add(Person(login=login, name=login, role="officer", password_hash="", **given))
    session.flush()


def test_officers_on_duty_who_may_see_it_are_noticed_with_its_number_only(session, officers):
    ask(session, 12, employer="宏达厂", topic="sick_pay")
    publish(session)
    alerts = put_alerts(session, WEEK, at(WEEK, 24 * 7 + 1))
    assert sorted(one.subject for one in alerts) == ["employer", "topic"]
    notices = session.scalars(select(Notice)).all()
    told = {person.login: person.id for person in session.scalars(select(Person))}
    by_person = [(one.person_id, one.values) for one in notices]
    for alert in alerts:
        assert (told["duty"], {"alert": alert.id}) in by_person
        assert (None, {"alert": alert.id}) in by_person
    assert {one.person_id for one in notices} == {told["duty"], None}


def test_a_week_made_up_for_long_after_warns_on_the_page_and_by_no_notice(session, officers):
    ask(session, 12)
    publish(session)
    assert len(put_alerts(session, WEEK, at(WEEK, 24 * 21))) == 1
    assert session.scalars(select(Notice)).all() == []


def test_an_enterprises_union_does_not_see_the_alert_of_its_own(session, officers):
    ask(session, 12, employer="宏达厂")
    ask(session, 11, employer="明亮电子")
    publish(session)
    put_alerts(session, WEEK, at(WEEK, 24 * 7 + 1))
    union = session.scalars(select(Person).where(Person.login == "union")).one()
    assert [one.shown for one in fetch_alerts(session, union, [WEEK])] == ["明亮"]


def test_a_rise_is_told_against_the_published_weeks_before(session):
    for n in range(4, 0, -1):
        monday = WEEK - timedelta(weeks=n)
        ask(session, 5, monday=monday, employer="宏达厂")
        publish(session, monday)
    ask(session, 15, employer="宏达厂")
    publish(session)
    alerts = put_alerts(session, WEEK, at(WEEK, 24 * 7 + 1))
    assert [(one.subject, one.why, one.before) for one in alerts] == [
        ("employer", "rise", 5),
        ("topic", "rise", 5),
    ]
