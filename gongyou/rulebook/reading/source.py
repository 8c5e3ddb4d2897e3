"""YAML with its line numbers, and typed reading of its fields that collects every mistake."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from gongyou.rulebook.model.errors import Problem

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?")


class Lined(dict[Any, Any]):
    """A mapping that knows the line it starts on, and keys written twice."""

    line: int = 0
    doubled: tuple[str, ...] = ()


class _Loader(yaml.CSafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    made = Lined()
    made.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise ConstructorError(None, None, "a key is a list or mapping", key_node.start_mark)
        if key in made:
            made.doubled += (str(key),)
        made[key] = loader.construct_object(value_node, deep=True)
    return made


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> object:
    """A date; an impossible one stays text, so that its field can be named."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


# YAML 1.1 takes yes, no, on and off for truth values; here they are answers, and words.
_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in listed if tag != _BOOL]
    for first, listed in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("true|false"), list("tf"))
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


class Reader:
    """Reads one file of the rulebook; what is wrong goes into `problems`, nothing is raised."""

    def __init__(self, path: Path, root: Path, problems: list[Problem]) -> None:
        self.path = path
        self.file = str(path.relative_to(root.parent)) if path.is_relative_to(root) else str(path)
        self.problems = problems

    def load(self) -> Row:
        """The file's top mapping; an empty, silent one when it cannot be read."""
        try:
            with self.path.open("rb") as stream:
                made = yaml.load(stream, Loader=_Loader)
        except OSError as error:
            return self._unread(1, f"cannot be read ({error.strerror})", "Put the file there")
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            return self._unread(line, f"is not YAML ({error.problem})", "Fix the YAML")
        except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
            return self._unread(1, f"is not YAML ({error})", "Fix the YAML; save it as UTF-8")
        if not isinstance(made, Lined):
            return self._unread(1, "is not a mapping", "Start it with keys such as topic:")
        return Row(self, made, "file")

    def _unread(self, line: int, what: str, cure: str) -> Row:
        self.problem(line, "file", what, cure)
        self.problems = []
        return Row(self, Lined(), "file")

    def problem(self, line: int, where: str, what: str, cure: str) -> None:
        """Records one mistake."""
        self.problems.append(Problem(self.file, line, where, what, cure))


class Row:
    """One mapping being read. Each getter records a mistake and returns a harmless value."""

    def __init__(self, reader: Reader, data: Lined, where: str) -> None:
        self.reader, self.data, self.where = reader, data, where
        for key in data.doubled:
            self.wrong(f"{key} is written twice", "Keep one")

    def wrong(self, what: str, cure: str) -> None:
        """Records a mistake at this row."""
        self.reader.problem(self.data.line, self.where, what, cure)

    def only(self, *allowed: str) -> None:
        """Records every key that is not one of these."""
        for key in self.data:
            if key not in allowed:
                self.wrong(f"{key!r} is not a key here", f"Use one of {', '.join(allowed)}")

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required when there is no default."""
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{key} is {value!r}, not text", f"Write {key}: in quotes")
            return ""
        return value.strip()

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value and value not in allowed:
            self.wrong(f"{key} is {value!r}", f"Use one of {', '.join(allowed)}")
            return allowed[-1]
        return value

    def day(self, key: str, required: bool = True) -> date | None:
        """A date, or None."""
        value = self.data.get(key)
        if type(value) is date:
            return value
        if value is not None or required:
            self.wrong(f"{key} is {value!r}, not a date", f"Write {key}: 2020-01-31")
        return None

    def code(self, key: str, default: str | None = None) -> str:
        """A six-digit region code."""
        value = self.data.get(key, default)
        if not isinstance(value, str) or not re.fullmatch(r"\d{6}", value):
            self.wrong(f"{key} is {value!r}, not a code", 'Write it in quotes: "410000"')
            return "000000"
        return value

    def decimal(self, key: str) -> str | None:
        """A decimal written as a quoted string, or None for null."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return value
        self.wrong(f"{key} is {value!r}, not a quoted number", f'Write {key}: "1900"')
        return None

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings (a bare number is one too); empty when absent."""
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(type(item) in (str, int) for item in value):
            self.wrong(f"{key} is not a list of texts", f"Write {key}: [one, two]")
            return ()
        return tuple(map(str, value))

    def row(self, key: str) -> Row:
        """A nested mapping; an empty one when absent."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, Lined):
            self.wrong(f"{key} is not a mapping", f"Write {key}: {{name: value}}")
        if not isinstance(value, Lined):
            value = Lined()
            value.line = self.data.line
        return Row(self.reader, value, self.where)

    def rows(self, key: str, name: str = "") -> Iterator[Row]:
        """The mappings of a list. `name` is the key that names each in messages."""
        value = self.data.get(key) or []
        if not isinstance(value, list):
            self.wrong(f"{key} is not a list", f"Start each line under {key}: with a dash")
            return
        for item in value:
            if isinstance(item, Lined):
                yield Row(self.reader, item, str(item.get(name, self.where)) if name else key)
            else:
                self.wrong(f"{key} holds {item!r}, not a mapping", "Write {key: value}")
