"""Cross-validation on our own sentences: each is asked of a model that never saw it."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sklearn.model_selection import StratifiedKFold

from evaluation.cases import Case
from evaluation.judging import Prediction
from evaluation.model import load, parse_all
from evaluation.remembering import remembering
from evaluation.topics import OUT_TOPICS

# Intents with fewer sentences are those that only buttons send: trained on, never asked.
FEWEST = 20


def read_training_sentences(folder: Path) -> list[Case]:
    """Our sentences as cases, each with the one topic it is filed under."""
    from rasa.shared.nlu.training_data.loading import load_data

    numbers: Counter[str] = Counter()
    return [_as_case(one.data, numbers) for one in load_data(str(folder)).intent_examples]


def _as_case(example: dict[str, str], numbers: Counter[str]) -> Case:
    intent = example["intent"]
    numbers[intent] += 1
    scope = "out" if intent in OUT_TOPICS else "in"
    return Case(f"{intent}-{numbers[intent]}", example["text"], (intent,), scope, "own")


def split(
    cases: Sequence[Case], folds: int, fewest: int = FEWEST
) -> Iterator[tuple[list[Case], list[Case]]]:
    """(sentences to learn, sentences to ask) of each fold; the same ones in every run."""
    sizes = Counter(case.topics[0] for case in cases)
    asked = [case for case in cases if sizes[case.topics[0]] >= fewest]
    rest = [case for case in cases if sizes[case.topics[0]] < fewest]
    cut = StratifiedKFold(folds, shuffle=True, random_state=42)
    for learn, ask in cut.split(asked, [case.topics[0] for case in asked]):
        yield [*rest, *(asked[i] for i in learn)], [asked[i] for i in ask]


def cross_validate(
    root: Path, folds: int, taught: Sequence[Case] = ()
) -> tuple[list[Case], list[Prediction]]:
    """Train and ask once a fold, with the pipeline of config.yml; every case stands once.

    `taught` are learnt in every fold and never asked; one that says what a fold asks is left out
    of that fold.
    """
    asked: list[Case] = []
    predictions: list[Prediction] = []
    pairs = split(read_training_sentences(root / "data/nlu"), folds)
    with remembering():
        for number, (learn, ask) in enumerate(pairs, 1):
            print(f"fold {number} of {folds}", file=sys.stderr)
            with TemporaryDirectory() as folder:
                learnt = [*learn, *without(taught, ask)]
                agent = load(train(root / "config.yml", learnt, Path(folder)))
                predictions += asyncio.run(parse_all(agent, [case.text for case in ask]))
            asked += ask
    return asked, predictions


def without(taught: Sequence[Case], ask: Sequence[Case]) -> list[Case]:
    """Those that are not asked, letter for letter."""
    texts = {_letters(case.text) for case in ask}
    return [case for case in taught if _letters(case.text) not in texts]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def train(config: Path, cases: Sequence[Case], folder: Path) -> Path:
    """Train an NLU model on these cases; the archive lies in the folder."""
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # the cache does not see changes in bot/
    from rasa.model_training import train_nlu

    data = folder / "nlu.yml"
    data.write_text(_as_yaml(cases), encoding="utf-8")
    with redirect_stdout(StringIO()):  # Rasa prints where the model lies
        return Path(str(train_nlu(str(config), str(data), str(folder))))


def _as_yaml(cases: Sequence[Case]) -> str:
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    examples = [Message.build(case.text, case.topics[0]) for case in cases]
    return str(TrainingData(examples).nlu_as_yaml())
