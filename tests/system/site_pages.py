"""Every page of the site, in each state it is met in: who opens what, and what they do there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from playwright.sync_api import Page

from gongyou.web.routes import routes
from tests.system.seeded_desk import Seeded

type Act = Callable[[Page], None]

# GET addresses that are no pages.
NO_PAGES = {
    "/static",
    "/healthz",
    "/api/messages",
    "/cases/{case}/deadlines.ics",
    "/cases/{case}/files/{file}",
    "/desk/tickets/{ticket}/deadlines.ics",
    "/desk/tickets/{ticket}/files/{file}",
    "/desk/tickets/{ticket}/news",
    "/desk/reports/{week}/{region}/docx",
    "/desk/reports/{week}/{region}/xlsx",
    "/api/live",
    "/desk/tickets/{ticket}/live/events",
    "/desk/tickets/{ticket}/live/messages",
    "/desk/live/next",
    "/desk/calls/{call}/events",
}


@dataclass(frozen=True)
class Visit:
    """One look at a page. `who` is a login, "worker", "fresh" (a chat, no case) or "nobody".

    `path` names seeded things in braces: `/cases/{waiting}`. `act` is what is done there first.
    """

    name: str
    who: str
    path: str
    act: Act | None = None

    def address(self, seeded: Seeded) -> str:
        """The path with the numbers of what was seeded."""
        known = seeded.numbers | {"invitation": seeded.invitation}
        return re.sub(r"\{([^}]+)\}", lambda found: str(known[found[1]]), self.path)


def submit(form: str, **typed: str) -> Act:
    """Send a form as a browser without its own checks would."""

    def act(page: Page) -> None:
        for name, text in typed.items():
            page.locator(f"{form} [name='{name}']").evaluate("(e, text) => e.value = text", text)
        with page.expect_navigation():
            page.locator(form).first.evaluate("form => form.submit()")

    return act


def press(name: str) -> Act:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()

    return act


def preview(page: Page) -> None:
    """Fill in what a document must have, and look at it."""
    for field in page.locator("input[aria-required=true]").all():
        if not field.input_value():
            field.fill("张翠花")
    press("先看样子")(page)
    page.locator(".paper").wait_for()


def see_chat(page: Page) -> None:
    page.locator("#log[aria-busy=false]").wait_for()


def see_live(page: Page) -> None:
    """The stream has come through: the state says who speaks."""
    page.locator("#speaks:not(:empty)").wait_for()


def open_sheet(page: Page) -> None:
    see_chat(page)
    page.locator("form.sheet").first.wait_for()


def rate_down(page: Page) -> None:
    see_chat(page)
    page.get_by_role("button", name="没解决").click()
    page.locator(".rate form:not([hidden])").wait_for()


def send_nothing(page: Page) -> None:
    open_sheet(page)
    page.get_by_role("button", name="交给律师").first.click()
    page.locator("form.sheet .error:not([hidden])").first.wait_for()


def send_wrong_file(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#file").set_input_files(
            {"name": "工资.txt", "mimeType": "text/plain", "buffer": b"not a picture"}
        )
        page.locator("form:has(#file) button").click()


def accept_unasked(page: Page) -> None:
    page.locator("form[action$=accept] [name=no_conflict]").evaluate("e => e.remove()")
    submit("form[action$=accept]")(page)


DOCUMENTS = (
    "arbitration_application",
    "inspection_complaint",
    "wage_demand_letter",
    "evidence_list",
    "deferred_pay_agreement",
)
CASE, OWN = "/desk/tickets/", "/cases/"
CALL = "/desk/calls/{call, answered}"
DOCUMENT = "form.document-form"
TEACH, LESSON = CASE + "{review}/teach/{sentence}", "form[action*='/teach/']"

VISITS = (
    # the worker
    Visit("chat-new", "nobody", "/", see_chat),
    Visit("chat-about", "fresh", "/?about=wage_shutdown", see_chat),
    Visit("chat", "worker", "/", open_sheet),
    Visit("chat-sheet-errors", "worker", "/", send_nothing),
    Visit("chat-answered", "answered", "/", see_chat),
    Visit("chat-rated", "answered", "/", rate_down),
    Visit("chat-corrected", "told0", "/", see_chat),
    Visit("receipt", "nobody", "/receipt"),
    Visit("receipt-wrong", "nobody", "/receipt", submit("main form", receipt="1")),
    Visit("missing", "nobody", "/nothing"),
    Visit("cases-none", "nobody", "/cases"),
    Visit("cases", "worker", "/cases"),
    *(
        Visit(f"case-{state}", "worker", f"{OWN}{{{state}}}")
        for state in ("offered", "accepted", "answered", "waiting", "closed", "withdrawn")
    ),
    Visit("case-late", "worker", OWN + "{late}"),
    Visit("case-fallen", "worker", OWN + "{fallen}"),
    Visit("case-file-refused", "worker", OWN + "{waiting}", send_wrong_file),
    Visit("case-withdraw", "worker", OWN + "{accepted}/withdraw"),
    Visit("case-reopen", "worker", OWN + "{withdrawn}/reopen"),
    Visit("case-reopen-no-consent", "worker", OWN + "{withdrawn}/reopen", submit("main form")),
    Visit("documents", "nobody", "/documents"),
    Visit("documents-case", "worker", "/documents?case={accepted}"),
    *(Visit(f"document-{one}", "worker", f"/documents/{one}") for one in DOCUMENTS),
    Visit("document-empty", "nobody", "/documents/arbitration_application"),
    Visit(
        "document-errors",
        "worker",
        "/documents/arbitration_application",
        submit(DOCUMENT, worker_phone="不知道" * 80),
    ),
    *(Visit(f"document-{one}-seen", "worker", f"/documents/{one}", preview) for one in DOCUMENTS),
    # an application for aid
    Visit("chat-aid", "applicant", "/", see_chat),
    Visit("aid", "applicant", "/aid/{aid answer}"),
    Visit("aid-no-consent", "applicant", "/aid/{aid answer}", submit("main form")),
    *(
        Visit(name.replace(", ", "-") + "-own", "applicant", f"{OWN}{{{name}}}")
        for name in ("aid", "aid, held", "aid, closed")
    ),
    *(
        Visit("officer-" + name.replace(", ", "-"), "zhao", f"{CASE}{{{name}}}")
        for name in ("aid", "aid, held", "aid, closed")
    ),
    # what is told in distress
    Visit("care-queue", "su", "/desk?tab=care"),
    Visit("care-case", "su", CASE + "{crisis}"),
    Visit("care-held", "su", CASE + "{care, held}"),
    Visit("care-live", "su", CASE + "{care, held}/live", see_live),
    Visit("care-not-yours", "zhao", CASE + "{crisis}"),
    Visit("person-care", "zheng", "/desk/people/{person su}"),
    # the rules
    Visit("rules", "nobody", "/rules"),
    Visit("rules-search", "nobody", "/rules?q=生活费&region=焦作"),
    Visit("rules-errors", "nobody", "/rules?region=鼓楼区&on=2026-13-01"),
    Visit("rule", "nobody", "/rules/HA-WS-005"),
    Visit("rules-ask", "nobody", "/rules/ask/wage_shutdown"),
    # signing in
    Visit("login", "nobody", "/desk/login"),
    Visit("login-wrong", "nobody", "/desk/login", submit("main form", login="li", password="no")),
    Visit("login-code", "half", "/desk/login/code"),
    Visit("login-code-wrong", "half", "/desk/login/code", submit("main form", code="1")),
    Visit("invite", "nobody", "/desk/invite/{invitation}"),
    Visit(
        "invite-short",
        "nobody",
        "/desk/invite/{invitation}",
        submit("main form", password="a", again="a"),
    ),
    Visit("invite-gone", "nobody", "/desk/invite/unknown"),
    # the lawyer
    *(Visit(f"queue-{tab}", "li", f"/desk?tab={tab}") for tab in ("todo", "mine", "done")),
    Visit("queue-empty", "han", "/desk"),
    *(
        Visit(f"desk-case-{state}", "li", f"{CASE}{{{state}}}")
        for state in ("offered", "accepted", "answered", "waiting", "closed", "withdrawn", "late")
    ),
    Visit("desk-case-offered-unknown", "li", CASE + "{offered, employer unknown}"),
    Visit("desk-case-missing", "li", CASE + "{call}"),
    Visit("desk-case-unasked", "li", CASE + "{offered}", accept_unasked),
    Visit("desk-case-no-reason", "li", CASE + "{accepted}", submit("form[action$=transfer]")),
    Visit("desk-case-no-words", "li", CASE + "{accepted}", submit("form#reply")),
    Visit("desk-case-file-refused", "li", CASE + "{waiting}", send_wrong_file),
    Visit("desk-facts", "li", CASE + "{accepted}/facts"),
    Visit(
        "desk-facts-errors",
        "li",
        CASE + "{accepted}/facts",
        submit("form.sheet", **{"fact.monthly_wage": "很多"}),
    ),
    *(
        Visit(f"desk-document-{one}", "li", f"{CASE}{{accepted}}/documents/{one}")
        for one in DOCUMENTS
    ),
    Visit(
        "desk-document-seen",
        "li",
        CASE + "{accepted}/documents/arbitration_application",
        preview,
    ),
    Visit("me-lawyer", "li", "/desk/me"),
    Visit("me-lawyer-errors", "li", "/desk/me", submit("#profile form", load_limit="x")),
    Visit("me-password-wrong", "li", "/desk/me", submit("form[action$=password]", old="x")),
    Visit("me-enrol", "li", "/desk/me?enrol=yes"),
    Visit("me-second-factor", "han", "/desk/me"),
    # the officer
    *(
        Visit(f"officer-queue-{tab}", "zhao", f"/desk?tab={tab}")
        for tab in ("todo", "mine", "all", "done")
    ),
    Visit("officer-queue-page-2", "zhao", "/desk?tab=all&page=2"),
    Visit("officer-call", "zhao", CASE + "{call}"),
    Visit("officer-call-accepted", "zhao", CASE + "{call, accepted}"),
    Visit("officer-call-closed", "zhao", CASE + "{call, closed}"),
    Visit("officer-live", "zhao", CASE + "{call}/live", see_live),
    Visit("officer-live-accepted", "zhao", CASE + "{call, accepted}/live", see_live),
    Visit("officer-live-closed", "zhao", CASE + "{call, closed}/live"),
    Visit("lawyer-live", "li", CASE + "{accepted}/live", see_live),
    Visit("officer-fallen", "zhao", CASE + "{fallen}"),
    *(
        Visit(f"officer-routing-{state}", "zhao", f"{CASE}{{{state}}}/routing")
        for state in ("offered", "accepted", "moved", "fallen")
    ),
    Visit("officer-review", "zhao", CASE + "{review}"),
    # the officers' tools
    Visit("queue-filtered", "zhao", "/desk?tab=todo&cause=asked&place=焦作市&order=longest"),
    Visit("queue-no-place", "zhao", "/desk?tab=todo&place=没有这里"),
    Visit("queue-places", "zhao", "/desk?tab=todo&place=鼓楼区"),
    Visit("queue-none", "zhao", "/desk?tab=todo&cause=silent&waited=7d&flagged=yes"),
    Visit("queue-later", "zhao", "/desk?tab=later"),
    Visit("officer-tag-refused", "zhao", CASE + "{review}", submit("form.one-line", tag="字" * 20)),
    Visit("desk-case-canned", "li", CASE + "{accepted}?canned=worked-out"),
    Visit("search", "zhao", "/desk/search"),
    Visit("search-found", "zhao", "/desk/search", submit("main form", q="市总")),
    Visit("search-words", "zhao", "/desk/search", submit("main form", q="停工 焦作")),
    Visit("search-none", "zhao", "/desk/search", submit("main form", q="没有这句话")),
    Visit("search-errors", "zhao", "/desk/search", submit("main form", q="")),
    Visit("canned", "zhao", "/desk/canned"),
    Visit("canned-lawyer", "li", "/desk/canned"),
    Visit("canned-errors", "zhao", "/desk/canned", submit("main form", title="只有题目")),
    Visit("canned-one", "zhao", "/desk/canned/{canned}"),
    Visit(
        "canned-stale",
        "zhao",
        "/desk/canned/{canned}",
        submit("main form", version="7", text="你好，我是工会的赵干部。"),
    ),
    Visit("recall", "zhao", "/desk/recall"),
    Visit("recall-editor", "zhou", "/desk/recall"),
    Visit("early-warning", "zhao", "/desk/early-warning"),
    Visit("early-warning-week", "zhao", "/desk/early-warning?week=202640"),
    Visit("reports", "zhao", "/desk/reports"),
    Visit("reports-place", "zhao", "/desk/reports?place=焦作市"),
    Visit("reports-no-place", "zhao", "/desk/reports?place=没有"),
    Visit("me-officer", "zhao", "/desk/me"),
    # teaching the bot
    Visit("teach", "zhao", TEACH),
    Visit("teach-errors", "zhao", TEACH, submit(LESSON, text="张伟没发工资", topic="")),
    Visit(
        "teach-contradicts",
        "zhao",
        TEACH,
        submit(LESSON, text="停产放假两个月，一分钱没给，合理吗", topic="deferred_pay"),
    ),
    *(
        Visit(f"teaching-{tab}", "zhao", f"/desk/teaching?tab={tab}")
        for tab in ("waiting", "approved", "refused", "runs")
    ),
    Visit("teaching-editor", "zhou", "/desk/teaching"),
    Visit(
        "teaching-unconfirmed",
        "zhou",
        "/desk/teaching",
        submit("form[action$='/4/approve']"),
    ),
    Visit("teaching-runs-editor", "zhou", "/desk/teaching?tab=runs"),
    # the others
    Visit("rules-review", "zhou", "/desk/rules-review"),
    Visit("rules-review-topic", "zhou", "/desk/rules-review?topic=wage_shutdown"),
    Visit("trail", "wu", "/desk/trail"),
    Visit("trail-errors", "wu", "/desk/trail?number=x&day=x"),
    Visit("trail-verified", "wu", "/desk/trail", press("查一遍完整不完整")),
    Visit("people", "zheng", "/desk/people"),
    Visit("people-errors", "zheng", "/desk/people", submit("#new form")),
    Visit("people-none", "zheng", "/desk/people?q=nobody"),
    Visit("person", "zheng", "/desk/people/{person qian}"),
    Visit(
        "person-errors",
        "zheng",
        "/desk/people/{person qian}",
        submit("form[action$=account]", name=""),
    ),
    Visit(
        "person-profile-errors",
        "zheng",
        "/desk/people/{person qian}",
        submit("form[action$=profile]", load_limit="x"),
    ),
    Visit("person-link", "zheng", "/desk/people/{person chen}", press("发加入链接")),
    Visit("person-inactive", "zheng", "/desk/people/{person lawyer0}"),
    Visit("person-officer", "zheng", "/desk/people/{person zhao}"),
    Visit("notices", "zheng", "/desk/notices"),
    Visit("links", "zhao", "/desk/links"),
    Visit("links-edit", "zhao", "/desk/links?edit=1"),
    Visit(
        "links-errors",
        "zhao",
        "/desk/links",
        submit("form[action='/desk/links']", region="", url="http://x", title=""),
    ),
    # the hotline's clerk
    Visit("calls", "he", "/desk/calls"),
    Visit("calls-errors", "he", "/desk/calls", submit("form.call-form", region="没有这里")),
    Visit("call-answered", "he", CALL),
    Visit("call-question", "he", "/desk/calls/{call, question}"),
    Visit("call-danger", "he", "/desk/calls/{call, danger}"),
    Visit("call-handed", "he", "/desk/calls/{call, handed}"),
    Visit("call-no-words", "he", CALL, submit("form[action$=say]")),
    Visit("call-person", "he", f"{CALL}/person"),
    Visit(
        "call-person-errors", "he", f"{CALL}/person", submit("form[action$=person]", contact="x")
    ),
    Visit("call-lawyer", "he", "/desk/calls/{call, sheet}/lawyer"),
    Visit("call-lawyer-none", "he", f"{CALL}/lawyer"),
    Visit(
        "call-lawyer-errors",
        "he",
        "/desk/calls/{call, sheet}/lawyer",
        submit("form[action$=lawyer]", **{"fact.monthly_wage": "很多"}),
    ),
    Visit("officer-by-phone", "zhao", CASE + "{by phone}"),
    Visit("person-hotline", "zheng", "/desk/people/{person he}"),
    Visit("desk-not-yours", "zhou", "/desk"),
)


def pages() -> set[str]:
    """Every GET address of the site that is a page, as the router has it."""
    found = (route.resource for route in _router().routes() if route.method == "GET")
    return {one.canonical for one in found if one is not None} - NO_PAGES


def page_of(path: str) -> str | None:
    """The address of the router that answers this path; None when none does."""
    plain = re.sub(r"\{[^}]+\}", "1", path.partition("?")[0])
    for resource in _router().resources():
        info = resource.get_info()
        found = info.get("path") == plain or (
            "pattern" in info and info["pattern"].fullmatch(plain)
        )
        if found:
            return resource.canonical
    return None


def _router() -> web.UrlDispatcher:
    app = web.Application()
    app.router.add_routes(routes())
    return app.router
