"""The environment is read once; whatever is wrong with it is said together, with its cure."""

from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongyou.notice_settings import MailServer
from gongyou.settings import REPOSITORY, SettingsError, read_settings

KEY, OLD_KEY = (b64encode(bytes([n] * 32)).decode() for n in (0, 1))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "GONGYOU_KEY": KEY,
        "RASA_TOKEN": "r" * 32,
        "ACTION_TOKEN": "a" * 32,
        "GONGYOU_RULEBOOK": str(tmp_path),
    }


def test_secrets_are_all_that_must_be_given(environment):
    settings = read_settings(environment)
    assert (settings.host, settings.port, settings.bot_timeout) == ("127.0.0.1", 8000, 8.0)
    assert settings.database_url == f"sqlite:///{REPOSITORY}/var/gongyou.db"
    assert settings.secure_cookies is True


def test_a_list_of_keys_keeps_its_order(environment):
    settings = read_settings(environment | {"GONGYOU_KEY": f"{KEY}, {OLD_KEY}"})
    assert settings.keys == (KEY, OLD_KEY)


def test_an_empty_variable_counts_as_not_set(environment):
    assert read_settings(environment | {"GONGYOU_PORT": " "}).port == 8000


def test_all_problems_are_said_together():
    with pytest.raises(SettingsError) as error:
        read_settings({"GONGYOU_PORT": "http", "GONGYOU_RULEBOOK": "/nowhere"})
    named = [problem.split()[0] for problem in error.value.problems]
    assert named == [
        "GONGYOU_KEY",
        "RASA_TOKEN",
        "ACTION_TOKEN",
        "GONGYOU_RULEBOOK",
        "GONGYOU_PORT",
    ]


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("GONGYOU_KEY", "short", "make one with"),
        ("GONGYOU_KEY", "é" * 44, "make one with"),
        ("GONGYOU_KEY", f"{KEY},short", "comma-separated"),
        ("RASA_TOKEN", "short", "at least 32"),
        ("GONGYOU_PORT", "0", "1 to 65535"),
        ("GONGYOU_PORT", "²", "1 to 65535"),
        ("GONGYOU_SECURE_COOKIES", "maybe", '"yes" or "no"'),
        ("GONGYOU_BOT_TIMEOUT", "nan", "seconds"),
        ("GONGYOU_DATABASE_URL", "mysql://x", "sqlite:///PATH"),
        ("GONGYOU_DATABASE_URL", "sqlite:///:memory:", "sqlite:///PATH"),
        ("RASA_URL", "127.0.0.1:5005", "http://127.0.0.1:5005"),
    ],
)
def test_a_problem_names_the_variable_and_its_cure(environment, name, value, cure):
    with pytest.raises(SettingsError) as error:
        read_settings(environment | {name: value})
    (problem,) = error.value.problems
    assert problem.startswith(name)
    assert cure in problem


def test_no_secret_shows_in_settings_or_in_a_problem(environment):
    assert KEY not in repr(read_settings(environment))
    with pytest.raises(SettingsError) as error:
        read_settings(environment | {"GONGYOU_KEY": f"{KEY}x", "RASA_TOKEN": "tell-no-one"})
    assert KEY not in str(error.value)
    assert "tell-no-one" not in str(error.value)


def test_a_proxys_word_on_the_client_is_believed_only_when_told_so(environment):
    assert read_settings(environment).behind_proxy is False
    assert read_settings(environment | {"GONGYOU_BEHIND_PROXY": "yes"}).behind_proxy is True


def test_another_day_than_today_can_be_set_and_a_wrong_one_is_named(environment):
    assert read_settings({**environment, "GONGYOU_TODAY": "2026-11-21"}).today == date(2026, 11, 21)
    with pytest.raises(SettingsError, match="GONGYOU_TODAY must be a day"):
        read_settings({**environment, "GONGYOU_TODAY": "21.11.2026"})


URL = "https://gongyou.example.org"
MAIL = "smtp://desk:p%40ss@mail.example.org?from=desk@example.org"


