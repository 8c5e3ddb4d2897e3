"""Every table of the desk in one place: for the migrations, and for tests of them."""

from gongyou.desk import audit, links
from gongyou.desk.answers import table as answer_table
from gongyou.desk.base import Base
from gongyou.desk.calls import table as call_table
from gongyou.desk.chat import conversations, marks, messages
from gongyou.desk.files import attachments
from gongyou.desk.notices import table as notice_table
from gongyou.desk.people import accounts, invitations, lawyers, sign_ins
from gongyou.desk.review import table as review_table
from gongyou.desk.routing import offer_table
from gongyou.desk.statistics import table as statistics_table
from gongyou.desk.teaching import run_table
from gongyou.desk.teaching import table as teaching_table
from gongyou.desk.tickets import aid, sheets, table

__all__ = [
    "accounts",
    "aid",
    "answer_table",
    "attachments",
    "audit",
    "call_table",
    "conversations",
    "invitations",
    "lawyers",
    "links",
    "marks",
    "messages",
    "metadata",
    "notice_table",
    "offer_table",
    "review_table",
    "run_table",
    "sheets",
    "sign_ins",
    "statistics_table",
    "table",
    "teaching_table",
]

metadata = Base.metadata
