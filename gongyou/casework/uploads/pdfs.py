"""A PDF's pages carried into a new PDF: only what draws them comes along.

The catalogue stays behind, and with it scripts, actions, embedded files, forms, outlines and
metadata. What forms, seals and notes show on a page is drawn into the page first. No page stream
is ever decoded: a stream that would inflate to gigabytes is copied as the few bytes it is.
"""

import io
from typing import cast

import pikepdf
from pikepdf.settings import set_qpdf_limits

from gongyou.casework.uploads.jpeg_notes import without_notes
from gongyou.casework.uploads.terms import MEBIBYTE, Cleaned, Limits, Unacceptable

PAGE_KEYS = {
    *("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/UserUnit", "/Group"),
    *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"),
}
NOT_DRAWN = ("/Metadata", "/PieceInfo", "/AF", "/AA", "/OPI", "/Ref", "/LastModified")
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")  # a stream whose bytes stand in another file
PHOTO = pikepdf.Name.DCTDecode
END = b"%%EOF"

# Tables of objects are decoded on opening: qpdf stops there, in bytes a stream.
set_qpdf_limits(
    flate_max_memory=64 * MEBIBYTE,
    png_max_memory=64 * MEBIBYTE,
    tiff_max_memory=64 * MEBIBYTE,
    run_length_max_memory=64 * MEBIBYTE,
    max_stream_filters=4,
)


def clean_pdf(content: bytes, limits: Limits) -> Cleaned:
    """The PDF made anew, what follows its end cut off.

    Unacceptable: locked_pdf (needs a password), too_many_pages, broken_pdf (also: no page,
    or one lost).
    """
    whole = content[: content.rfind(END) + len(END)]
    try:
        # inherit_page_attributes would correct the count of pages that _rebuild compares
        with pikepdf.open(
            io.BytesIO(whole), attempt_recovery=False, inherit_page_attributes=False
        ) as source:
            return _rebuild(source, limits)
    except Unacceptable:
        raise
    except pikepdf.PasswordError as error:
        raise Unacceptable("locked_pdf") from error
    except Exception as error:  # a parser fed by strangers raises whatever it meets
        raise Unacceptable("broken_pdf") from error


def _rebuild(source: pikepdf.Pdf, limits: Limits) -> Cleaned:
    declared, count = source.Root.Pages.get("/Count"), len(source.pages)
    if not count or declared != count:  # qpdf passes over pages it cannot read
        raise Unacceptable("broken_pdf")
    if count > limits.pages:
        raise Unacceptable("too_many_pages")
    _draw_forms(source)
    made = pikepdf.new()
    for page in source.pages:
        _drop(page.obj, set(page.obj.keys()) - PAGE_KEYS)
        made.pages.append(page)
    _strip(made)
    return Cleaned("application/pdf", _save(made), pages=count)


def _draw_forms(source: pikepdf.Pdf) -> None:
    """Draws what forms, seals and notes show into the pages.

    Unacceptable: broken_pdf where a field holds words but no drawing of them: they would be lost.
    """
    form = source.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        _drop(form, {"/NeedAppearances", "/XFA"})  # or qpdf leaves the drawings there are aside
    for page in source.pages:
        if any(_is_undrawn(note) for note in page.obj.get("/Annots", ())):
            raise Unacceptable("broken_pdf")
    source.flatten_annotations("all")


def _is_undrawn(note: pikepdf.Object) -> bool:
    if not isinstance(note, pikepdf.Dictionary) or "/AP" in note:
        return False
    words = note.get("/V")
    return isinstance(words, str | pikepdf.String) and bool(str(words))


def _strip(made: pikepdf.Pdf) -> None:
    """Takes from fonts, pictures and forms what does not draw them."""
    for thing in made.objects:
        if isinstance(thing, pikepdf.Stream):
            _drop(thing, {*NOT_DRAWN, *ELSEWHERE})
            _strip_photo(thing)
        elif isinstance(thing, pikepdf.Dictionary):
            _drop(thing, set(NOT_DRAWN))


def _strip_photo(stream: pikepdf.Stream) -> None:
    """A photo put into a PDF still carries where it was taken."""
    filters, parms = stream.get("/Filter"), stream.get("/DecodeParms")
    if filters in (PHOTO, pikepdf.Array([PHOTO])):
        photo = without_notes(stream.read_raw_bytes())
        filters, parms = cast(pikepdf.Array, filters), cast(pikepdf.Array | None, parms)
        stream.write(photo, filter=filters, decode_parms=parms)


def _drop(holder: pikepdf.Object, keys: set[str]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _save(made: pikepdf.Pdf) -> bytes:
    sheet = io.BytesIO()
    made.save(
        sheet,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,  # or qpdf would inflate what is deflated twice
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
    )
    return sheet.getvalue()
