"""Every address, in one table."""

from pathlib import Path

from aiohttp import web

from gongyou.web.rules import browse, calculator, rule_page
from gongyou.web.staff import login, tickets
from gongyou.web.worker import messages, pages
from gongyou.web.worker import tickets as worker_tickets

STATIC = Path(__file__).with_name("static")


def routes() -> list[web.AbstractRouteDef]:
    """What `create_app` serves."""
    return [
        web.get("/", pages.show_chat),
        web.get("/receipt", pages.show_receipt),
        web.post("/receipt", pages.post_receipt),
        web.get("/rules", browse.show_rules),
        web.get(r"/rules/ask/{topic:\w+}", calculator.show_ask),
        web.post(r"/rules/ask/{topic:\w+}", calculator.post_ask),
        web.get(r"/rules/{rule:[\w.-]+}", rule_page.show_rule),
        web.get("/healthz", pages.show_health),
        web.get("/api/messages", messages.get_messages),
        web.post("/api/messages", messages.post_message),
        web.post("/api/tickets", worker_tickets.post_ticket),
        web.post("/api/forget", pages.post_forget),
        web.get("/desk", tickets.show_list),
        web.get("/desk/login", login.show_login),
        web.post("/desk/login", login.post_login),
        web.post("/desk/logout", login.post_logout),
        web.get(r"/desk/tickets/{ticket:\d{1,9}}", tickets.show_ticket_page),
        web.get(r"/desk/tickets/{ticket:\d{1,9}}/news", tickets.get_news),
        web.post(r"/desk/tickets/{ticket:\d{1,9}}/take", tickets.post_take),
        web.post(r"/desk/tickets/{ticket:\d{1,9}}/reply", tickets.post_reply),
        web.post(r"/desk/tickets/{ticket:\d{1,9}}/close", tickets.post_close),
        web.static("/static", STATIC),
    ]
