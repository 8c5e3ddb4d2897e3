"""What each role may do at all. Which tickets of those: tickets/scope.py.

Handlers declare one of these in one line (`@permitted("ticket.accept")`); nothing else decides.
"""

from collections.abc import Mapping

from gongyou.desk.people.roles import Role

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    # cases
    "tickets.list": frozenset({"lawyer", "officer"}),
    "ticket.read": frozenset({"lawyer", "officer"}),
    "ticket.accept": frozenset({"lawyer", "officer"}),
    "ticket.decline": frozenset({"lawyer"}),
    "ticket.reply": frozenset({"lawyer", "officer"}),
    "ticket.hand_back": frozenset({"lawyer", "officer"}),
    "ticket.ask": frozenset({"lawyer", "officer"}),
    "ticket.transfer": frozenset({"lawyer", "officer"}),
    "ticket.close": frozenset({"lawyer", "officer"}),
    "ticket.look": frozenset({"officer"}),
    "ticket.reopen": frozenset({"lawyer", "officer"}),
    "ticket.edit_facts": frozenset({"lawyer", "officer"}),
    "ticket.routing": frozenset({"officer"}),
    "ticket.assign": frozenset({"officer"}),
    "ticket.papers": frozenset({"officer"}),
    "attachment.read": frozenset({"lawyer", "officer"}),
    "attachment.add": frozenset({"lawyer", "officer"}),
    "document.make": frozenset({"lawyer", "officer"}),
    # the officers' tools
    "ticket.flag": frozenset({"officer"}),
    "ticket.tag": frozenset({"officer"}),
    "ticket.note": frozenset({"officer"}),
    "ticket.save": frozenset({"officer"}),
    "tickets.search": frozenset({"officer"}),
    "canned.read": frozenset({"lawyer", "officer"}),
    "canned.change": frozenset({"officer"}),
    # figures: never of fewer than five workers
    "statistics.read": frozenset({"officer"}),
    "report.read": frozenset({"officer"}),
    # teaching the bot
    "correction.propose": frozenset({"officer"}),
    "corrections.read": frozenset({"officer", "editor"}),
    "correction.settle": frozenset({"officer", "editor"}),
    "training.ask": frozenset({"officer", "editor"}),
    "training.roll_back": frozenset({"officer", "editor"}),
    # callers of the hotline, each clerk their own
    "calls.list": frozenset({"hotline"}),
    "call.read": frozenset({"hotline"}),
    "call.start": frozenset({"hotline"}),
    "call.say": frozenset({"hotline"}),
    "call.hand_over": frozenset({"hotline"}),
    "call.end": frozenset({"hotline"}),
    # the union's own pages for jobs and for joining
    "links.read": frozenset({"officer"}),
    "links.edit": frozenset({"officer"}),
    # oneself
    "me.read": frozenset({"lawyer", "officer", "editor", "auditor", "admin", "hotline"}),
    "me.change": frozenset({"lawyer", "officer", "editor", "auditor", "admin", "hotline"}),
    "me.profile": frozenset({"lawyer"}),
    # the law, the trail, the accounts
    "rules.review": frozenset({"editor"}),
    "recall.read": frozenset({"officer", "editor"}),
    "audit.read": frozenset({"auditor"}),
    "audit.verify": frozenset({"auditor"}),
    "people.list": frozenset({"admin"}),
    "people.change": frozenset({"admin"}),
    "people.sessions": frozenset({"admin"}),
    "notices.read": frozenset({"admin"}),
    "notices.resend": frozenset({"admin"}),
}


def may(role: Role, permission: str) -> bool:
    """Whether the role has the permission. KeyError for a permission that is not in the table."""
    return role in PERMISSIONS[permission]
