"""The trained model: which data it was trained on, and training it when they have changed.

A model is fully given by our code and sentences and by the examples that officers have taught;
its name carries the fingerprint of both. Read by both sides: Python 3.10.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gongyou.run.child import plain_environment, run_child
from gongyou.run.errors import CannotStart
from gongyou.run.places import workplace, write_private
from gongyou.run.taught import Taught, as_nlu, content, read_intents

# All that decides what a model is. Contents count, not times: git sets those as it likes.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/**/*",
    "bot/**/*.py",
    "bot/uv.lock",
    "rulebook/regions.csv",
)
MODELS_KEPT = 3  # besides those that somebody still needs
# Rasa without TensorFlow, which nothing here uses: half the memory, half the start (bot/lean.py).
RASA = ("bot/.venv/bin/python", "-m", "bot.lean")
HALF = ".training-"


def bot_environment(base: dict[str, str] | None = None) -> dict[str, str]:
    """Environment variables for Rasa's processes: quiet, and nothing sent anywhere."""
    return {
        **(os.environ if base is None else base),
        "PYTHONPATH": ".",
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "CUDA_VISIBLE_DEVICES": "",
    }


def fingerprint(root: Path, taught: Taught = ()) -> str:
    """Twelve hex digits of the contents of everything the model is trained from."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(content(taught))
    return digest.hexdigest()[:12]


def model_path(root: Path, taught: Taught = ()) -> Path:
    """Where the model of the present data and these examples lies, trained or not."""
    return root / "models" / f"gongyou-{fingerprint(root, taught)}.tar.gz"


def train(
    root: Path,
    taught: Taught = (),
    keep: Collection[str] = (),
    stop: threading.Event | None = None,
) -> Path:
    """Train a model of the present data and these examples and return its path.

    It is made in a folder of its own and moved into place whole: a kill leaves no half model.
    Older ones are cleared away but for `keep`, names of files that are served or may be again.
    Raises CannotStart, ChildStopped when `stop` is set meanwhile.
    """
    path = model_path(root, taught)
    path.parent.mkdir(exist_ok=True)
    with _alone(path.parent), _half_place(path.parent) as place:
        made = place / path.name
        try:
            run_child(_command(root, taught, made), root, _environment(place), stop)
        except CannotStart as reason:
            raise type(reason)(f"training failed: {reason}") from None
        finally:
            _taught_file(root).unlink(missing_ok=True)
        if not made.exists():
            raise CannotStart("training failed: it left no model")
        os.replace(made, path)
    clear_away(path.parent, {path.name, *keep})
    return path


def clear_left(root: Path) -> None:
    """Delete the examples that a killed training left lying: their chats may be erased by now."""
    models = root / "models"
    models.mkdir(exist_ok=True)
    with _alone(models):
        _taught_file(root).unlink(missing_ok=True)


def clear_away(models: Path, keep: Collection[str]) -> None:
    """Delete all models but the newest few and those named."""
    found = sorted(models.glob("gongyou-*.tar.gz"), key=_age)
    for old in [path for path in found if path.name not in keep][:-MODELS_KEPT]:
        old.unlink()


def _command(root: Path, taught: Taught, made: Path) -> list[str]:
    # --force: Rasa's cache knows a component by its class, not by the modules it calls.
    command = [*RASA, "train", "--force", "--quiet", "--out", str(made.parent), "--data", "data"]
    if taught:
        command.append(str(_write_taught(root, taught)))
    return [*command, "--fixed-model-name", made.name.removesuffix(".tar.gz")]


def _write_taught(root: Path, taught: Taught) -> Path:
    """The examples as a file of Rasa's, readable by us only; never in data/."""
    path = _taught_file(root)
    write_private(path, as_nlu(taught, read_intents(root)))
    return path


def _taught_file(root: Path) -> Path:
    return workplace(root) / "taught.yml"


def _environment(place: Path) -> dict[str, str]:
    """Rasa unpacks what it needs beside the model: what a kill leaves is cleared away with it."""
    return {**bot_environment(plain_environment()), "TMPDIR": str(place)}


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """One training at a time on this machine; the lock ends with its holder."""
    with (models / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _half_place(models: Path) -> Iterator[Path]:
    """A folder for one training; those of killed ones are cleared away first."""
    for left in models.glob(f"{HALF}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=HALF, dir=models))
    try:
        yield place.resolve()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _sources(root: Path) -> Iterable[Path]:
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    ignored = {".venv", "__pycache__", ".generated"}
    return sorted(p for p in found if not ignored & set(p.relative_to(root).parts))
