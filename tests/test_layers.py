"""Who may import whom (docs/architecture.md): read from the imports themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "gongyou", "actions", "evaluation", "bench", "tests")

SERVICES = {
    f"gongyou.{name}"
    for name in (
        "wiring",
        "settings",
        "notice_settings",
        "quiet",
        "clock",
        "hotlines",
        "intake",
        "desk",
        "rulebook",
    )
}

NEVER_IN_THE_LAW = {"sqlalchemy", "aiohttp", "rasa_sdk", "time"}


def law(*parts: str) -> tuple[set[str], set[str]]:
    """A folder of the rulebook: of its own package it may import these parts."""
    return {f"gongyou.rulebook.{part}" for part in parts}, NEVER_IN_THE_LAW


# folder: what it may import of ours, and what it may never import
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "bot/zh": ({"bot.zh"}, {"rasa", "spacy"}),
    "bot/nlu": ({"bot.zh", "bot.nlu"}, {"aiohttp", "sqlalchemy"}),
    "bot": ({"bot"}, {"sqlalchemy"}),
    "bot/tracker_store.py": (set(), {"aiohttp"}),
    "gongyou/rulebook": ({"gongyou.rulebook"}, NEVER_IN_THE_LAW),
    "gongyou/rulebook/model": law("model"),
    "gongyou/rulebook/judging": law("model", "judging"),
    "gongyou/rulebook/reading": law("model", "judging", "reading"),
    "gongyou/rulebook/telling": law("model", "judging", "telling", "compare"),
    "gongyou/rulebook/checking": law("model", "judging", "reading", "checking", "evaluate"),
    "gongyou/desk": ({"gongyou.desk"}, {"aiohttp", "rasa_sdk"}),
    "gongyou/casework": ({"gongyou.casework", "gongyou.rulebook"}, NEVER_IN_THE_LAW),
    "gongyou/intake.py": (
        {"gongyou.casework", "gongyou.rulebook", "gongyou.desk", "gongyou.clock"},
        {"sqlalchemy", "aiohttp", "rasa_sdk"},
    ),
    "gongyou/anonymising": ({"gongyou.anonymising"}, NEVER_IN_THE_LAW),
    "gongyou/reporting": (
        {"gongyou.reporting", "gongyou.casework.documents"},
        NEVER_IN_THE_LAW,
    ),
    "gongyou/weekly.py": (
        {
            "gongyou.reporting",
            "gongyou.casework.documents",
            "gongyou.rulebook",
            "gongyou.desk",
            "gongyou.clock",
        },
        {"sqlalchemy", "aiohttp", "rasa_sdk"},
    ),
    "gongyou/clerk": (
        {
            "gongyou.clerk",
            "gongyou.weekly",
            "gongyou.run.teaching",
            "gongyou.run.bot_models",
            *SERVICES,
        }
        - {"gongyou.hotlines"},
        {"aiohttp", "rasa_sdk"},
    ),
    "gongyou/desk_command": (
        {"gongyou.desk_command", *SERVICES},
        {"aiohttp", "rasa_sdk"},
    ),
    "gongyou/settings.py": ({"gongyou.notice_settings"}, {"sqlalchemy", "aiohttp", "rasa_sdk"}),
    "gongyou/notice_settings.py": (set(), {"sqlalchemy", "aiohttp", "rasa_sdk"}),
    "gongyou/quiet.py": (set(), {"sqlalchemy", "aiohttp", "rasa_sdk"}),
    "gongyou/clock.py": (set(), {"sqlalchemy", "aiohttp", "rasa_sdk"}),
    "gongyou/hotlines.py": (set(), {"sqlalchemy", "aiohttp", "rasa_sdk"}),
    "gongyou/rulebook_command": (
        {"gongyou.rulebook", "gongyou.rulebook_command"},
        {"sqlalchemy", "aiohttp", "rasa_sdk"},
    ),
    "gongyou/wiring.py": (
        {"gongyou.settings", "gongyou.rulebook", "gongyou.desk"},
        {"aiohttp", "rasa_sdk"},
    ),
    "gongyou/web": (
        {
            "gongyou.web",
            "gongyou.anonymising",
            "gongyou.casework",
            "gongyou.reporting",
            "gongyou.weekly",
            *SERVICES,
        },
        {"sqlalchemy", "rasa_sdk"},
    ),
    "gongyou/run": (
        {
            "gongyou.run",
            "gongyou.wiring",
            "gongyou.settings",
            "gongyou.clock",
            "gongyou.quiet",
            "gongyou.desk.people",
            "gongyou.desk.teaching",
            "gongyou.desk.store",
            "gongyou.desk.errors",
            "gongyou.rulebook.RulebookError",
        },
        {"sqlalchemy", "aiohttp", "rasa_sdk"},
    ),
    "actions": ({"actions", *SERVICES}, {"sqlalchemy"}),
}


def sources() -> list[Path]:
    folders = [ROOT / "bot", ROOT / "gongyou", ROOT / "actions"]
    found = [path for folder in folders for path in folder.rglob("*.py")]
    return sorted(path for path in found if ".venv" not in path.parts)


def layer_of(path: Path) -> str | None:
    inside = path.relative_to(ROOT).as_posix()
    fitting = [layer for layer in ALLOWED if inside == layer or inside.startswith(layer + "/")]
    return max(fitting, key=len, default=None)


def imports_of(path: Path) -> set[str]:
    """Dotted names a file imports, relative ones resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            found.update(f"{module}.{alias.name}" for alias in node.names)
    return found


def within(name: str, roots: set[str]) -> bool:
    return any(name == root or name.startswith(root + ".") for root in roots)


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    layer = layer_of(path)
    if layer is None:  # entry points (cli, __main__) and package markers wire nothing by themselves
        return
    allowed, never = ALLOWED[layer]
    names = imports_of(path)
    ours = {name for name in names if name.split(".")[0] in OURS}
    assert not {name for name in ours if not within(name, allowed)}, f"{layer} reaches too far"
    assert not {name for name in names if name.split(".")[0] in never}


def test_the_rulebook_never_reads_the_clock() -> None:
    for path in (ROOT / "gongyou" / "rulebook").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".today()" not in text and ".now(" not in text, path


def test_nothing_imports_the_measuring_folders() -> None:
    for path in sources():
        assert not within_any(imports_of(path), {"evaluation", "bench", "tests"}), path


def within_any(names: set[str], roots: set[str]) -> bool:
    return any(within(name, roots) for name in names)
