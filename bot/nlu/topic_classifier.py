"""TopicClassifier: the linear topic model as a Rasa component."""

from __future__ import annotations

import re
from typing import Any

import jieba
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.fact_extractor import TOPIC_TEXT
from bot.nlu.linear_model import LinearModel
from bot.nlu.normaliser import folded_text
from bot.nlu.sentence_encoder import sentence_vector
from bot.nlu.tfidf import features

_CHINESE = re.compile("[\u4e00-\u9fff]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Ranks the intents of a message by the words around its facts and by its sentence vector."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the longest run of characters, the strength of learning, the ranking's length."""
        return {"longest": 1, "strength": 30.0, "ranking_length": 5}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        """Take the model; without one, every message stays without an intent."""
        self._config, self._storage, self._resource = config, storage, resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Read the model that was stored at training."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.read(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents and store the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        self._model = LinearModel.fit(
            [self._features(example) for example in examples],
            np.array([sentence_vector(example) for example in examples]),
            [example.get(INTENT) for example in examples],
            self._config["strength"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message."""
        for message in messages if self._model else []:
            ranked = self._model.rank(self._features(message), sentence_vector(message))
            ranking = [{"name": name, "confidence": share} for name, share in ranked]
            first = ranking[0] if _is_readable(message) else {"name": None, "confidence": 0.0}
            message.set(INTENT, first, add_to_output=True)
            short = ranking[: self._config["ranking_length"]]
            message.set(INTENT_RANKING_KEY, short, add_to_output=True)
        return messages

    def _features(self, message: Message) -> list[str]:
        read = message.get(TOPIC_TEXT) or {"rest": folded_text(message), "hints": []}
        words = [word for word in jieba.cut(read["rest"]) if word.strip()]
        return list(features(read["rest"], words, read["hints"], self._config["longest"]))


def _is_readable(message: Message) -> bool:
    """Say whether there is anything to judge: a Chinese character, or a fact such as 4000."""
    read = message.get(TOPIC_TEXT)
    facts = bool(read) and "has:fact" in read["hints"]
    return facts or _CHINESE.search(folded_text(message)) is not None
