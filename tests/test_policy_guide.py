"""docs/policy-guide.md is followed to the letter: its files are written, its commands are run.

```yaml file=PATH``` is a new file, `file=PATH end` is added at a file's end. ```diff file=PATH```
replaces its - lines by its + lines; `mistake` undoes that after the next commands. In ```console```
each $ line is run and must print what follows; … stands for anything.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongyou.cli import main
from tests.fixtures import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "policy-guide.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(yaml|diff|console) ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LAW = [".venv/bin/python", "-m", "gongyou", "rulebook"]
CASES = [".venv/bin/python", "-m", "pytest"]


@dataclass(frozen=True)
class Command:
    """A line typed, and what it must print."""

    typed: str
    printed: str


def commands(block: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, _, printed = part.partition("\n")
        yield Command(typed, printed)


ALL = [one for kind, _, text in BLOCK.findall(GUIDE) if kind == "console" for one in commands(text)]


class Copy:
    """A small rulebook with the cases of its one topic, to be changed as the guide says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("facts", "parameters"):
            shutil.copytree(REPOSITORY / "rulebook" / name, root / "rulebook" / name)
        rulebook = (REPOSITORY / "rulebook").rglob("wage_arrears.yaml")
        shared = (
            REPOSITORY / "rulebook" / name for name in ("words.yaml", "regions.csv", "calendar.csv")
        )
        cases = (
            REPOSITORY / "tests" / "rulebook" / name
            for name in ("test_cases.py", "wage_arrears.yaml")
        )
        for path in (*rulebook, *shared, *cases):
            target = root / path.relative_to(REPOSITORY)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)

    def write(self, file: str, text: str, *, at_end: bool) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        assert path.exists() == at_end, file
        path.write_text((path.read_text("utf-8") if at_end else "") + text, "utf-8")

    def replace(self, file: str, diff: str) -> str:
        """Does what the diff says; returns the file's text before."""
        path = self.root / file
        text = path.read_text("utf-8")
        lines = diff.splitlines()
        old = "\n".join(line[1:] for line in lines if line[0] == "-")
        new = "\n".join(line[1:] for line in lines if line[0] == "+")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")
        return text

    def run(self, command: Command) -> str:
        """What the command prints."""
        words = shlex.split(command.typed)
        if words[: len(LAW)] == LAW:
            return self._law(words[len(LAW) :])
        assert words[: len(CASES)] == CASES
        pytest_words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words[3:]]
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(
            pytest_words, cwd=self.root, env=environment, capture_output=True, text=True
        )
        return done.stdout

    def _law(self, words: list[str]) -> str:
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            main(["rulebook", "--path", str(self.root / "rulebook"), *words])
        return said.getvalue()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each command of the guide prints, after all that stands before it was done."""
    copy, said = Copy(tmp_path_factory.mktemp("guide")), []
    undo: list[tuple[Path, str]] = []
    for kind, marks, text in BLOCK.findall(GUIDE):
        file = marks.partition("file=")[2].split(" ")[0]
        if kind == "yaml":
            copy.write(file, text, at_end=marks.endswith(" end"))
        elif kind == "diff":
            before = copy.replace(file, text)
            undo += [(copy.root / file, before)] if marks.endswith(" mistake") else []
        else:
            said += [copy.run(command) for command in commands(text)]
            while undo:
                path, before = undo.pop()
                path.write_text(before, "utf-8")
    return said


def pattern(expected: str) -> str:
    """A line that is only … stands for any lines, … inside a line for any part of it."""
    lines = ["(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
             for line in expected.splitlines()]  # fmt: skip
    return "".join(lines)


@pytest.mark.parametrize("number", range(len(ALL)), ids=[command.typed[-60:] for command in ALL])
def test_a_command_of_the_guide_prints_what_the_guide_says(number: int, printed: list[str]) -> None:
    expected = ALL[number].printed
    assert re.fullmatch(pattern(expected), printed[number]), printed[number]


def test_every_example_is_marked_so_that_it_is_tried() -> None:
    marked = [marks for kind, marks, _ in BLOCK.findall(GUIDE) if kind != "console"]
    assert all(mark.startswith("file=") for mark in marked)
    assert GUIDE.count("\n```") == 2 * len(BLOCK.findall(GUIDE))


def test_the_guide_says_what_is_made_up() -> None:
    made_up = [
        text for kind, _, text in BLOCK.findall(GUIDE) if kind == "yaml" and "document" in text
    ]
    assert all("示例文件" in text for text in made_up)
