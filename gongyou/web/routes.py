"""Every address, in one table."""

from pathlib import Path

from aiohttp import web

from gongyou.web.live import worker_side
from gongyou.web.rules import browse, calculator, rule_page
from gongyou.web.staff.accounts import invite, login, me, me_secrets, people
from gongyou.web.staff.calls import forms as forms_of_calls
from gongyou.web.staff.calls import handing
from gongyou.web.staff.calls import pages as pages_of_calls
from gongyou.web.staff.cases import (
    aid,
    documents,
    files,
    page,
    queue,
    routing_page,
    sheet_page,
    step_forms,
)
from gongyou.web.staff.links import page as links_page
from gongyou.web.staff.oversight import (
    early_warning,
    notices_page,
    reports_page,
    rules_review,
    trail,
)
from gongyou.web.staff.review import (
    canned_page,
    console,
    console_talk,
    look,
    recall_page,
    search_page,
    tools_forms,
)
from gongyou.web.staff.teaching import list_page, runs_page, teach_page
from gongyou.web.staff.teaching import steps as teaching_steps
from gongyou.web.worker.cases import aid as applications
from gongyou.web.worker.cases import documents_page, forms
from gongyou.web.worker.cases import pages as own_cases
from gongyou.web.worker.chat import messages, pages, rating, tickets

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
        web.get("/api/live", worker_side.get_events),
        web.post("/api/typing", worker_side.post_typing),
        web.post("/api/seen", worker_side.post_seen),
        web.post("/api/tickets", tickets.post_ticket),
        web.post("/api/ratings", rating.post_rating),
        web.post("/api/forget", pages.post_forget),
        *_own_cases(),
        *_cases(),
        *_live(),
        *_officers_tools(),
        *_figures(),
        *_teaching(),
        *_calls(),
        *_accounts(),
        web.static("/static", STATIC),
    ]


def _cases() -> list[web.AbstractRouteDef]:
    """The queue, a case, and every step of it."""
    case = r"/desk/tickets/{ticket:\d{1,9}}"
    return [
        web.get("/desk", queue.show_queue),
        web.get(case, page.show_case),
        web.get(f"{case}/news", page.get_news),
        web.get(f"{case}/deadlines.ics", page.get_calendar),
        web.post(f"{case}/papers", aid.post_papers),
        web.post(f"{case}/accept", step_forms.post_accept),
        web.post(f"{case}/decline", step_forms.post_decline),
        web.post(f"{case}/reply", step_forms.post_reply),
        web.post(f"{case}/ask", step_forms.post_ask),
        web.post(f"{case}/transfer", step_forms.post_transfer),
        web.post(f"{case}/look", look.post_look),
        web.post(f"{case}/close", step_forms.post_close),
        web.post(f"{case}/reopen", step_forms.post_reopen),
        web.get(f"{case}/facts", sheet_page.show_sheet),
        web.post(f"{case}/facts", sheet_page.post_sheet),
        web.get(f"{case}/routing", routing_page.show_routing),
        web.post(f"{case}/assign", routing_page.post_assign),
        web.post(f"{case}/files", files.post_file),
        web.get(rf"{case}/files/{{file:\d{{1,9}}}}", files.get_file),
        web.get(rf"{case}/documents/{{document:\w+}}", documents.show_document),
        web.post(rf"{case}/documents/{{document:\w+}}", documents.post_document),
    ]


def _live() -> list[web.AbstractRouteDef]:
    """One conversation as it happens."""
    live = r"/desk/tickets/{ticket:\d{1,9}}/live"
    return [
        web.get(live, console.show_console),
        web.get(f"{live}/events", console_talk.get_events),
        web.get(f"{live}/messages", console_talk.get_lines),
        web.post(f"{live}/say", console_talk.post_say),
        web.post(f"{live}/typing", console_talk.post_typing),
        web.post(f"{live}/seen", console_talk.post_seen),
        web.post(f"{live}/accept", console.post_accept),
        web.post(f"{live}/back", console.post_back),
        web.post(f"{live}/step-in", console.post_step_in),
        web.get("/desk/live/next", console.get_next),
    ]


def _officers_tools() -> list[web.AbstractRouteDef]:
    """What officers keep beside a case, their ready answers, and the search."""
    case, canned = r"/desk/tickets/{ticket:\d{1,9}}", r"/desk/canned/{canned:\d{1,9}}"
    return [
        web.post(f"{case}/flag", tools_forms.post_flag),
        web.post(f"{case}/tags", tools_forms.post_tag),
        web.post(f"{case}/notes", tools_forms.post_note),
        web.post(f"{case}/later", tools_forms.post_later),
        web.get("/desk/canned", canned_page.show_all),
        web.post("/desk/canned", canned_page.post_new),
        web.get(canned, canned_page.show_one),
        web.post(canned, canned_page.post_change),
        web.post(f"{canned}/delete", canned_page.post_delete),
        web.get("/desk/search", search_page.show_search),
        web.post("/desk/search", search_page.post_search),
    ]


