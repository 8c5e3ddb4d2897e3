"""Whatever bytes arrive, the answer is a cleaned file or a refusal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongyou.casework.uploads import LIMITS, Unacceptable
from gongyou.casework.uploads.images import clean_image
from gongyou.casework.uploads.kinds import TAKEN, kind_of
from gongyou.casework.uploads.pdfs import clean_pdf
from tests.casework.upload_samples import (
    pdf,
    pdf_with_photo,
    pdf_with_programs,
    pdf_with_seal,
    photo,
    picture,
    saved,
)

VALID = [
    *(photo(6), saved(picture(), "JPEG", progressive=True), saved(picture(), "PNG")),
    *(saved(picture(), "WEBP"), saved(picture().convert("RGBA"), "WEBP", lossless=True)),
    *(pdf(2), pdf_with_programs(), pdf_with_seal(), pdf_with_photo()),
]


def passes_or_is_refused(content: bytes) -> None:
    """The inside of the cell, without the cell, which would hide what a parser raises."""
    try:
        kind = kind_of(content)
        if kind == "PDF":
            clean_pdf(content, LIMITS)
        else:
            clean_image(content, kind, LIMITS)
    except Unacceptable:
        pass


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A valid file with some bytes changed, a piece cut out, or a piece put in."""
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(0, 6))
        content[at : at + length] = draw(st.binary(max_size=6))
        content = content or bytearray(b"%")
    return bytes(content)


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_spoilt_files_raise_nothing_else(content: bytes) -> None:
    passes_or_is_refused(content)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([b"", b"RIFF\0\0\0\0WEBP", *TAKEN]), st.binary(max_size=2_000))
def test_random_bytes_raise_nothing_else(start: bytes, rest: bytes) -> None:
    passes_or_is_refused(start + rest)
