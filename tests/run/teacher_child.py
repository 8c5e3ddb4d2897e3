"""The clerk's teaching alone, as a process of its own: `teacher_child ROOT`, settings from outside.

The real clerk works on the repository it lies in; here it is told which project.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from gongyou.clerk.loop import serve
from gongyou.clerk.teaching import Teaching
from gongyou.clock import china_now
from gongyou.quiet import start_logging
from gongyou.run.bot_models import BotModels
from gongyou.run.teaching import Teacher
from gongyou.settings import read_settings
from gongyou.wiring import build_desk


def main(root: Path) -> None:
    start_logging()
    settings = read_settings(os.environ)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    desk = build_desk(settings)
    bot = BotModels(settings.rasa_url, settings.rasa_token)
    teaching = Teaching(Teacher(root, desk, china_now, bot, stop), china_now)
    serve({"teaching": teaching.run_once}, stop, pause=0.1)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
