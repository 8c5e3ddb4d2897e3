"""What a page is like: how heavy, how wide, how reachable for a thumb, how accessible."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request

from tests.system.site import Site
from tests.system.site_pages import Visit

PHONE, DESKTOP = 360, 1280  # pixels
LEAST_TOUCH = 44
COUNTED = ("document", "stylesheet", "script")
GRAVE = ("serious", "critical")

# What is too low for a thumb. A tick counts with its label; a link within a sentence may be as
# high as the sentence (WCAG 2.5.8), and so may what a mouse only reaches.
SMALL = f"""() => {{
  const reached = "button, input:not([type=hidden]), select, textarea, summary, a[href]";
  const area = (e) => e.matches("[type=checkbox], [type=radio]") ? e.closest("label") ?? e : e;
  const high = (e) => area(e).getBoundingClientRect().height;
  const text = (e) => e.textContent.replace(/\\s/g, "");
  const inSentence = (e) => e.matches("a") && getComputedStyle(e).display === "inline"
    && text(e.closest("p, li, dd, td, legend, span:not(a span)") ?? e).length > text(e).length;
  return [...document.querySelectorAll(reached)]
    .filter((e) => e.checkVisibility({{ visibilityProperty: true }}) && !inSentence(e))
    .filter((e) => high(e) < {LEAST_TOUCH} - 0.5)
    .map((e) => `${{Math.round(high(e))}} px: ${{e.outerHTML.slice(0, 120)}}`);
}}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => one.open = true)"
WIDTH = "() => document.documentElement.scrollWidth"


@dataclass
class Look:
    """What was seen of one page. `violations` are axe's serious and critical ones, by width."""

    bytes: int = 0
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)
    small: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)


def look(site: Site, browser: Browser, visit: Visit, picture: Callable[[Page, str], None]) -> Look:
    """Open the page on a phone, do what the visit says, look; and again as wide as a desk."""
    seen = Look()
    with site.open_context(browser, visit.who, PHONE) as context:
        page = context.new_page()
        requests: list[Request] = []
        page.on("request", lambda request: _keep(requests, request))
        page.on("pageerror", lambda error: seen.errors.append(error.message))
        page.on("console", lambda said: _keep_refusals(seen, said.type, said.text))
        page.goto(site.url + visit.address(site.seeded))
        if visit.act:
            visit.act(page)
        page.wait_for_load_state()
        assert "/login" in visit.path or "/login" not in page.url, "not signed in"
        seen.foreign = [r.url for r in requests if not r.url.startswith((site.url, "data:"))]
        seen.bytes = sum(_size(r) for r in requests if r.resource_type in COUNTED)
        picture(page, f"{visit.name}-{PHONE}")
        page.evaluate(OPEN_ALL)
        seen.small = page.evaluate(SMALL)
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": 800})
            seen.widths[width] = page.evaluate(WIDTH)
            seen.violations += _violations(page, width)
        picture(page, f"{visit.name}-{DESKTOP}")
    return seen


def _keep(requests: list[Request], request: Request) -> None:
    """What the page that is shown at last has loaded."""
    if request.resource_type == "document":
        requests.clear()
    requests.append(request)


def _keep_refusals(seen: Look, kind: str, text: str) -> None:
    """What the page's own policy forbade is a mistake of the page."""
    if kind == "error" and "Content Security Policy" in text:
        seen.errors.append(text)


def _size(request: Request) -> int:
    return request.sizes()["responseBodySize"] if request.response() else 0


def _violations(page: Page, width: int) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{width}: {one['id']} ({one['impact']}): {node['html'][:160]} {_why(node)}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
