"""The policy guide's topic, fact and rule, in YAML alone, are asked and answered in the chat."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.whole import Phone, Whole, running

pytestmark = pytest.mark.system
ROOT = Path(__file__).resolve().parents[2]
NEW_FILE = re.compile(r"^```yaml file=(rulebook/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The assistant on a copy of the rulebook to which the guide's first example was added."""
    root: Path = tmp_path_factory.mktemp("new_rule")
    shutil.copytree(ROOT / "rulebook", root / "rulebook")
    guide = (ROOT / "docs" / "policy-guide.md").read_text(encoding="utf-8")
    for file, text in NEW_FILE.findall(guide):
        assert not (root / file).exists()
        (root / file).write_text(text, encoding="utf-8")
    with running(root, GONGYOU_RULEBOOK=str(root / "rulebook")) as started:
        yield started


def test_the_new_fact_is_asked_and_the_new_rule_answers(whole: Whole) -> None:
    phone = Phone(whole)
    phone.ask_about("night_allowance")
    assert "你在哪个省、哪个市上班" in phone.words()
    phone.say("焦作")
    assert "这个月你上了几个夜班" in phone.words()
    phone.say("40个")
    assert "要写 0 到 31 之间的整数" in phone.words()
    phone.say("10个")
    assert "夜班津贴：200 元。" in phone.words()
    assert "10 × 20 = 200 元" in phone.words()
