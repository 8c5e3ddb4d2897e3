"""What the actions work with: the rulebook, the desk and their words, built once, on first use."""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.interfaces import Tracker

from gongyou.clock import china_now
from gongyou.rulebook import Rulebook
from gongyou.rulebook.versions import Version, versions
from gongyou.settings import Settings, read_settings
from gongyou.wiring import Desk, build_desk, build_rulebook


@cache
def settings() -> Settings:
    """Settings of this process, from the environment."""
    return read_settings(os.environ)


@cache
def rulebook() -> Rulebook:
    """The rulebook, read once. A broken one stops the start."""
    return build_rulebook(settings())


@cache
def rule_versions() -> Mapping[str, Version]:
    """Each rule and figure as this process answers with it."""
    return versions(rulebook())


@cache
def desk() -> Desk:
    """The desk's database."""
    return build_desk(settings())


@cache
def words() -> dict[str, Any]:
    """The sentences of words.yaml, by section."""
    return _read("words.yaml")


@cache
def topics() -> dict[str, Any]:
    """topics.yaml: which topics are offered, and which stage word means which topic."""
    return _read("topics.yaml")


@cache
def second_topics() -> dict[str, Any]:
    """second_topics.yaml: by which words a message asks about a second topic."""
    return _read("second_topics.yaml")


def _read(name: str) -> dict[str, Any]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def today(tracker: Tracker) -> date:
    """The day the worker wrote, as the gateway stamped it, or today in China."""
    stamped = (tracker.latest_message.get("metadata") or {}).get("today")
    return date.fromisoformat(stamped) if stamped else china_now().date()
