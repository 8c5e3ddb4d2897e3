"""Photos and PDFs that workers send: known by content, made anew without metadata or programs."""

from gongyou.casework.uploads.cell import clean_upload
from gongyou.casework.uploads.terms import (
    LIMITS,
    Cleaned,
    Limits,
    Media,
    Reason,
    Unacceptable,
    read_refusal,
)

__all__ = [
    "LIMITS",
    "Cleaned",
    "Limits",
    "Media",
    "Reason",
    "Unacceptable",
    "clean_upload",
    "read_refusal",
]
