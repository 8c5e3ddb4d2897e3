"""The score of typed facts, and the sentences it is taken on."""

from datetime import date
from pathlib import Path

from evaluation.facts import Score, Sentence, as_written, errors, read_sentences, score, table

SENTENCES = read_sentences(Path(__file__).parents[2] / "evaluation" / "facts.jsonl")
TODAY = date(2026, 11, 21)


def test_a_fact_is_right_only_with_its_whole_value() -> None:
    said = [
        Sentence("dev", "一天260，欠8700", TODAY, (("money", "260/day"), ("money", "8700/total")))
    ]
    found = [[("money", "260/day"), ("money", "8700")]]
    assert score(said, found) == {"money": Score(1, 1, 1), "all": Score(1, 1, 1)}
    assert list(errors(said, found)) == ["一天260，欠8700\t+money 8700 | -money 8700/total"]
    assert list(table(score(said, found)))[-1] == "| all | 1 | 1 | 1 | 0.500 | 0.500 | 0.500 |"


def test_an_open_interval_and_an_unreadable_place_are_written_as_such() -> None:
    since = {"from": "2026-09-01", "until": "2026-11-22", "open": True}
    assert as_written("date", since) == ("date", "2026-09-01/..")
    assert as_written("region_ambiguous", {"codes": []}) == ("region", "not read")
    assert as_written("stage", "stoppage") is None


def test_both_halves_are_large_and_no_sentence_stands_twice() -> None:
    texts = [sentence.text for sentence in SENTENCES]
    assert len(texts) >= 320 and len(set(texts)) == len(texts)
    assert min(sum(s.half == half for s in SENTENCES) for half in ("dev", "test")) >= 150


def test_every_type_has_sentences_in_both_halves() -> None:
    kinds = {
        half: {k for s in SENTENCES if s.half == half for k, _ in s.facts}
        for half in ("dev", "test")
    }
    assert kinds["dev"] == kinds["test"] and len(kinds["dev"]) == 12
