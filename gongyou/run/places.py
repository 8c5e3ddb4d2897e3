"""Where a run keeps what it makes."""

import os
from pathlib import Path


def folder(root: Path) -> Path:
    """Data, secrets, logs, and the work of training: GONGYOU_VAR or var/."""
    return Path(os.environ.get("GONGYOU_VAR") or root / "var").resolve()


def workplace(root: Path) -> Path:
    """Where training and its gate keep their files, readable by us only."""
    return folder(root) / "teaching"


def write_private(path: Path, text: str) -> None:
    """A file readable by us only, in a folder that is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
