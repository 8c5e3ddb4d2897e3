"""The time in China, which is what a worker means by today."""

from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def china_now() -> datetime:
    """The time now, with China's time zone."""
    return datetime.now(CHINA)
