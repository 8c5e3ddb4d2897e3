"""Shared parts: the day is fixed, the lexicon is the real one."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def lexicon():
    from bot.zh.lexicon import read_lexicon

    return read_lexicon(ROOT / "data/lexicon", ROOT / "rulebook/regions.csv")


@pytest.fixture(scope="session")
def reader(lexicon):
    from bot.nlu.facts import FactReader

    return FactReader(lexicon)
