"""Everything the operator may set, read once from the environment.

GONGYOU_KEY             needed; keys, comma-separated: the first encrypts, all decrypt
RASA_TOKEN              needed; what the gateway shows the bot
ACTION_TOKEN            needed; what the bot shows the action server
GONGYOU_DATABASE_URL    sqlite:///<repository>/var/gongyou.db
GONGYOU_RULEBOOK        <repository>/rulebook
GONGYOU_HOST            127.0.0.1; where the gateway listens
GONGYOU_PORT            8000
GONGYOU_SECURE_COOKIES  yes; "no" only for plain http on one's own machine
GONGYOU_BEHIND_PROXY    no; "yes" when only our own proxy reaches the gateway: clients are then
                        known by the last address in its X-Forwarded-For
GONGYOU_BOT_TIMEOUT     8; seconds until the worker sees the fallback
RASA_URL                http://127.0.0.1:5005
ACTION_HOST             127.0.0.1; where the action server listens
ACTION_PORT             5055
GONGYOU_PUBLIC_URL      how people reach the desk (https://gongyou.example.org); notices name it, so
                        it is needed with either of the next two
GONGYOU_SMTP_URL        smtp://USER:PASSWORD@HOST:587?from=ADDRESS, with STARTTLS; smtps:// for TLS
                        from the first byte (465); "&tls=no" only on one's own machine or without
                        a password. In a name or password, write @ : / ? # % as %40 %3A %2F ...
GONGYOU_ROBOTS          robots of group chats, space- or comma-separated: wecombot://KEY for
                        企业微信, dingtalk://TOKEN or dingtalk://SECRET@TOKEN for 钉钉
                        Notices for a channel that is not set are marked failed: "not configured"
GONGYOU_TODAY           the day in China; another one (2026-11-21) for tests and demonstrations
"""

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from gongyou.notice_settings import (
    MailServer,
    read_mail_server,
    read_public_url,
    read_robots,
)

REPOSITORY = Path(__file__).resolve().parent.parent
TOKEN_MIN = 32
NOTICES_NAME_IT = (
    "is needed with GONGYOU_SMTP_URL or GONGYOU_ROBOTS: the address where people reach the desk, "
    "like https://gongyou.example.org"
)
MAKE_KEY = 'python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'


class SettingsError(Exception):
    """The environment cannot be used. `problems` has a line for each variable, with its cure."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(("Gongyou cannot start with these settings:", *problems)))


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings. Secrets stay out of its repr."""

    keys: tuple[str, ...] = field(repr=False)
    rasa_token: str = field(repr=False)
    action_token: str = field(repr=False)
    database_url: str = field(repr=False)
    rulebook_path: Path
    host: str
    port: int
    secure_cookies: bool
    bot_timeout: float
    rasa_url: str
    action_host: str
    action_port: int
    behind_proxy: bool = False
    today: date | None = None
    public_url: str | None = None
    smtp: MailServer | None = None
    robots: tuple[str, ...] = field(default=(), repr=False)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from `os.environ` or the like. Raises SettingsError with every problem at once."""
    reader = _Reader(environment)
    settings = Settings(
        keys=reader.read("GONGYOU_KEY", None, _keys),
        rasa_token=reader.read("RASA_TOKEN", None, _token),
        action_token=reader.read("ACTION_TOKEN", None, _token),
        database_url=reader.read(
            "GONGYOU_DATABASE_URL", f"sqlite:///{REPOSITORY / 'var' / 'gongyou.db'}", _database_url
        ),
        rulebook_path=reader.read("GONGYOU_RULEBOOK", str(REPOSITORY / "rulebook"), _folder),
        host=reader.read("GONGYOU_HOST", "127.0.0.1", str),
        port=reader.read("GONGYOU_PORT", "8000", _port),
        secure_cookies=reader.read("GONGYOU_SECURE_COOKIES", "yes", _yes_or_no),
        bot_timeout=reader.read("GONGYOU_BOT_TIMEOUT", "8", _seconds),
        rasa_url=reader.read("RASA_URL", "http://127.0.0.1:5005", _http_url),
        action_host=reader.read("ACTION_HOST", "127.0.0.1", str),
        action_port=reader.read("ACTION_PORT", "5055", _port),
        behind_proxy=reader.read("GONGYOU_BEHIND_PROXY", "no", _yes_or_no),
        today=reader.read("GONGYOU_TODAY", "", _day),
        public_url=reader.read("GONGYOU_PUBLIC_URL", "", read_public_url),
        smtp=reader.read("GONGYOU_SMTP_URL", "", read_mail_server),
        robots=reader.read("GONGYOU_ROBOTS", "", read_robots),
    )
    if (settings.smtp or settings.robots) and not environment.get("GONGYOU_PUBLIC_URL", "").strip():
        reader.problems.append(f"GONGYOU_PUBLIC_URL {NOTICES_NAME_IT}")
    if reader.problems:
        raise SettingsError(reader.problems)
    return settings


class _Reader:
    """Reads variable after variable and keeps what is wrong with each."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[str] = []

    def read[T](self, name: str, default: str | None, parse: Callable[[str], T]) -> T:
        """The parsed value. After a problem it is no T, but then no Settings leave this file."""
        text = self.environment.get(name, "").strip() or default
        try:
            return parse(text or "")
        except ValueError as error:
            self.problems.append(f"{name} {error}")
            return None  # type: ignore[return-value]


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or not all(_is_key(key) for key in keys):
        raise ValueError(
            "must be one key or more, comma-separated, each the urlsafe base64 of 32 bytes; "
            f"make one with: {MAKE_KEY}"
        )
    return keys


def _is_key(text: str) -> bool:
    try:
        return len(text) == 44 and len(urlsafe_b64decode(text)) == 32
    except (ValueError, binascii.Error):
        return False


def _token(text: str) -> str:
    if len(text) < TOKEN_MIN:
        raise ValueError(
            f"must be a secret of at least {TOKEN_MIN} characters, the same for both sides; "
            'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return text


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")) or ":memory:" in text:
        raise ValueError(
            "must be sqlite:///PATH (four slashes for an absolute path) "
            "or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
        )
    return text


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ValueError(f"names {path}, which is not a folder; give the rulebook's folder")
    return path


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("must be a port number from 1 to 65535")
    return int(text)


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError('must be "yes" or "no"')
    return text == "yes"


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise ValueError("must be a number of seconds above 0 and at most 60")
    return seconds


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValueError("must be a day like 2026-11-21, or left out") from error


def _http_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address like http://127.0.0.1:5005")
    return text.rstrip("/")
