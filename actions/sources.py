"""Which of the worker's messages each known fact came from."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.interfaces import Tracker

MESSAGE = "message"  # the stored message's number, as the gateway stamped it


def fact_sources(tracker: Tracker, facts: Mapping[str, Any]) -> dict[str, int]:
    """Fact → number of the message after which it took the value it has in `facts` (encoded).

    A fact whose message is not known (talks without the gateway) is left out.
    """
    sources: dict[str, int] = {}
    known: Mapping[str, Any] = {}
    number = _number(tracker.latest_message)
    for event in tracker.events:
        if event.get("event") == "user":
            number = _number(event)
        elif event.get("event") == "slot" and event.get("name") == "facts":
            now_known = event.get("value") or {}
            changed = [name for name, value in now_known.items() if known.get(name) != value]
            sources |= {name: number for name in changed if number}
            known = now_known
    newest = _number(tracker.latest_message)
    sources |= {name: newest for name in facts if known.get(name) != facts[name] and newest}
    return {name: sources[name] for name in facts if name in sources}


def _number(message: Mapping[str, Any]) -> int | None:
    number = (message.get("metadata") or {}).get(MESSAGE)
    return number if isinstance(number, int) else None
