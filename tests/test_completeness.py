"""Nothing named in one place is missing in another."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutor

from gongyou.web.texts import read_texts

ROOT = Path(__file__).resolve().parent.parent


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def stems(pattern: str) -> set[str]:
    return {path.stem for path in ROOT.glob(pattern)}


def domain_intents() -> set[str]:
    return {
        name if isinstance(name, str) else next(iter(name))
        for name in read("domain.yml")["intents"]
    }


def test_every_intent_has_its_file_of_sentences_and_every_file_its_intent() -> None:
    assert stems("data/nlu/*.yml") == domain_intents()


def test_every_topic_has_cases_and_a_button_reaches_it() -> None:
    """No intent of its own is needed: the button-only intent carries the topic's name."""
    assert stems("rulebook/national/*.yaml") <= stems("tests/rulebook/*.yaml")
    assert "ask_topic" in domain_intents()


def test_every_topic_offered_as_a_button_exists() -> None:
    settings = read("actions/topics.yaml")
    named = {*settings["offered"], *settings["by_stage"].values()}
    assert named <= stems("rulebook/national/*.yaml")


def test_the_domain_names_the_actions_that_exist() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(read("domain.yml")["actions"]) == set(executor.actions)


def test_every_line_of_words_is_said_somewhere() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.glob("actions/*.py"))
    said = {
        node.value
        for node in ast.walk(ast.parse(code.replace("from __future__", "# ")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    raised = {"region_unknown", "region_ambiguous", "date_invalid"}  # by UnreadableFact.key
    raised |= set(read("actions/topics.yaml")["links"].values())
    words = read("actions/words.yaml")
    unused = [
        f"{section}.{key}"
        for section, lines in words.items()
        for key in lines
        if key not in said | raised
    ]
    assert not unused


def test_every_line_that_is_said_exists() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.glob("actions/*.py"))
    words = read("actions/words.yaml")
    named = re.findall(r'words\(\)\["(\w+)"\](?:\["(\w+)"\])?', code)
    assert named
    assert not [f"{a}.{b}" for a, b in named if a not in words or (b and b not in words[a])]


def test_every_sentence_of_the_gateway_is_said_somewhere() -> None:
    files = [*ROOT.glob("gongyou/web/**/*.py"), *ROOT.glob("gongyou/web/templates/**/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    keys = read_texts()["sentences"]
    made = {f"{mode}_again" for mode in ("bot", "person")}
    made |= {f"person_{step}" for step in ("here", "gone", "moved", "reopened")}
    made |= {f"case_files_{status}" for status in ("closed", "withdrawn")}
    made |= {f"{card}_title" for card in ("handed_over", "sent_to_lawyer", "aid_sent")}
    made |= {f"ready_rule_{status}" for status in ("verified", "secondary", "unverified")}
    made |= {"person_here_care"}
    assert not [key for key in keys if key not in made and not re.search(rf"\b{key}\b", text)]


def test_every_setting_is_told_to_the_operator() -> None:
    source = (ROOT / "gongyou" / "settings.py").read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(source)) or ""
    assert not [name for name in re.findall(r'\.read\(\s*"(\w+)"', source) if name not in told]
