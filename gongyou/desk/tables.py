"""Every table of the desk in one place: for the migrations, and for tests of them."""

from gongyou.desk import audit
from gongyou.desk.answers import table as answer_table
from gongyou.desk.base import Base
from gongyou.desk.chat import conversations, marks, messages
from gongyou.desk.files import attachments
from gongyou.desk.notices import table as notice_table
from gongyou.desk.people import accounts, invitations, lawyers, sign_ins
from gongyou.desk.routing import offer_table
from gongyou.desk.statistics import table as statistics_table
from gongyou.desk.tickets import sheets, table

__all__ = [
    "accounts",
    "answer_table",
    "attachments",
    "audit",
    "conversations",
    "invitations",
    "lawyers",
    "marks",
    "messages",
    "metadata",
    "notice_table",
    "offer_table",
    "sheets",
    "sign_ins",
    "statistics_table",
    "table",
]

metadata = Base.metadata
