"""A bot whose answer says what it rests on, as the actions do; and a rulebook that is corrected."""

from typing import Any

from aiohttp.test_utils import TestServer

from gongyou.rulebook import Rulebook
from gongyou.rulebook.versions import versions, versions_of
from gongyou.web.keys import RULE_CONTENTS
from tests.web.fake_bot import CARD, Elements, FakeBot


class KnownBot:
    """Answers every message with a card on wage_shutdown under the rules as they are now."""

    def __init__(self, bot: FakeBot, gateway: TestServer, rulebook: Rulebook) -> None:
        self._contents: Any = gateway.app[RULE_CONTENTS]  # type: ignore[union-attr]
        self._known = versions(rulebook)
        self.rules = [rule.id for rule in rulebook.topics["wage_shutdown"].rules[:2]]
        bot.answer = self.answer

    def answer(self, message: str) -> Elements:
        if message in ("你好", "/menu"):
            return [{"text": "在的"}]
        told = versions_of(self._known, self.rules)
        rules = [one | {"content": self._contents.get(one["id"], "gone")} for one in told]
        used = {
            "topic": "wage_shutdown",
            "region": "410800",
            "on": "2026-11-21",
            "total": "7040.00",
            "rules": rules,
        }
        return [{"custom": CARD | {"used": used}}, {"text": "接下来你可以："}]

    def correct(self, content: str) -> None:
        """The first rule says something else now, and the gateway was started again with it."""
        self._contents[self.rules[0]] = content

    def take_back(self) -> None:
        """The rule is again as it was at first."""
        self.correct(self._known[self.rules[0]].content)
