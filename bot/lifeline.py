"""Work in the background that ends with whoever started it, even when that one is killed.

The starter sets GONGYOU_LIFELINE and gives us the reading end of a pipe as standard input, and
keeps the other end. When it dies, however it does, the pipe closes.
"""

from __future__ import annotations

import os
import threading

VARIABLE = "GONGYOU_LIFELINE"
_GENTLY = 10  # added to our niceness: answers to workers go first


def hold() -> None:
    """Watch the pipe from now on, and give way to others; does nothing without the variable."""
    if os.environ.get(VARIABLE):
        os.nice(_GENTLY)
        threading.Thread(target=_watch, name="lifeline", daemon=True).start()


def _watch() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)  # nothing is left to tidy up for: half a model is in a folder of its own
