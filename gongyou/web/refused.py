"""What the desk refuses, as an HTTP status."""

from gongyou.desk import errors

STATUS = {
    errors.WrongState: 409,
    errors.StaleSheet: 409,
    errors.TooManyFiles: 409,
    errors.TooManyTags: 409,
    errors.TooManyCanned: 409,
    errors.StaleCanned: 409,
    errors.AlreadySettled: 409,
    errors.Contradicts: 409,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
}


def status_of(error: errors.DeskError) -> int:
    """400 for a refusal of any other kind, 503 for what is no refusal: nothing was stored."""
    if not isinstance(error, errors.Refused):
        return 503
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
