"""LexiconTokenizer: jieba with the words of our own lexicon, over the folded text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normaliser import folded_text
from bot.nlu.segmenter import load_words
from bot.zh.lexicon import read_lexicon

_FILE = "dictionary.txt"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class LexiconTokenizer(Tokenizer):
    """Cuts text into words; its dictionary is written at training and kept in the model."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the words come from, and Rasa's own tokenizer options."""
        return {
            "lexicon": "data/lexicon",
            "regions": "rulebook/regions.csv",
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, words: list[str]
    ) -> None:
        """Give jieba the `words` it must keep whole."""
        super().__init__(config)
        self._storage, self._resource, self._words = storage, resource, words
        load_words(words)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LexiconTokenizer:
        """Read the lexicon as it is now."""
        lexicon = read_lexicon(Path(config["lexicon"]), Path(config["regions"]))
        return cls(config, model_storage, resource, lexicon.dictionary())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LexiconTokenizer:
        """Read the dictionary that was stored at training."""
        with model_storage.read_from(resource) as folder:
            words = (folder / _FILE).read_text(encoding="utf-8").split("\n")
        return cls(config, model_storage, resource, words)

    def train(self, training_data: TrainingData) -> Resource:
        """Store the dictionary in the model."""
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text("\n".join(self._words), encoding="utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of an attribute; of the text, its folded form."""
        text = folded_text(message) if attribute == TEXT else message.get(attribute)
        words = [Token(word, start) for word, start, _ in jieba.tokenize(text) if word.strip()]
        return self._apply_token_pattern(words or [Token(text, 0)])
