"""The trained model: which data it was trained on, and training it when they have changed."""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from gongyou.run.errors import CannotStart

# All that decides what a model is. Contents count, not times: git sets those as it likes.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/**/*",
    "bot/**/*.py",
    "bot/uv.lock",
    "rulebook/regions.csv",
)
MODELS_KEPT = 3
# Rasa without TensorFlow, which nothing here uses: half the memory, half the start (bot/lean.py).
RASA = ("bot/.venv/bin/python", "-m", "bot.lean")


def bot_environment() -> dict[str, str]:
    """Environment variables for Rasa's processes: quiet, and nothing sent anywhere."""
    return {
        **os.environ,
        "PYTHONPATH": ".",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "CUDA_VISIBLE_DEVICES": "",
    }


def fingerprint(root: Path) -> str:
    """Twelve hex digits of the contents of everything the model is trained from."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def model_path(root: Path) -> Path:
    """Where the model of the present data lies, trained or not."""
    return root / "models" / f"gongyou-{fingerprint(root)}.tar.gz"


def train(root: Path) -> Path:
    """Train a model of the present data and return its path; older ones are cleared away."""
    path = model_path(root)
    path.parent.mkdir(exist_ok=True)
    name = path.name.removesuffix(".tar.gz")
    # --force: Rasa's cache knows a component by its class, not by the modules it calls.
    command = [*RASA, "train", "--force", "--quiet", "--out", "models"]
    done = subprocess.run(
        [*command, "--fixed-model-name", name],
        cwd=root,
        env=bot_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0 or not path.exists():
        raise CannotStart(f"training failed: {_reason(done.stderr or done.stdout)}")
    for old in sorted(path.parent.glob("gongyou-*.tar.gz"), key=_age)[:-MODELS_KEPT]:
        old.unlink()
    return path


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " / ".join(lines[-3:]) or "no reason given"


def _sources(root: Path) -> Iterable[Path]:
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    ignored = {".venv", "__pycache__", ".generated"}
    return sorted(p for p in found if not ignored & set(p.relative_to(root).parts))
