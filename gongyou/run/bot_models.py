"""The running bot's own door for models: which one answers, and another one to load."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

ASK_SECONDS = 5.0
LOAD_SECONDS = 120.0  # on a slow disk, with the bot at work


class BotSilent(Exception):
    """The bot does not answer: it will be told later, or starts with the right model by itself."""


class ModelNotLoaded(Exception):
    """The bot refused the model; it goes on with the one it has."""


@dataclass(frozen=True)
class BotModels:
    """The bot at `url`, and the token it wants to see."""

    url: str
    token: str = field(repr=False)

    def current(self) -> str:
        """The name of the model that answers. Raises BotSilent."""
        return str(self._call(None, ASK_SECONDS)["model"])

    def load(self, name: str) -> None:
        """Have the bot serve a model that lies in models/. Raises BotSilent, ModelNotLoaded."""
        self._call({"model": name}, LOAD_SECONDS)

    def _call(self, body: dict[str, str] | None, seconds: float) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.url}/webhooks/gateway/model",
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                told: dict[str, Any] = json.load(answer)
                return told
        except urllib.error.HTTPError as refused:
            with refused:
                raise ModelNotLoaded(f"the bot answered {refused.code}") from refused
        except (OSError, ValueError) as error:
            raise BotSilent(type(error).__name__) from error
