"""Normaliser: adds the folded text to a message; the worker's own words stay as they were."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.zh.fold import fold

FOLDED = "folded_text"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Half width, simplified characters, plain spaces; as long as the original."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        """Create the component."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Fold every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Fold the text of each message into its property `folded_text`."""
        for message in messages:
            if isinstance(message.get(TEXT), str):
                message.set(FOLDED, fold(message.get(TEXT)))
        return messages


def folded_text(message: Message) -> str:
    """Return the folded text of a message: empty when it has no text."""
    text = message.get(FOLDED)
    return text if isinstance(text, str) else fold(message.get(TEXT) or "")
