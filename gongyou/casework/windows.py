"""Windows in which an aid can be applied for, as the sentences of the rulebook name them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongyou.casework.deadline import Deadline
from gongyou.casework.plans import Window, read_plans
from gongyou.rulebook import NATION, FactValue, Rulebook
from gongyou.rulebook.model import Rule
from gongyou.rulebook.model.regions import chain
from gongyou.rulebook.model.text import day_text


def find_windows(
    rulebook: Rulebook, topic: str, facts: Mapping[str, FactValue], today: date
) -> list[Deadline]:
    """The windows that had begun by today, ended ones too; of a family the latest only."""
    latest: dict[str, Deadline] = {}
    for window in sorted(read_plans().windows, key=lambda one: one.starts_on):
        if window.starts_on > today or not any(c.covers(topic, facts) for c in window.concerns):
            continue
        rule = _rule(rulebook, window)
        if rule is not None and rule.region in chain(str(facts.get("region") or NATION)):
            latest[window.family] = _deadline(window, rule, today)
    return list(latest.values())


def _rule(rulebook: Rulebook, window: Window) -> Rule | None:
    """The rule the window rests on, when it is checked and its sentence names the last day."""
    found = rulebook.topics.get(window.topic)
    rule = next((one for one in found.rules if one.id == window.rule), None) if found else None
    if rule is None or rule.status == "unverified" or day_text(window.last_day) not in rule.says:
        return None
    return rule


def _deadline(window: Window, rule: Rule, today: date) -> Deadline:
    """The rule's sentence goes along only on days on which it is true."""
    sure = rule.status == "verified"
    is_open = rule.since <= today <= window.last_day
    return Deadline(
        key=window.key,
        title=window.title,
        starts_on=window.starts_on,
        last_day=window.last_day,
        basis=rule.basis[0],
        certainty="known" if sure else "depends",
        reason="" if sure else read_plans().words["secondary"],
        says=rule.says if is_open or rule.holds_on(today) else "",
    )
