"""Our own example sentences (data/nlu), by which a correction is judged."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from gongyou.desk.teaching.contradictions import fold_sentence
from gongyou.settings import REPOSITORY

FOLDER = REPOSITORY / "data" / "nlu"


@cache
def read_own_sentences(folder: Path = FOLDER) -> Mapping[str, str]:
    """Topic by folded sentence, read once."""
    return {
        fold_sentence(sentence): topic
        for path in sorted(folder.glob("*.yml"))
        for topic, sentence in _examples(path)
    }


def _examples(path: Path) -> Iterator[tuple[str, str]]:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    for group in read.get("nlu") or ():
        for line in str(group.get("examples") or "").splitlines():
            if group.get("intent") and line.startswith("- "):
                yield str(group["intent"]), line.removeprefix("- ").strip()
