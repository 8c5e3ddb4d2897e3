"""The card that shows a receipt code, sixteen digits in groups of four."""

from typing import Any

from gongyou.desk.tickets.receipts import group_digits
from gongyou.web.texts import say


def ticket_card(name: str, digits: str) -> dict[str, Any]:
    """A ticket card (contract: kind ticket) with the sentence `name` and its title."""
    return {
        "kind": "ticket",
        "title": say(f"{name}_title"),
        "text": say(name),
        "receipt": group_digits(digits),
    }
