"""The compiled check of action results accepts and refuses what stock Rasa does."""

import pytest
import rasa
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError

from bot import patches

EVENTS = st.sampled_from(
    [
        {"event": "slot", "name": "topic", "value": "x", "timestamp": None},
        {"event": "slot", "value": 3},
        {"event": "bot", "text": "好"},
        {"event": "followup", "name": "action_listen"},
        {"event": "reset_slots"},
        {"event": "no such event"},
        {"event": 5},
        {},
        3,
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
RESULTS = (
    st.fixed_dictionaries(
        {},
        optional={
            "events": st.lists(EVENTS, max_size=3),
            "responses": st.lists(ANYTHING, max_size=2),
        },
    )
    | ANYTHING
)


def accepts(check, result):
    try:
        return check(result)
    except ValidationError:
        return False


@settings(deadline=None, max_examples=60)
@given(RESULTS)
def test_the_compiled_check_agrees_with_the_stock_one(result):
    assert accepts(patches.compiled_check(), result) == accepts(patches.stock_check, result)


def test_the_repairs_are_for_the_rasa_that_is_installed():
    assert rasa.__version__ == patches.FOR_RASA
    assert patches.apply() is True


def test_another_rasa_is_left_alone(monkeypatch):
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    assert patches.apply() is False


def test_an_action_may_not_outlast_the_lock_of_its_conversation():
    from rasa.core.constants import DEFAULT_LOCK_LIFETIME

    assert patches.ACTION_TIMEOUT < DEFAULT_LOCK_LIFETIME


@pytest.mark.parametrize(
    "result", [{"events": "x"}, {"responses": ["x"]}, {"events": [{"event": 5}]}]
)
def test_a_malformed_result_is_refused(result):
    with pytest.raises(ValidationError):
        patches.compiled_check()(result)
