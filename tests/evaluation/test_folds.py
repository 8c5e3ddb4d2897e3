"""Cutting our own sentences into folds."""

from evaluation.cases import Case
from evaluation.folds import split

CASES = [Case(f"a{n}", "x", ("wage_cut",), "in") for n in range(6)]
FEW = [Case("b", "x", ("ask_topic",), "in")]


def test_every_sentence_is_asked_once_and_never_of_a_model_that_learnt_it() -> None:
    asked = []
    for learn, ask in split(CASES, folds=3, fewest=3):
        assert not set(learn) & set(ask)
        assert len(learn) + len(ask) == len(CASES)
        asked += ask
    assert sorted(case.id for case in asked) == [case.id for case in CASES]


def test_an_intent_of_few_sentences_is_learnt_and_never_asked() -> None:
    for learn, ask in split(CASES + FEW, folds=3, fewest=3):
        assert FEW[0] in learn
        assert FEW[0] not in ask


def test_the_folds_are_the_same_in_every_run() -> None:
    assert list(split(CASES, 3, 3)) == list(split(CASES, 3, 3))
