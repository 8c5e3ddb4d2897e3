"""`python -m gongyou.clerk`: see to the cases and send notices until told to stop (SIGTERM)."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from gongyou.clerk.channels import NotConfigured, Way
from gongyou.clerk.loop import Job, serve
from gongyou.clerk.mail import MailWay
from gongyou.clerk.robots import RobotWay
from gongyou.clerk.rounds import Rounds
from gongyou.clerk.sending import Sender
from gongyou.clerk.teaching import Teaching
from gongyou.clerk.weekly import Weekly
from gongyou.clock import china_now
from gongyou.desk.store import Desk
from gongyou.quiet import start_logging
from gongyou.rulebook import RulebookError
from gongyou.run.bot_models import BotModels
from gongyou.run.teaching import Teacher
from gongyou.settings import REPOSITORY, Settings, SettingsError, read_settings
from gongyou.wiring import build_desk, build_rulebook

LOUD = ("apprise", "urllib3")  # their warnings name addresses and keys


def main(clock: Callable[[], datetime] = china_now) -> int:
    """Returns the exit code: 0 when told to stop, 1 when settings or rulebook cannot be used."""
    start_logging()
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        settings = read_settings(os.environ)
    except SettingsError as reason:
        print(f"gongyou: the clerk cannot start: {reason}", file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    desk = build_desk(settings)
    try:
        serve(build_jobs(settings, desk, clock, stop), stop)
    except RulebookError as reason:
        print(f"gongyou: the clerk cannot start: {reason}", file=sys.stderr)
        return 1
    finally:
        desk.close()
    return 0


def build_jobs(
    settings: Settings, desk: Desk, clock: Callable[[], datetime], stop: threading.Event
) -> Mapping[str, Job]:
    """What the clerk does, each by its name in the log; `stop` ends a training half way."""
    mail: Way = MailWay(settings.smtp) if settings.smtp else NotConfigured()
    robots: Way = RobotWay(settings.robots) if settings.robots else NotConfigured()
    url = settings.public_url or ""
    rulebook = build_rulebook(settings)
    rounds = Rounds(desk, rulebook, clock, settings.today)
    bot = BotModels(settings.rasa_url, settings.rasa_token)
    teacher = Teacher(REPOSITORY, desk, clock, bot, stop)
    return {
        "rounds": rounds.run_once,
        "weekly": Weekly(desk, rulebook, clock).run_once,
        "e-mail": Sender(desk, "email", mail, url, clock).run_once,
        "teaching": Teaching(teacher, clock).run_once,
        "robots": Sender(desk, "robot", robots, url, clock).run_once,
    }


if __name__ == "__main__":
    sys.exit(main())
