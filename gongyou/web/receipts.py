"""The card that shows a receipt code, sixteen digits in groups of four."""

from typing import Any

from gongyou.web.texts import say


def group_digits(digits: str) -> str:
    """1234567890123456 → 1234 5678 9012 3456."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def ticket_card(name: str, digits: str) -> dict[str, Any]:
    """A ticket card (contract: kind ticket) with the sentence `name` and its title."""
    return {
        "kind": "ticket",
        "title": say(f"{name}_title"),
        "text": say(name),
        "receipt": group_digits(digits),
    }
