"""The real clerk as a process of its own, with two things changed from outside: where the robots
live (apprise knows only the real ones), and how many hours its clock is ahead."""

import os
import sys
from datetime import datetime, timedelta

from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.wecombot import NotifyWeComBot

from gongyou.clerk.__main__ import main
from gongyou.clock import china_now

AHEAD = timedelta(hours=int(os.environ["TEST_HOURS_AHEAD"]))


def later() -> datetime:
    return china_now() + AHEAD


if __name__ == "__main__":
    NotifyWeComBot.notify_url = os.environ["TEST_WECOM_URL"]
    NotifyDingTalk.notify_url = os.environ["TEST_DINGTALK_URL"]
    sys.exit(main(later))
