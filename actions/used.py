"""What an answer rests on, sent along with its card for the desk to keep; no page shows it."""

from datetime import date
from typing import Any

from actions.case import Case
from actions.context import rule_versions
from gongyou.rulebook import NATION, UNKNOWN, Answer, encode_facts
from gongyou.rulebook.versions import versions_of


def used_by(found: Answer, case: Case, on: date) -> dict[str, Any]:
    """JSON-safe: topic, region, day asked about, total (None: no sure number), rules and figures
    as {"id", "since", "status", "content"}; the facts, and whether papers are named to apply with,
    for the gateway's 「帮我申请」."""
    return {
        "topic": found.topic,
        "region": region_of(case),
        "on": on.isoformat(),
        "total": None if found.total is None else str(found.total),
        "rules": versions_of(rule_versions(), found.trace),
        "facts": encode_facts(case.facts),
        "papers": any(one.papers for one in found.eligibility),
    }


def region_of(case: Case) -> str:
    """The code of the place, "000000" while it is not known."""
    region = case.facts.get("region")
    return region if isinstance(region, str) and region != UNKNOWN else NATION