def test_without_more_said_there_are_no_notices(environment):
    settings = read_settings(environment)
    assert (settings.public_url, settings.smtp, settings.robots) == (None, None, ())


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://u:p@mail.example.org?from=a@b.org", 587, "starttls"),
        ("smtp://u:p@mail.example.org:2525?from=a@b.org", 2525, "starttls"),
        ("smtps://u:p@mail.example.org?from=a@b.org", 465, "ssl"),
        ("smtp://mail.example.org?from=a@b.org&tls=no", 25, "insecure"),
        ("smtp://u:p@127.0.0.1?from=a@b.org&tls=no", 25, "insecure"),
    ],
)
def test_mail_is_encrypted_unless_it_stays_here_or_carries_no_password(
    environment: Any, url: str, port: int, security: str
) -> None:
    smtp = read_settings(environment | {"GONGYOU_PUBLIC_URL": URL, "GONGYOU_SMTP_URL": url}).smtp
    assert smtp is not None
    assert (smtp.port, smtp.security, smtp.sender) == (port, security, "a@b.org")


def test_a_mail_password_may_hold_any_character(environment):
    settings = read_settings(
        environment | {"GONGYOU_PUBLIC_URL": URL + "/", "GONGYOU_SMTP_URL": MAIL}
    )
    assert settings.public_url == URL
    assert settings.smtp == MailServer(
        "mail.example.org", 587, "starttls", "desk@example.org", "desk", "p@ss"
    )


def test_robots_are_listed_with_spaces_or_commas(environment):
    listed = "wecombot://693a-91f6, dingtalk://5c6d  dingtalk://SECabc@5c6d"
    settings = read_settings(environment | {"GONGYOU_PUBLIC_URL": URL, "GONGYOU_ROBOTS": listed})
    assert settings.robots == (
        "wecombot://693a-91f6",
        "dingtalk://5c6d",
        "dingtalk://SECabc@5c6d",
    )


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("GONGYOU_PUBLIC_URL", "gongyou.example.org", "https://"),
        ("GONGYOU_PUBLIC_URL", "https://u:p@gongyou.example.org", "https://"),
        ("GONGYOU_PUBLIC_URL", "https://[gongyou", "https://"),
        ("GONGYOU_SMTP_URL", "mail.example.org", "smtp://USER:PASSWORD@HOST"),
        ("GONGYOU_SMTP_URL", "smtp://u:tell-no-one@mail.example.org", "from="),
        ("GONGYOU_SMTP_URL", "smtp://u:tell/no-one@mail.example.org?from=a@b.org", "from="),
        ("GONGYOU_SMTP_URL", "smtp://u:p@m.org:no-one?from=a@b.org", "from="),
        ("GONGYOU_SMTP_URL", "smtp://u:p@[m.org?from=a@b.org", "from="),
        ("GONGYOU_SMTP_URL", "smtp://u:p@m.org?from=a@b.org&tls=no", "without a password"),
        ("GONGYOU_SMTP_URL", "smtp://u:p@m.org?from=a@b.org&verify=no", 'only "from"'),
        ("GONGYOU_ROBOTS", "https://tell-no-one.example.org", "wecombot://KEY"),
        ("GONGYOU_ROBOTS", "wecombot://tell-no-one?to=all", "wecombot://KEY"),
    ],
)
def test_a_wrong_way_to_notify_is_named_and_never_quoted(environment, name, value, cure):
    given = environment | {"GONGYOU_PUBLIC_URL": URL, name: value}
    with pytest.raises(SettingsError) as error:
        read_settings(given)
    (problem,) = error.value.problems
    assert problem.startswith(name) and cure in problem
    assert "no-one" not in problem


@pytest.mark.parametrize(
    ("name", "value"), [("GONGYOU_SMTP_URL", MAIL), ("GONGYOU_ROBOTS", "wecombot://key")]
)
def test_notices_need_the_address_they_name(environment, name, value):
    with pytest.raises(SettingsError, match="GONGYOU_PUBLIC_URL is needed"):
        read_settings(environment | {name: value})


def test_no_password_or_robots_key_shows_in_settings(environment):
    settings = read_settings(
        environment
        | {
            "GONGYOU_PUBLIC_URL": URL,
            "GONGYOU_SMTP_URL": MAIL,
            "GONGYOU_ROBOTS": "wecombot://tell-no-one",
        }
    )
    shown = repr(settings)
    assert "p@ss" not in shown and "no-one" not in shown
