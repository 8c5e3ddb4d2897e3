"""The legal deadlines of a ticket, for its pages and calendar files."""

from gongyou.casework.case_facts import read_case_facts
from gongyou.casework.deadline import Deadline
from gongyou.casework.deadlines import find_deadlines
from gongyou.desk.tickets.table import Ticket
from gongyou.web.setting import Setting


def deadlines_of(ticket: Ticket, setting: Setting) -> list[Deadline]:
    """As they follow from the facts, by today's law."""
    facts = read_case_facts(setting.rulebook, ticket.facts)
    return find_deadlines(setting.rulebook, ticket.topic, facts, setting.today)
