"""Deadlines as a calendar file: what a calendar reads back, and what it must not hold."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from gongyou.casework.calendar_file import render_ics
from gongyou.casework.deadlines import Deadline, find_deadlines
from gongyou.rulebook import FactValue
from tests.casework.the_law import real_rulebook

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def a_deadline(last_day: date | None, key: str = "court") -> Deadline:
    return Deadline(
        key, "不服裁决，去法院起诉", None, last_day, None, "depends", "月工资4000元", "焦作某厂"
    )


def events(data: bytes) -> list[Event]:
    return list(Calendar.from_ical(data).events)


def test_a_deadline_is_an_all_day_event_on_its_last_day() -> None:
    [event] = events(render_ics([a_deadline(date(2028, 2, 29))], seed="5", now=NOW))
    assert event.start == date(2028, 2, 29)
    assert event.end == date(2028, 3, 1)
    assert str(event["summary"]) == "不服裁决，去法院起诉，最后一天"


def test_it_rings_thirty_and_seven_days_before_at_nine() -> None:
    [event] = events(render_ics([a_deadline(date(2027, 3, 1))], seed="5", now=NOW))
    begins = datetime(2027, 3, 1)
    triggers = (alarm.TRIGGER for alarm in event.walk("VALARM") if isinstance(alarm, Alarm))
    rings = [begins + one for one in triggers if isinstance(one, timedelta)]
    assert rings == [datetime(2027, 1, 30, 9), datetime(2027, 2, 22, 9)]


def test_only_the_deadline_s_name_goes_in() -> None:
    text = render_ics([a_deadline(date(2027, 3, 1))], seed="secret-5", now=NOW).decode()
    assert not any(word in text for word in ("4000", "焦作", "secret", "DESCRIPTION:月"))


def test_the_uid_stays_when_the_day_is_corrected() -> None:
    [one] = events(render_ics([a_deadline(date(2027, 3, 1))], seed="5", now=NOW))
    later = NOW + timedelta(days=3)
    [other] = events(render_ics([a_deadline(date(2027, 4, 1))], seed="5", now=later))
    assert one["uid"] == other["uid"]


def test_the_uid_differs_between_cases_and_between_deadlines() -> None:
    two = [a_deadline(date(2027, 3, 1)), a_deadline(date(2027, 3, 1), "inspection")]
    uids = [str(e["uid"]) for seed in "56" for e in events(render_ics(two, seed=seed, now=NOW))]
    assert len(set(uids)) == 4


def test_lines_end_as_the_format_wants_and_none_is_too_long() -> None:
    data = render_ics([a_deadline(date(2027, 3, 1))], seed="5", now=NOW)
    assert data.count(b"\n") == data.count(b"\r\n") and data.endswith(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_undated_and_ended_ones_stay_out_and_today_s_goes_in() -> None:
    """At 17:00 UTC it is the next day in China."""
    evening = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    listed = [a_deadline(None), a_deadline(date(2026, 11, 22)), a_deadline(date(2026, 11, 23))]
    found = events(render_ics(listed, seed="5", now=evening))
    assert [event.start for event in found] == [date(2026, 11, 23)]


def test_a_real_case_reads_back() -> None:
    facts: dict[str, FactValue] = {"injury_matter": "apply", "injured_on": date(2026, 11, 1)}
    listed = find_deadlines(real_rulebook(), "work_injury", facts, date(2026, 11, 22))
    found = events(render_ics(listed, seed="5", now=NOW))
    assert [event.start for event in found] == [date(2026, 12, 1), date(2027, 11, 1)]
