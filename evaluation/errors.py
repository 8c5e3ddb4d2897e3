"""What stops a run: each is one line that names the place and the cure."""


class CannotEvaluate(Exception):
    """The questions or the model cannot be read."""


class BadCase(CannotEvaluate):
    """A line of a file of questions is not what it should be."""

    def __init__(self, place: str, problem: str, cure: str) -> None:
        """`place` is file:line; the cure says what to write there."""
        super().__init__(f"{place}: {problem}; {cure}")
