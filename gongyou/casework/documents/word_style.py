"""How the pages look: A4, Chinese fonts, spacing, a footer with the page's number."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, HEAD, BODY, CELL, SMALL = Pt(22), Pt(14), Pt(14), Pt(10.5), Pt(9)  # 二号 四号 四号 五号 小五
NARROW = Pt(11)  # where three people sign side by side
SONG, FANGSONG, HEI = "宋体", "仿宋", "黑体"
LATIN = "Times New Roman"
PAGE_WIDTH = Cm(15.6)  # between the margins
_SHORT = 200  # characters; what is longer may not fit on one page, whatever it is kept with


def is_short(*texts: str) -> bool:
    """Whether texts may be kept together: word processors hang on what fits on no page."""
    return sum(map(len, texts)) <= _SHORT


def make(tag: str, attributes: Mapping[str, str] | None = None) -> BaseOxmlElement:
    """An element <w:tag> with w: attributes."""
    element: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        element.set(qn(f"w:{name}"), value)
    return element


def set_font(run: Run, chinese: str, size: Pt, bold: bool = False) -> None:
    """The font for Chinese and for Latin text; nothing is left to the reader's theme."""
    run.font.size, run.font.bold, run.font.name = size, bold, LATIN
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")


def space(
    paragraph: Paragraph, lines: float | Length = 1.5, before: float = 0, after: float = 0
) -> None:
    """Line spacing in lines, or exact; space before and after in points."""
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = lines, Pt(before), Pt(after)


def indent_two_characters(paragraph: Paragraph) -> None:
    """The first line two characters in, whatever the font's size."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(make("ind", {"firstLineChars": "200", "firstLine": str(2 * 280)}))


def lay_out_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.6)
    section.left_margin = section.right_margin = Cm(2.7)
    section.header_distance = section.footer_distance = Cm(1.5)
    base = document.styles["Normal"]
    fonts = base.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "heme" in str(name)]:
        del fonts.attrib[name]
    for script, font in {"ascii": LATIN, "hAnsi": LATIN, "cs": LATIN, "eastAsia": FANGSONG}.items():
        fonts.set(qn(f"w:{script}"), font)
    language = {"val": "en-US", "eastAsia": "zh-CN"}
    base.element.get_or_add_rPr().append(make("lang", language))


def number_pages(document: Document, before: str, between: str, after: str) -> None:
    """A centred footer: 第 1 页，共 3 页."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        set_font(paragraph.add_run(text), SONG, SMALL)
        if field:
            _add_field(paragraph, field)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A number the word processor works out."""
    instruction = make("instrText")
    instruction.text = name
    pieces = (make("fldChar", {"fldCharType": "begin"}), instruction)
    for piece in (*pieces, make("fldChar", {"fldCharType": "separate"})):
        _piece(paragraph, piece)
    set_font(paragraph.add_run("1"), SONG, SMALL)
    _piece(paragraph, make("fldChar", {"fldCharType": "end"}))


def _piece(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    run = paragraph.add_run()
    set_font(run, SONG, SMALL)
    run._r.append(element)
