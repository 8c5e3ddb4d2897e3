"""Which desk the commands mean: the environment's, else the demonstration's in var/."""

import json
from pathlib import Path

import pytest

from gongyou.cli import desk_environment


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GONGYOU_VAR", str(tmp_path))
    for name in ("GONGYOU_KEY", "GONGYOU_DATABASE_URL", "RASA_TRACKER_DB"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_demonstrations_key_is_used_when_none_is_set(var: Path) -> None:
    (var / "secrets.json").write_text(json.dumps({"GONGYOU_KEY": "kept"}))
    environment = desk_environment()
    assert environment["GONGYOU_KEY"] == "kept"
    assert environment["GONGYOU_DATABASE_URL"] == f"sqlite:///{var / 'gongyou.db'}"
    assert environment["RASA_TRACKER_DB"] == str(var / "tracker.db")


def test_the_environments_key_is_never_mixed_with_the_demonstrations(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (var / "secrets.json").write_text(json.dumps({"GONGYOU_KEY": "kept", "RASA_TOKEN": "kept"}))
    monkeypatch.setenv("GONGYOU_KEY", "given")
    environment = desk_environment()
    assert environment["GONGYOU_KEY"] == "given"
    assert environment.get("RASA_TOKEN") != "kept"


def test_no_secrets_are_made_by_asking(var: Path) -> None:
    assert "GONGYOU_KEY" not in desk_environment()
    assert not (var / "secrets.json").exists()
