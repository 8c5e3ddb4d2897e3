"""A bot that speaks the channel's contract and answers as a test tells it to."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

type Elements = list[dict[str, Any]]

BUTTONS = [
    {"title": "换个情况再算", "payload": "/what_if"},
    {"title": "看依据", "payload": "/show_basis"},
    {"title": "找律师", "payload": "/find_lawyer"},
    {"title": "转人工", "payload": "/human_handoff"},
]
CARD = {
    "kind": "answer_card",
    "conclusion": "到现在厂里一共应付你 7,040 元。",
    "workings": [
        "9月1日到9月30日（停工第 1 个发薪周期）：照合同发 4,000 元",
        "10月1日到11月21日（没有干活）：生活费，每月 1,900 × 80% = 1,520 元",
    ],
    "basis": ["《工资支付暂行规定》（劳部发〔1994〕489号）第十二条，1995年1月1日起有效，全国"],
    "steps": ["留好工资条、停工通知、微信记录", "先跟厂里书面要", "离职后一年内申请仲裁"],
    "notes": ["如果你中间干过活，或发薪日不是月底，数会不一样。"],
    "status": "unverified",
}
SHEET = {
    "kind": "facts_sheet",
    "topic": "wage_shutdown",
    "topic_title": "停工停产的工资",
    "summary": "到现在厂里一共应付你 7,040 元。",
    "fields": [
        {"name": "region", "label": "地区", "type": "text", "value": "河南省焦作市", "choices": []},
        {"name": "stop_from", "label": "停工开始", "type": "date", "value": "2026-09-01"},
        {"name": "monthly_wage", "label": "月工资", "type": "money", "value": "4000"},
        {
            "name": "worked",
            "label": "停工期间干活没有",
            "type": "choice",
            "value": "none",
            "choices": [
                {"value": "none", "label": "没干"},
                {"value": "all", "label": "一直在干"},
                {"value": "some", "label": "干了几天"},
            ],
        },
    ],
}


def answer(message: str) -> Elements:
    """What a lively bot would say."""
    if message == "/find_lawyer":
        return [{"text": "先看一遍情况，不对的直接改。"}, {"custom": SHEET}]
    if "停工" in message:
        return [{"custom": CARD}, {"text": "接下来你可以：", "buttons": BUTTONS}]
    return [{"text": f"收到：{message}"}]


class FakeBot:
    """Serves the channel. `answer`, `status` and `hold` are the test's to set."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.asked: list[dict[str, Any]] = []
        self.answer: Callable[[str], Elements] = answer
        self.status = 200
        self.healthy = True
        self.hold = asyncio.Event()  # unset: the bot keeps the asker waiting
        self.hold.set()
        self.arrived = asyncio.Event()
        app = web.Application()
        app.router.add_post("/webhooks/gateway/webhook", self._webhook)
        app.router.add_get("/webhooks/gateway/", self._health)
        self.server = TestServer(app)

    def said(self) -> list[str]:
        return [body["message"] for body in self.asked]

    async def _webhook(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"error": "no token"}, status=401)
        body = await request.json()
        self.asked.append(body)
        self.arrived.set()
        await self.hold.wait()
        if self.status != 200:
            return web.json_response({"error": "handling raised"}, status=self.status)
        return web.json_response(self.answer(body["message"]))

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"}, status=200 if self.healthy else 503)
