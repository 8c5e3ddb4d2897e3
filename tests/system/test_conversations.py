"""tests/conversations/*.yaml, each talked through with the real assistant."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.system.whole import Phone

pytestmark = pytest.mark.system
FOLDER = Path(__file__).resolve().parent.parent / "conversations"


def conversations() -> list[Any]:
    return [
        pytest.param(one["talk"], id=f"{path.stem}: {one['name']}")
        for path in sorted(FOLDER.glob("*.yaml"))
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("talk", conversations())
def test_the_talk_goes_as_written(phone: Phone, talk: list[dict[str, Any]]) -> None:
    replies: list[dict[str, Any]] = []
    for turn in talk:
        (kind, what), *_ = turn.items()
        if kind == "worker":
            replies = phone.say(str(what))
        elif kind == "press":
            replies = phone.press(str(what))
        else:
            said = json.dumps(replies, ensure_ascii=False).replace(",", "")
            for words in map(str, what):
                found = words.replace(",", "") in said
                assert found == (kind == "bot"), f"{kind}: {words}\n{said}"
