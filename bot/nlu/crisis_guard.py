"""CrisisGuard: words of danger to life make the topic `crisis`, whatever the classifier thought."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import Matcher
from spacy.util import filter_spans

from bot.nlu.normaliser import folded_text
from bot.zh.lexicon import read_lexicon

_GAP = "…"
_SAME_SENTENCE = {"TEXT": {"REGEX": r"[^。!?;\n]"}, "OP": "{0,4}"}


class CrisisMatcher:
    """Matches over single characters, so that no cut between words can hide a phrase."""

    def __init__(self, phrases: Iterable[str], figures: Iterable[str]) -> None:
        """Take phrases that mean danger, and figures of speech that cover and cancel them."""
        self._nlp = spacy.blank("zh")  # without a segmenter every character is a token
        self._danger = self._matcher(phrases)
        self._figures = self._matcher(figures)

    def _matcher(self, phrases: Iterable[str]) -> Matcher:
        matcher = Matcher(self._nlp.vocab)
        for phrase in phrases:
            matcher.add(phrase, [[_token(char) for char in phrase]])
        return matcher

    def is_danger(self, text: str) -> bool:
        """Say whether a folded text holds a phrase of danger that no figure of speech covers."""
        doc = self._nlp.make_doc(re.sub(r"\s+", "", text).lower())
        harmless = filter_spans(self._figures(doc, as_spans=True))
        return any(
            not any(h.start <= found.start and found.end <= h.end for h in harmless)
            for found in self._danger(doc, as_spans=True)
        )


def _token(char: str) -> dict[str, Any]:
    return dict(_SAME_SENTENCE) if char == _GAP else {"TEXT": char}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisGuard(GraphComponent):
    """The last component of the pipeline."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the words come from and the name of the topic."""
        return {"lexicon": "data/lexicon", "regions": "rulebook/regions.csv", "intent": "crisis"}

    def __init__(self, matcher: CrisisMatcher, intent: str) -> None:
        """Take the matcher and the intent it forces."""
        self._matcher, self._intent = matcher, intent

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CrisisGuard:
        """Read the phrases."""
        lexicon = read_lexicon(Path(config["lexicon"]), Path(config["regions"]))
        return cls(CrisisMatcher(lexicon.crisis, lexicon.crisis_figures), config["intent"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Force the intent, with confidence 1, where a message holds words of danger."""
        for message in messages:
            if self._matcher.is_danger(folded_text(message)):
                forced = {"name": self._intent, "confidence": 1.0}
                others = message.get(INTENT_RANKING_KEY) or []
                ranking = [forced, *(o for o in others if o["name"] != self._intent)]
                message.set(INTENT, forced, add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
