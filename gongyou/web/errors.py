"""Errors of the web side, drawn in one place; middleware.py turns them into words.

WebError
├── BadInput      400  what came in cannot be used; may name fields
├── NotSignedIn   401  the desk's pages send the person to the login page
├── NotAllowed    403
├── NotFound      404
└── TooMany       429  with the seconds to wait
"""

from collections.abc import Mapping

from gongyou.web.texts import say


class WebError(Exception):
    """A request that ends in one Chinese sentence, named in gongyou/web/texts."""

    status = 400

    def __init__(self, name: str, **values: object) -> None:
        self.text = say(name, **values)
        super().__init__(name)


class BadInput(WebError):
    """The request's content cannot be used; `fields` says which part and why."""

    def __init__(
        self, name: str, fields: Mapping[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(name, **values)
        self.fields = dict(fields or {})


class NotSignedIn(WebError):
    status = 401

    def __init__(self) -> None:
        super().__init__("not_signed_in")


class NotAllowed(WebError):
    status = 403


class NotFound(WebError):
    status = 404


class TooMany(WebError):
    """Too many tries; `seconds` is how long to wait."""

    status = 429

    def __init__(self, name: str, seconds: int, **values: object) -> None:
        super().__init__(name, seconds=seconds, **values)
        self.seconds = seconds
