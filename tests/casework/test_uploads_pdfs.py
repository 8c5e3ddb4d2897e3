"""PDFs made anew: the pages as they look, and nothing that acts, hides or tells on the sender."""

import io

import pikepdf
import pytest

from gongyou.casework.uploads import LIMITS, Unacceptable
from gongyou.casework.uploads.pdfs import clean_pdf
from tests.casework.upload_samples import (
    GPS_PLACE,
    SCRIPT,
    pdf,
    pdf_with_photo,
    pdf_with_programs,
    pdf_with_seal,
    pdf_with_undrawn_field,
)

ACTS = [
    *(b"/JavaScript", SCRIPT.encode(), b"/Launch", b"cmd.exe", b"/URI", b"evil.example"),
    *(b"/OpenAction", b"/AA", b"/EmbeddedFile", b"MZ-embedded", b"/AcroForm", b"xdp"),
    *(b"/Author", GPS_PLACE, b"/Metadata", b"xmpmeta", b"/Annots", b"/Info"),
]


def cleaned(content: bytes) -> bytes:
    return clean_pdf(content, LIMITS).content


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(cleaned(content)))


@pytest.mark.parametrize("act", ACTS)
def test_nothing_that_acts_or_tells_is_left(act: bytes) -> None:
    assert act in pdf_with_programs()
    assert act not in cleaned(pdf_with_programs())


def test_the_catalogue_holds_pages_only() -> None:
    with opened(pdf_with_programs()) as made:
        assert set(made.Root.keys()) == {"/Type", "/Pages"}


def test_what_is_drawn_on_a_page_stays() -> None:
    with opened(pdf_with_programs()) as made:
        assert made.pages[0].obj.Contents.read_bytes() == b"0 0 1 rg 100 100 40 40 re f"


def test_a_seal_is_drawn_into_its_page() -> None:
    with opened(pdf_with_seal()) as made:
        (seal,) = made.pages[0].obj.Resources.XObject.values()
        assert seal.read_bytes() == b"1 0 0 rg 0 0 50 50 re f"


def test_a_form_whose_words_are_nowhere_drawn_is_refused_rather_than_emptied() -> None:
    with pytest.raises(Unacceptable, match="broken_pdf"):
        cleaned(pdf_with_undrawn_field())


def test_a_photo_inside_a_pdf_loses_its_place() -> None:
    assert GPS_PLACE in pdf_with_photo()
    assert GPS_PLACE not in cleaned(pdf_with_photo())
    with opened(pdf_with_photo()) as made:
        image = pikepdf.PdfImage(made.pages[0].obj.Resources.XObject.Im0).as_pil_image()
        assert image.size == (60, 40)


def test_what_hides_behind_a_pdf_vanishes() -> None:
    assert b"PK\x03\x04" not in cleaned(pdf() + b"PK\x03\x04 an archive" * 500)


def test_a_pdf_that_forbids_printing_only_is_taken_and_opened_up() -> None:
    locked = pdf(encryption=pikepdf.Encryption(owner="boss", user=""))
    with opened(locked) as made:
        assert not made.is_encrypted
        assert made.pages[0].obj.Contents.read_bytes() == b"0 0 1 rg 100 100 40 40 re f"


def test_a_pdf_that_lost_a_page_is_refused_rather_than_shortened() -> None:
    with pytest.raises(Unacceptable, match="broken_pdf"):
        cleaned(pdf(2).replace(b"/Kids [ 3 0 R 4 0 R ]", b"/Kids [ 3 0 R 9 0 R ]"))


def test_what_pages_inherit_comes_along() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as source:
        source.Root.Pages.Rotate = 90
        sheet = io.BytesIO()
        source.save(sheet)
    with opened(sheet.getvalue()) as made:
        assert made.pages[0].obj.Rotate == 90


def test_packed_objects_are_taken() -> None:
    packed = pdf(3, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert clean_pdf(packed, LIMITS).pages == 3
