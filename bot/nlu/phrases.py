"""Stage words and yes or no, matched over the words that spaCy's jieba segmenter cuts."""

from __future__ import annotations

import re

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from bot.nlu.segmenter import load_words
from bot.zh.lexicon import Lexicon
from bot.zh.spans import Span

_LOOKS_ALIKE = "-"
# What may stand before the answer itself: 嗯，没有 / 应该没有吧 / 我们没干
_LEAD = re.compile(
    r"^[\W_]*(?:(?:嗯|恩|哦|啊|呃|那|我|我们|俺|他们|厂里|应该|好像|可能|也|都|就|这个|那个)[\W_]*)*"
)


def blank_chinese() -> Language:
    """Return spaCy's blank Chinese pipeline with the jieba segmenter."""
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})


class PhraseFinder:
    """Finds the phrases of the lexicon in a text; the longest wins."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build one matcher for the stage words and one for the replies."""
        load_words(lexicon.dictionary())
        self._nlp = blank_chinese()
        self._stages = self._matcher(lexicon.stages)
        self._replies = self._matcher(lexicon.replies)

    def _matcher(self, pairs: tuple[tuple[str, str], ...]) -> PhraseMatcher:
        matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for label, phrase in pairs:
            matcher.add(label, [self._nlp.make_doc(phrase)])
        return matcher

    def stages(self, text: str) -> list[Span]:
        """Return spans of kind `stage`: stoppage, home_office, quarantine, deferral ..."""
        doc = self._nlp.make_doc(text)
        return [
            Span(found.start_char, found.end_char, "stage", found.label_)
            for found in _longest(self._stages, doc)
            if found.label_ != _LOOKS_ALIKE
        ]

    def reply(self, text: str) -> list[Span]:
        """Return one span of kind `yesno` (yes, no, unknown) when the text opens with an answer."""
        opening = _LEAD.match(text)
        start = opening.end() if opening else 0
        found = _longest(self._replies, self._nlp.make_doc(text))
        unsure = [span for span in found if span.label_ == "unknown"]
        leading = [span for at in (start, 0) for span in found if span.start_char == at]
        for span in [*unsure, *leading][:1]:
            return [Span(span.start_char, span.end_char, "yesno", span.label_)]
        return []


def _longest(matcher: PhraseMatcher, doc: Doc) -> list:
    return filter_spans(matcher(doc, as_spans=True))
