"""The robots of group chats, 企业微信 and 钉钉, with apprise's plugins: addresses and signatures.

The request is sent by ourselves. apprise looks at the HTTP status only, but both robots answer
200 to a wrong key and to too many messages, and say so in `errcode`; and it encodes the signature
of 钉钉 twice (2.2.0), which 钉钉 refuses.
"""

import ssl
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.wecombot import NotifyWeComBot

from gongyou.clerk.channels import BeforeEnd, InDoubt, Letter, NotSent

CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 30.0  # together under the outbox's lease
NEVER_CONNECTED = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)
TOO_BUSY = 503  # the only 5xx that says the message was not taken


class RobotWay:
    """All robots of GONGYOU_ROBOTS. A group chat cannot tell a repeat, so a doubt stays one."""

    repeatable = False

    def __init__(self, addresses: Sequence[str], answer: float = ANSWER_SECONDS) -> None:
        self.robots = [_robot(address) for address in addresses]
        self.receivers = len(self.robots)
        self.timeout = (CONNECT_SECONDS, answer)

    def send(self, letter: Letter, before_end: BeforeEnd) -> None:
        """See Way."""
        if letter.robot >= len(self.robots):  # taken out of the settings since
            raise NotSent("not configured", again=False)
        url, message = self.robots[letter.robot].request(letter.text)
        before_end()
        try:
            answer = requests.post(url, json=message, timeout=self.timeout, allow_redirects=False)
        except requests.RequestException as error:
            if _was_unsent(error):
                raise NotSent("unreachable") from error
            raise InDoubt("no answer") from error
        _judge(answer)


class WeCom(NotifyWeComBot):  # type: ignore[no-untyped-call]
    """https://developer.work.weixin.qq.com/document/path/91770"""

    def request(self, text: str) -> tuple[str, dict[str, Any]]:
        """Where to post, and what."""
        return self.api_url, {"msgtype": "text", "text": {"content": text}}


class DingTalk(NotifyDingTalk):
    """https://open.dingtalk.com/document/robots/custom-robot-access"""

    def request(self, text: str) -> tuple[str, dict[str, Any]]:
        """Where to post, and what. The signature counts for an hour."""
        url = self.notify_url.format(token=self.token)
        if self.secret:
            timestamp, sign = self.get_signature()  # type: ignore[no-untyped-call]
            url += f"&timestamp={timestamp}&sign={sign}"
        return url, {"msgtype": "text", "text": {"content": text}, "at": {"isAtAll": False}}


def _robot(address: str) -> WeCom | DingTalk:
    parts = urlsplit(address)
    secret, _, key = parts.netloc.rpartition("@")
    if parts.scheme == "wecombot":
        return WeCom(key=key)  # type: ignore[no-untyped-call]
    return DingTalk(token=key, secret=secret)  # type: ignore[no-untyped-call]


def _judge(answer: requests.Response) -> None:
    """Nothing when the robot took the message. Raises NotSent, InDoubt."""
    status = answer.status_code
    if status >= 500 and status != TOO_BUSY:
        raise InDoubt(f"http {status}")
    if status != 200:
        raise NotSent(f"http {status}")
    match _errcode(answer):
        case 0:
            return
        case int(code):
            raise NotSent(f"errcode {code}")
        case _:
            raise InDoubt("not understood")


def _errcode(answer: requests.Response) -> object:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body.get("errcode") if isinstance(body, dict) else None


def _was_unsent(error: BaseException | None) -> bool:
    """Whether somewhere beneath a failed request there never was a connection."""
    while error is not None:
        if isinstance(error, NEVER_CONNECTED):
            return True
        wrapped = error.args[0] if error.args else None
        inner = wrapped if isinstance(wrapped, BaseException) else error.__context__
        error = error.__cause__ or inner
    return False
