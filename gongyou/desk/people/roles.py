"""The roles of the desk. A worker has none: no account, only a chat."""

from typing import Literal

type Role = Literal["lawyer", "officer", "editor", "auditor", "admin"]

ROLES = ("lawyer", "officer", "editor", "auditor", "admin")
EVERYWHERE = "000000"  # a person of all regions; of a ticket: region not known
