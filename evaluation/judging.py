"""Each question beside what the bot took it for. Pure: no model, no file."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.cases import Case
from evaluation.topics import CRISIS, OUT_TOPICS, REST, label

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Prediction:
    """The intent the bot acts on, its guesses with their confidence (0 to 1), the likeliest first,
    and the milliseconds it took. The intent is nlu_fallback when the bot's own thresholds made it
    ask back; the guesses are then what it would have said."""

    intent: str
    guesses: tuple[tuple[str, float], ...]
    ms: float = 0.0


@dataclass(frozen=True)
class Judge:
    """Which intents the bot has, and which names are topics, not steps of the talk (inform)."""

    intents: frozenset[str]
    topics: frozenset[str]

    def judge(self, cases: Sequence[Case], predictions: Sequence[Prediction]) -> list["Judged"]:
        """Put each case beside its prediction. Raises ValueError when their numbers differ."""
        pairs = zip(cases, predictions, strict=True)
        return [self._judge_one(case, prediction) for case, prediction in pairs]

    def _judge_one(self, case: Case, prediction: Prediction) -> "Judged":
        expected = tuple(dict.fromkeys(label(one, self.intents) for one in case.topics))
        guesses = dict.fromkeys(_as_label(name) for name, _ in prediction.guesses)
        out_score = sum(share for name, share in prediction.guesses if name in OUT_TOPICS)
        return Judged(
            case=case,
            expected=expected,
            got=_as_label(prediction.intent),
            guesses=tuple(guesses),
            confidence=prediction.guesses[0][1] if prediction.guesses else 0.0,
            out_score=out_score,
            answered=prediction.intent in self.topics,
            ms=prediction.ms,
        )


def _as_label(intent: str) -> str:
    """An intent that is no topic (nlu_fallback) stays what it is."""
    return label(intent, frozenset({intent}))


@dataclass(frozen=True)
class Judged:
    """One case and its prediction, both as labels; `confidence` is that of the first guess, the
    number the bot's threshold is compared with; `answered`: the bot acts on a topic."""

    case: Case
    expected: tuple[str, ...]
    got: str
    guesses: tuple[str, ...]
    confidence: float
    out_score: float
    answered: bool
    ms: float

    @property
    def topic(self) -> str:
        """The main topic, as the file names it."""
        return self.case.topics[0]

    @property
    def is_rest(self) -> bool:
        """Whether the main topic has no intent of its own and counts as other_work."""
        return self.expected[0] == REST != self.topic

    @property
    def right(self) -> bool:
        """Any topic of the set is right; a fallback never is."""
        return self.got in self.expected

    @property
    def right_main(self) -> bool:
        return self.got == self.expected[0]

    @property
    def right_of_three(self) -> bool:
        return any(guess in self.expected for guess in self.guesses[:3])

    @property
    def guess_right(self) -> bool:
        """Whether the first guess is right, asked back or not."""
        return any(guess in self.expected for guess in self.guesses[:1])

    @property
    def asked_back(self) -> bool:
        return self.got == FALLBACK

    @property
    def wrong_and_confident(self) -> bool:
        """The bot answers, on a topic outside the set, instead of asking back."""
        return self.answered and not self.right

    @property
    def is_crisis(self) -> bool:
        return self.topic == CRISIS

    @property
    def false_alarm(self) -> bool:
        return self.got == CRISIS and CRISIS not in self.case.topics
