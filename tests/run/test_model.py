"""A model is retrained when, and only when, its data change."""

from pathlib import Path

from gongyou.run import model


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
