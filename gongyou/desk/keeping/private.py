"""Files only their owner may read, never written over, and there only once they are whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gongyou.desk.keeping.errors import FileTaken, KeepingError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file under another name; it gets its own when it is whole and on the disk.

    Raises FileTaken, KeepingError (no such folder); after any error nothing is left behind.
    """
    if not path.parent.is_dir():
        raise KeepingError(f"{path.parent}: no such folder")
    if path.exists():
        raise FileTaken(f"{path} is there already: name a new file")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
