"""FactExtractor: regions, dates, money, durations, stages and short answers as entities."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.facts import FactReader
from bot.nlu.normaliser import folded_text
from bot.nlu.topic_text import topic_text
from bot.zh.lexicon import read_lexicon
from bot.zh.spans import Span

TOPIC_TEXT = "topic_text"
# The day training sentences are read on; it only decides what is cut out.
_TRAINING_DAY = date(2026, 1, 1)


# A featurizer too: Rasa hands training sentences only to tokenizers and featurizers, and without
# that the classifier would learn from unmasked text and be asked about masked.
@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class FactExtractor(GraphComponent, EntityExtractorMixin):
    """Writes typed facts to the entities, and what is left of the text for the classifier."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the words come from and whose today counts."""
        return {
            "lexicon": "data/lexicon",
            "regions": "rulebook/regions.csv",
            "timezone": "Asia/Shanghai",
        }

    def __init__(self, reader: FactReader, timezone: ZoneInfo) -> None:
        """Take what reads the facts and the time zone of `today`."""
        self._reader, self._timezone = reader, timezone

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactExtractor:
        """Read the lexicon and index it."""
        lexicon = read_lexicon(Path(config["lexicon"]), Path(config["regions"]))
        return cls(FactReader(lexicon), ZoneInfo(config["timezone"]))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the topic text to every example; entities are not learnt."""
        for example in training_data.training_examples:
            if isinstance(example.get(TEXT), str):
                text = folded_text(example)
                _set_topic_text(example, text, self._reader.read(text, _TRAINING_DAY))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the facts of each message to its entities."""
        for message in messages:
            text = folded_text(message)
            facts = self._reader.read(text, self._today(message))
            found = [self._entity(fact) for fact in facts]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
            _set_topic_text(message, text, facts)
        return messages

    def _today(self, message: Message) -> date:
        said = (message.get("metadata") or {}).get("today")
        if isinstance(said, str):
            try:
                return date.fromisoformat(said)
            except ValueError:
                pass
        return datetime.now(self._timezone).date()

    def _entity(self, fact: Span) -> dict[str, Any]:
        return {
            "entity": fact.kind,
            "start": fact.start,
            "end": fact.end,
            "value": fact.value,
            "extractor": type(self).__name__,
        }


def _set_topic_text(message: Message, text: str, facts: list[Span]) -> None:
    """Write what a classifier reads, in plain lists and strings that Rasa can fingerprint."""
    read = topic_text(text, facts)
    message.set(TOPIC_TEXT, {"rest": read.rest, "hints": list(read.hints)})
