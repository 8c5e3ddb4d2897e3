"""The real rulebook, read once; and copies of it with something changed."""

import shutil
from functools import cache
from pathlib import Path

from gongyou.rulebook import Rulebook, read_rulebook

RULEBOOK = Path(__file__).resolve().parents[2] / "rulebook"


@cache
def real_rulebook() -> Rulebook:
    """The rulebook as shipped."""
    return read_rulebook(RULEBOOK)


def changed_rulebook(folder: Path, file: str, old: str, new: str) -> Rulebook:
    """A copy of the shipped rulebook with one text in one file replaced, once."""
    copy = folder / "rulebook"
    shutil.copytree(RULEBOOK, copy)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_rulebook(copy)


def rulebook_where(folder: Path, file: str, rule: str, status: str) -> Rulebook:
    """A copy of the shipped rulebook in which one verified or secondary rule stands otherwise."""
    text = (RULEBOOK / file).read_text(encoding="utf-8")
    start = text.index(f"- id: {rule}\n")
    end = text.index("\n", text.index("  status: ", start))
    own = text[start:end]
    changed = own[: own.rindex("status: ")] + f"status: {status}"
    return changed_rulebook(folder, file, own, changed)
