"""The roles of the desk. A worker has none: no account, only a chat."""

from typing import Literal

type Role = Literal["lawyer", "officer", "editor", "auditor", "admin", "hotline"]

ROLES = ("lawyer", "officer", "editor", "auditor", "admin", "hotline")
CARE = "care"  # the duty of those who alone read what is told in distress
DUTIES = (CARE,)  # what an officer may be charged with besides
EVERYWHERE = "000000"  # a person of all regions; of a ticket: region not known
