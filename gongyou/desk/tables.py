"""Every table of the desk in one place: for the migrations, and for tests of them."""

from gongyou.desk import audit
from gongyou.desk.base import Base
from gongyou.desk.chat import conversations, messages
from gongyou.desk.files import attachments
from gongyou.desk.notices import table as notice_table
from gongyou.desk.people import accounts, invitations, lawyers, sign_ins
from gongyou.desk.routing import offer_table
from gongyou.desk.tickets import sheets, table

__all__ = [
    "accounts",
    "attachments",
    "audit",
    "conversations",
    "invitations",
    "lawyers",
    "messages",
    "metadata",
    "notice_table",
    "offer_table",
    "sheets",
    "sign_ins",
    "table",
]

metadata = Base.metadata
