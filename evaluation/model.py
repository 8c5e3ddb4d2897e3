"""The trained model, loaded once and asked in process, as the bot's own server asks it."""

import logging
import os
import tarfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.lean import leave_out_tensorflow
from evaluation.errors import CannotEvaluate
from evaluation.judging import FALLBACK, Prediction

if TYPE_CHECKING:
    from rasa.core.agent import Agent

# Dates like 昨天 are read from this day, so that a run can be repeated.
TODAY = "2026-11-21"
# The first parse builds dictionaries: it is not timed.
WARM_UP = "你好"


def keep_quiet() -> None:
    """Call before anything of Rasa is imported: no telemetry, no TensorFlow, no warnings, and no
    log of the texts that are parsed."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.captureWarnings(True)  # Rasa shows them again, whatever the filter
    logging.disable(logging.WARNING)
    leave_out_tensorflow()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)


def find_model(path: Path) -> Path:
    """The model itself, or the newest in a folder. Raises CannotEvaluate when there is none."""
    found = [path] if path.is_file() else sorted(path.glob("*.tar.gz"), key=_age)
    if not found:
        raise CannotEvaluate(f"{path}: no model there; train one with `make train`")
    if not tarfile.is_tarfile(found[-1]):
        raise CannotEvaluate(f"{found[-1]}: no model of Rasa; train one with `make train`")
    return found[-1]


def load(model: Path) -> "Agent":
    """Load a model. Raises CannotEvaluate when this Rasa cannot read it."""
    from rasa.core.agent import Agent

    try:
        return Agent.load(model)
    except Exception as error:  # whatever a foreign archive makes Rasa raise
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise CannotEvaluate(f"{model}: {reason}; train it anew with `make train`") from error


async def parse_all(agent: "Agent", texts: Iterable[str]) -> list[Prediction]:
    """What the model makes of each text, one after the other, with the time each took."""
    await _parse(agent, WARM_UP)
    return [await _parse(agent, text) for text in texts]


async def _parse(agent: "Agent", text: str) -> Prediction:
    from rasa.core.channels.channel import UserMessage

    message = UserMessage(text.lstrip("/"), metadata={"today": TODAY})  # no text is a button
    begin = time.perf_counter()
    parsed = await agent.processor.parse_message(message)
    return read_prediction(parsed, 1000 * (time.perf_counter() - begin))


def read_prediction(parsed: dict[str, Any], ms: float) -> Prediction:
    """The intent and the guesses in what Rasa returns for one text."""
    ranking = [(row["name"], float(row["confidence"])) for row in parsed.get("intent_ranking", [])]
    guesses = tuple((name, sure) for name, sure in ranking if name != FALLBACK)
    return Prediction(parsed["intent"]["name"] or FALLBACK, guesses, ms)


def _age(path: Path) -> float:
    return path.stat().st_mtime
