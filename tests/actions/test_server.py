"""The action webhook: rasa-sdk's contract, behind a token, never echoing a conversation."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from rasa_sdk.executor import ActionExecutor

from actions.server import create_app

TOKEN = "t" * 32
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def client() -> Any:
    async with TestClient(TestServer(create_app(TOKEN))) as made:
        yield made


def call(action: str, **slots: Any) -> dict[str, Any]:
    """An action call as Rasa 3.6 sends it, without the domain."""
    return {
        "next_action": action,
        "sender_id": "a" * 64,
        "version": "3.6.21",
        "tracker": {
            "sender_id": "a" * 64,
            "slots": slots,
            "latest_message": {
                "text": "厂里停工了",
                "intent": {"name": "wage_shutdown"},
                "entities": [],
                "metadata": {"today": "2026-11-21"},
            },
            "events": [],
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
    }


async def test_without_the_token_nothing_runs(client: Any) -> None:
    answer = await client.post("/webhook", json=call("action_open_case"))
    assert answer.status == 401


async def test_an_action_runs_without_the_domain(client: Any) -> None:
    answer = await client.post("/webhook", json=call("action_open_case"), headers=HEADERS)
    events = (await answer.json())["events"]
    assert {"event": "slot", "timestamp": None, "name": "topic", "value": "wage_shutdown"} in events


async def test_an_unknown_action_is_404(client: Any) -> None:
    answer = await client.post("/webhook", json=call("action_nothing"), headers=HEADERS)
    assert answer.status == 404


async def test_a_failing_action_says_nothing_of_the_conversation(client: Any) -> None:
    broken = call("action_answer", facts={"region": 7}, topic="wage_shutdown")
    broken["tracker"]["latest_message"]["metadata"]["today"] = "no day"
    answer = await client.post("/webhook", json=broken, headers=HEADERS)
    assert answer.status == 500
    assert "停工" not in await answer.text()


def test_rasa_sdk_itself_can_serve_the_same_actions() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert {"action_open_case", "validate_facts_form", "action_answer"} <= set(executor.actions)