def _own_cases() -> list[web.AbstractRouteDef]:
    """A worker's cases and documents, under the chat's cookie."""
    case, document = r"/cases/{case:\d{1,9}}", r"/documents/{document:\w+}"
    file = rf"{case}/files/{{file:\d{{1,9}}}}"
    return [
        web.get("/cases", own_cases.show_cases),
        web.get(case, own_cases.show_case),
        web.get(f"{case}/deadlines.ics", own_cases.send_calendar),
        web.post(f"{case}/files", forms.post_file),
        web.get(file, forms.show_file),
        web.post(f"{file}/remove", forms.post_remove),
        web.get(f"{case}/withdraw", forms.show_withdraw),
        web.post(f"{case}/withdraw", forms.post_withdraw),
        web.get(f"{case}/reopen", forms.show_reopen),
        web.post(f"{case}/reopen", forms.post_reopen),
        web.get(r"/aid/{answer:\d{1,9}}", applications.show_application),
        web.post(r"/aid/{answer:\d{1,9}}", applications.post_application),
        web.get("/documents", documents_page.show_documents),
        web.get(document, documents_page.show_document),
        web.post(document, documents_page.post_document),
    ]


def _calls() -> list[web.AbstractRouteDef]:
    """What the hotline's clerk does for a caller."""
    call = r"/desk/calls/{call:\d{1,9}}"
    return [
        web.get("/desk/calls", pages_of_calls.show_calls),
        web.post("/desk/calls", forms_of_calls.post_start),
        web.get(call, pages_of_calls.show_call),
        web.get(f"{call}/events", pages_of_calls.get_events),
        web.post(f"{call}/say", forms_of_calls.post_say),
        web.post(f"{call}/press", forms_of_calls.post_press),
        web.post(f"{call}/end", forms_of_calls.post_end),
        web.get(f"{call}/person", handing.show_person),
        web.post(f"{call}/person", handing.post_person),
        web.post(f"{call}/sheet", handing.post_sheet),
        web.get(f"{call}/lawyer", handing.show_lawyer),
        web.post(f"{call}/lawyer", handing.post_lawyer),
    ]


def _figures() -> list[web.AbstractRouteDef]:
    """Published figures of closed weeks, their warnings, and the reports made of them."""
    report = r"/desk/reports/{week:\d{1,6}}/{region:\d{1,6}}"
    return [
        web.get("/desk/early-warning", early_warning.show_early_warning),
        web.get("/desk/reports", reports_page.show_reports),
        web.get(f"{report}/docx", reports_page.get_document),
        web.get(f"{report}/xlsx", reports_page.get_workbook),
    ]


def _teaching() -> list[web.AbstractRouteDef]:
    """A sentence made into a lesson, its approval, and the training of the bot."""
    sentence = r"/desk/tickets/{ticket:\d{1,9}}/teach/{message:\d{1,9}}"
    correction, run = r"/desk/teaching/{correction:\d{1,9}}", r"/desk/teaching/runs/{run:\d{1,9}}"
    return [
        web.get(sentence, teach_page.show_teach),
        web.post(sentence, teach_page.post_teach),
        web.get("/desk/teaching", list_page.show_teaching),
        web.post(f"{correction}/approve", teaching_steps.post_approve),
        web.post(f"{correction}/reject", teaching_steps.post_reject),
        web.post(f"{correction}/withdraw", teaching_steps.post_withdraw),
        web.post("/desk/teaching/train", runs_page.post_train),
        web.post(f"{run}/back", runs_page.post_back),
    ]


def _accounts() -> list[web.AbstractRouteDef]:
    """Signing in, one's own account, everybody's, the trail, the rules to verify, the notices."""
    person, invited = r"/desk/people/{person:\d{1,9}}", r"/desk/invite/{token:[\w-]{1,100}}"
    return [
        web.get("/desk/login", login.show_login),
        web.post("/desk/login", login.post_login),
        web.get("/desk/login/code", login.show_code),
        web.post("/desk/login/code", login.post_code),
        web.post("/desk/logout", login.post_logout),
        web.get(invited, invite.show_invite),
        web.post("/desk/invite", invite.post_invite),
        web.get("/desk/me", me.show_me),
        web.post("/desk/me/profile", me.post_profile),
        web.post("/desk/me/password", me_secrets.post_password),
        web.post("/desk/me/second-factor", me_secrets.post_second_factor),
        web.post("/desk/me/second-factor/off", me_secrets.post_second_factor_off),
        web.post("/desk/me/browsers/end", me.post_end_browser),
        web.post("/desk/me/browsers/end-others", me.post_end_others),
        web.get("/desk/people", people.show_people),
        web.post("/desk/people", people.post_person),
        web.get(person, people.show_person),
        web.post(f"{person}/account", people.post_account),
        web.post(f"{person}/profile", people.post_profile),
        web.post(f"{person}/join-link", people.post_join_link),
        web.post(f"{person}/reset", people.post_reset),
        web.post(f"{person}/end-sessions", people.post_end_sessions),
        web.post(f"{person}/active", people.post_active),
        web.get("/desk/trail", trail.show_trail),
        web.post("/desk/trail/verify", trail.post_verify),
        web.get("/desk/rules-review", rules_review.show_rules_review),
        web.get("/desk/recall", recall_page.show_recall),
        web.get("/desk/links", links_page.show_links),
        web.post("/desk/links", links_page.post_link),
        web.post(r"/desk/links/{link:\d{1,9}}/remove", links_page.post_remove),
        web.get("/desk/notices", notices_page.show_notices),
        web.post(r"/desk/notices/{notice:\d{1,9}}/again", notices_page.post_again),
    ]
