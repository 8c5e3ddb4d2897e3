"""A model is retrained when, and only when, its data change."""

import os
from dataclasses import replace
from pathlib import Path

import yaml

from gongyou.run import model
from gongyou.run.taught import Example, as_nlu


def project(root: Path) -> Path:
    (root / "data" / "nlu").mkdir(parents=True)
    (root / "config.yml").write_text("pipeline: []")
    (root / "data" / "nlu" / "chitchat.yml").write_text("你好")
    return root


def test_the_same_data_have_the_same_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = model.fingerprint(root)
    (root / "config.yml").touch()
    assert model.fingerprint(root) == before


def test_a_changed_sentence_makes_a_new_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = model.fingerprint(root)
    (root / "data" / "nlu" / "chitchat.yml").write_text("您好")
    assert model.fingerprint(root) != before


def test_a_renamed_file_makes_a_new_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = model.fingerprint(root)
    (root / "config.yml").rename(root / "domain.yml")
    assert model.fingerprint(root) != before


TAUGHT = (Example(1, "wage_cut", "下个月少发三百"), Example(2, "overtime_pay", "半夜还在干"))


def test_a_taught_example_makes_a_new_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert len({model.fingerprint(root, TAUGHT[:n]) for n in range(3)}) == 3


def test_the_order_of_the_examples_and_their_numbers_make_no_new_model(tmp_path: Path) -> None:
    root = project(tmp_path)
    other = (replace(TAUGHT[1], id=7), replace(TAUGHT[0], id=8))
    assert model.fingerprint(root, other) == model.fingerprint(root, TAUGHT)


def test_no_examples_are_our_own_data_alone(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert model.fingerprint(root, ()) == model.fingerprint(root)


def test_the_examples_are_written_so_that_no_text_is_markup() -> None:
    odd = Example(3, "wage_cut", '- "少[发](money)三百"\n: 行不行')
    (intent,) = yaml.safe_load(as_nlu([odd], frozenset({"wage_cut"})))["nlu"]
    assert intent["intent"] == "wage_cut"
    assert intent["examples"] == [{"text": '- "少(发)(money)三百" : 行不行'}]


def test_a_topic_without_sentences_of_its_own_is_learnt_as_other_work() -> None:
    (intent,) = yaml.safe_load(as_nlu(TAUGHT[:1], frozenset({"other_work"})))["nlu"]
    assert intent["intent"] == "other_work"


def test_clearing_away_keeps_the_newest_and_those_that_are_needed(tmp_path: Path) -> None:
    for number in range(6):
        path = tmp_path / f"gongyou-{number}.tar.gz"
        path.touch()
        os.utime(path, (number, number))
    model.clear_away(tmp_path, {"gongyou-0.tar.gz"})
    left = sorted(int(path.name[8]) for path in tmp_path.iterdir())
    assert left == [0, 3, 4, 5]
