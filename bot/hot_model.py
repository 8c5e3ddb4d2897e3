"""Another model for the running bot, without a restart and without a dropped answer.

Rasa's own PUT /model makes a whole new agent, with new locks: two messages of one conversation
could then be handled at once. Here the new model takes the place of the old one behind the same
agent, the same tracker store and the same locks; a message that is being handled ends with the
model it began with.
"""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.shared.data import TrainingType

logger = logging.getLogger(__name__)

MODELS = Path("models")
NAME = re.compile(r"gongyou-[0-9a-f]{12}\.tar\.gz")
_TRIAL = "厂里停工了怎么发工资"


class ModelRefused(Exception):
    """The model cannot be served; the present one goes on. `status` is what HTTP calls it."""

    def __init__(self, status: int, reason: str) -> None:
        """Take the status and one line without anything of the archive's in it."""
        super().__init__(reason)
        self.status = status


class HotModel:
    """Loads models for one agent, one after the other."""

    def __init__(self, models: Path = MODELS) -> None:
        """Take the folder they must lie in."""
        self._models = models
        self._lock = asyncio.Lock()

    async def load(self, agent: Agent, name: Any) -> None:
        """Serve the model of this name from now on. Raises ModelRefused."""
        path = self._find(name)
        async with self._lock:
            if agent.model_name == name:
                return
            processor = await self._try(agent, path)
            _serve(agent, processor)
        logger.info("Now serving %s.", name)

    def _find(self, name: Any) -> Path:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise ModelRefused(400, "a model is named gongyou-<12 hex digits>.tar.gz")
        path = self._models / name
        if not path.is_file():
            raise ModelRefused(404, "no such model in models/")
        return path

    async def _try(self, agent: Agent, path: Path) -> MessageProcessor:
        """Load it beside the present one, in a thread, and let it read a sentence."""
        loop = asyncio.get_running_loop()
        try:
            processor = await loop.run_in_executor(None, _load, agent, path)
            parsed = await processor.parse_message(UserMessage(_TRIAL))
        except Exception as error:  # whatever a broken archive makes Rasa raise
            logger.error("A model could not be loaded: %s", type(error).__name__)
            raise ModelRefused(422, "not a model that this bot can load") from error
        whole = processor.model_metadata.training_type == TrainingType.BOTH
        if not whole or not parsed["intent"].get("name"):
            raise ModelRefused(422, "not a model of both language and dialogue")
        return processor


def _load(agent: Agent, path: Path) -> MessageProcessor:
    return MessageProcessor(
        model_path=path,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
        http_interpreter=agent.http_interpreter,
    )


def _serve(agent: Agent, processor: MessageProcessor) -> None:
    """All at once: nothing else runs on the event loop in between."""
    agent.processor = processor
    agent.domain = agent.tracker_store.domain = processor.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = processor.domain.responses
