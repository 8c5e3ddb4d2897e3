"""A composed document → a Word file, the same bytes for the same content, with nobody's name."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from gongyou.casework.documents.composed import (
    Block,
    Composed,
    Heading,
    Numbered,
    Paragraph,
    Signature,
    Table,
)
from gongyou.casework.documents.word_style import (
    BODY,
    FANGSONG,
    HEAD,
    HEI,
    TITLE,
    indent_two_characters,
    is_short,
    lay_out_page,
    make,
    number_pages,
    set_font,
    space,
)
from gongyou.casework.documents.word_tables import write_signature, write_table
from gongyou.casework.documents.words import say

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold


def render_docx(composed: Composed) -> bytes:
    """The .docx, A4. Marks are left out; the file says neither who made it nor when."""
    document = docx.Document()
    lay_out_page(document)
    number_pages(document, say("page.before"), say("page.between"), say("page.after"))
    for block in composed.blocks:
        _write(document, block)
    _describe(document, composed.title)
    made = io.BytesIO()
    document.save(made)
    return _timeless(made.getvalue())


def _write(document: Document, block: Block) -> None:
    match block:
        case Heading():
            _heading(document, block)
        case Paragraph():
            _paragraph(document, block.text, block.indent, block.keep)
        case Numbered():
            for number, text in enumerate(block.items, 1):
                _paragraph(document, say("numbered", number=number, text=text), True)
        case Table():
            write_table(document, block)
        case Signature():
            write_signature(document, block)


def _heading(document: Document, block: Heading) -> None:
    """In the fonts of a Chinese document, and in its outline."""
    paragraph, title = document.add_paragraph(), block.level == 0
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = block.new_page
    space(paragraph, 1.5, before=0 if title else 6, after=12 if title else 0)
    if title:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.get_or_add_pPr().append(make("outlineLvl", {"val": str(block.level)}))
    set_font(paragraph.add_run(block.text), HEI, TITLE if title else HEAD)


def _paragraph(document: Document, text: str, indent: bool, keep: bool = False) -> None:
    paragraph = document.add_paragraph()
    space(paragraph)
    paragraph.paragraph_format.keep_with_next = keep and is_short(text)
    if indent:
        indent_two_characters(paragraph)
    set_font(paragraph.add_run(text), FANGSONG, BODY)


def _describe(document: Document, title: str) -> None:
    """Only a title among the file's properties."""
    properties = document.core_properties
    for one in list(properties._element):
        properties._element.remove(one)
    properties.title, properties.author, properties.language = title, "", "zh-CN"


def _timeless(made: bytes) -> bytes:
    """The same zip with no times in it."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return bare.getvalue()
