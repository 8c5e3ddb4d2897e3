"""Asks the bot over its channel: POST to say something, GET to see whether it is up."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

CHANNEL = "/webhooks/gateway/webhook"
HEALTH = "/webhooks/gateway/"
HEALTH_SECONDS = 3.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reply:
    """One message of the bot: text, or a card (`custom`), with buttons."""

    text: str
    custom: Mapping[str, Any] | None = None
    buttons: tuple[Mapping[str, str], ...] = ()


class BotClient:
    """One HTTP session to the bot's channel; every failure is an empty answer."""

    def __init__(self, url: str, token: str, late_after: float) -> None:
        """`late_after`: seconds after which a reply is no longer waited for."""
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=late_after)
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=64)
        self._session = aiohttp.ClientSession(connector=connector, headers=self._headers)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, sender: str, message: str, today: str, number: int) -> list[Reply]:
        """The bot's replies to the stored message of this number.

        Empty when the bot is dead, late, failing or has nothing to say.
        """
        metadata = {"today": today, "message": number}
        body = {"sender": sender, "message": message, "metadata": metadata}
        try:
            return read_replies(await self._post(body))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("the bot did not answer: %s", type(error).__name__)
            return []

    async def is_up(self) -> bool:
        """Whether the bot's health route answers."""
        assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=HEALTH_SECONDS)
        try:
            async with self._session.get(self._url + HEALTH, timeout=timeout) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _post(self, body: Mapping[str, Any]) -> Any:
        assert self._session is not None
        url = self._url + CHANNEL
        async with self._session.post(url, json=body, timeout=self._timeout) as response:
            response.raise_for_status()
            return await response.json()


def read_replies(elements: Any) -> list[Reply]:
    """Replies from the channel's list; buttons on their own join the message before them.

    Raises ValueError for anything that is not a list.
    """
    if not isinstance(elements, list):
        raise ValueError("the bot's answer is not a list")
    replies: list[Reply] = []
    for element in elements:
        reply = _read_reply(element)
        if reply.text or reply.custom:
            replies.append(reply)
        elif reply.buttons and replies:
            last = replies[-1]
            replies[-1] = Reply(last.text, last.custom, last.buttons + reply.buttons)
    return replies


def _read_reply(element: Any) -> Reply:
    if not isinstance(element, dict):
        return Reply("")
    custom = element.get("custom")
    return Reply(
        text=str(element.get("text") or "").strip(),
        custom=custom if isinstance(custom, dict) and custom.get("kind") else None,
        buttons=tuple(
            {"title": str(button["title"]), "payload": str(button["payload"])}
            for button in element.get("buttons") or ()
            if isinstance(button, dict) and button.get("title") and button.get("payload")
        ),
    )
