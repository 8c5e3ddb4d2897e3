"""Errors of starting: each is one line that names the cure."""


class CannotStart(Exception):
    """Something the start needs is missing, taken or broken."""
