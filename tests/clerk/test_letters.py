"""The words of a notice: for every kind, to a mailbox and to a group, and nothing of a case."""

from datetime import UTC, datetime

import pytest

from gongyou.clerk.letters import read_texts, write_letter
from gongyou.desk.notices.table import CHANNELS, KINDS, Notice, to_json

URL = "https://gongyou.example.org"
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
CREATED = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def notice(kind: str, channel: str) -> Notice:
    values = {name: 5 if is_a is int else AT for name, is_a in KINDS[kind].items()}
    return Notice(
        id=7, kind=kind, channel=channel, values=to_json(kind, values), created_at=CREATED
    )


def test_every_kind_has_its_words_on_every_channel_and_no_words_are_idle():
    for channel in CHANNELS:
        assert read_texts()[channel].keys() == KINDS.keys()


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_says_which_ticket_until_when_and_where_to_sign_in(kind, channel):
    letter = write_letter(notice(kind, channel), URL)
    assert "5 号" in letter.text and URL in letter.text
    assert ("11 月 23 日（周一）10:30" in letter.text) is (len(KINDS[kind]) > 1)
    assert "{" not in letter.text + letter.subject


@pytest.mark.parametrize("kind", KINDS)
def test_mail_says_in_its_subject_who_writes_and_why(kind):
    letter = write_letter(notice(kind, "email"), URL)
    assert letter.subject.startswith("工友：") and "5 号" in letter.subject


@pytest.mark.parametrize("kind", KINDS)
def test_a_robot_says_the_keyword_and_fits_its_limit(kind):
    text = write_letter(notice(kind, "robot"), URL).text
    assert "工友" in text and "\n" not in text
    assert len(text.encode()) < 2048


def test_the_key_is_the_notices_own_for_good():
    keys = {write_letter(notice(kind, "email"), URL).key for kind in KINDS}
    assert keys == {"notice.7.20261122010000000000"}
