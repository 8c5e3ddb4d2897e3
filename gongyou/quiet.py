"""Logs that cannot quote anybody: exceptions and warnings are written as type and place only."""

import logging
import warnings
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

type ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)

log = logging.getLogger(__name__)


def describe(error: BaseException) -> str:
    """An error for the log: its type and place, never its message, which may quote a person."""
    frames = extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {places}"


class QuietFormatter(logging.Formatter):
    """Writes no exception message: aiohttp's and asyncio's own reports may quote a request."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written the whole of it
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:
        return describe(ei[1]) if ei[1] is not None else ""


def tell_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Stands for warnings.showwarning: a library's warning may quote a request's header."""
    log.warning("%s at %s:%d", category.__name__, Path(filename).name, lineno)


def start_logging() -> None:
    """Warnings and above of everything, to standard error, through the quiet formatter."""
    warnings.showwarning = tell_warning
    handler = logging.StreamHandler()
    handler.setFormatter(QuietFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("gongyou").setLevel(logging.INFO)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
