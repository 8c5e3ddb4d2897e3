"""Why a command ends with 1, besides what the desk itself refuses."""


class BadInput(Exception):
    """What was typed cannot be used; the text names the part and the cure."""
