"""Each fact of the sheet is linked to the message it came from."""

from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.sources import fact_sources


def said(number: int | None) -> dict[str, Any]:
    metadata = {} if number is None else {"message": number}
    return {"event": "user", "metadata": metadata}


def known(**facts: str) -> dict[str, Any]:
    return {"event": "slot", "name": "facts", "value": facts}


def sources(events: list[dict[str, Any]], **facts: str) -> dict[str, int]:
    users = [event for event in events if event["event"] == "user"]
    tracker = Tracker("s", {}, users[-1], events, False, None, {}, "action_listen")
    return fact_sources(tracker, facts)


def test_a_fact_came_from_the_message_after_which_it_was_known() -> None:
    talk = [said(1), known(region="410800"), said(4), known(region="410800", monthly_wage="4000")]
    assert sources(talk, region="410800", monthly_wage="4000") == {"region": 1, "monthly_wage": 4}


def test_a_corrected_fact_came_from_the_correction() -> None:
    talk = [said(1), known(monthly_wage="4000"), said(7), known(monthly_wage="4500")]
    assert sources(talk, monthly_wage="4500") == {"monthly_wage": 7}


def test_what_the_call_for_a_lawyer_tells_itself_came_from_that_call() -> None:
    assert sources([said(1), known(), said(9)], region="410800") == {"region": 9}


def test_without_the_gateway_no_message_is_made_up() -> None:
    assert sources([said(None), known(region="410800")], region="410800") == {}
