"""Why a command ends with 1."""


class BadInput(Exception):
    """What was typed cannot be used; the text names the part and the cure."""


class ChecksFailed(Exception):
    """`check` found errors, and has told them all."""
