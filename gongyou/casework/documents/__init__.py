"""Five documents of a case, filled in from its facts: to preview, correct and download."""

from gongyou.casework.documents.capitals import capital_yuan
from gongyou.casework.documents.checking import check_fields
from gongyou.casework.documents.compose import compose
from gongyou.casework.documents.composed import (
    Block,
    Composed,
    Heading,
    Numbered,
    Paragraph,
    Signature,
    Table,
)
from gongyou.casework.documents.form import DocumentForm, Field
from gongyou.casework.documents.prefill import prefill
from gongyou.casework.documents.reading import find_document, list_documents
from gongyou.casework.documents.word_file import render_docx

__all__ = [
    "Block",
    "Composed",
    "DocumentForm",
    "Field",
    "Heading",
    "Numbered",
    "Paragraph",
    "Signature",
    "Table",
    "capital_yuan",
    "check_fields",
    "compose",
    "find_document",
    "list_documents",
    "prefill",
    "render_docx",
]
