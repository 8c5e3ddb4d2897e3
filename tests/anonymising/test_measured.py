"""How much is found in made-up sentences that no rule was made for, and what is left alone.

Measured: recall 0.91, precision 1.00 (92 sentences, 76 places; 0.90 before a slip seen in the other
half was mended; the other half: 0.97 and 1.00); see marked.py.
"""

from pathlib import Path

import pytest
import yaml

from gongyou.anonymising import find_personal
from tests.anonymising.marked import measure, read_marked

NLU = Path(__file__).resolve().parents[2] / "data" / "nlu"


def test_most_of_what_leads_to_somebody_is_found() -> None:
    score = measure(read_marked("report"), [])
    assert score.recall >= 0.90
    assert score.precision >= 0.95


@pytest.mark.parametrize("kind", ["phone", "id_number", "bank_card", "email", "account"])
def test_every_number_is_found(kind: str) -> None:
    for half in ("learn", "report"):
        assert measure(read_marked(half), []).missed[kind] == 0


def test_of_our_own_sentences_few_are_touched() -> None:
    """They hold hardly any personal data: what is taken there is taken for nothing."""
    texts = [
        line[2:]
        for path in sorted(NLU.glob("*.yml"))
        for intent in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in intent["examples"].splitlines()
    ][::10]
    touched = sum(bool(find_personal(text)) for text in texts)
    assert touched / len(texts) < 0.06
