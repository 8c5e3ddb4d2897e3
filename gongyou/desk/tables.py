"""Every table of the desk in one place: for the migrations, and for tests of them."""

from gongyou.desk import audit, conversations, messages, people, ticket_table
from gongyou.desk.base import Base

__all__ = ["audit", "conversations", "messages", "metadata", "people", "ticket_table"]

metadata = Base.metadata
