"""What a file is, by its first bytes alone: names and declared types are anybody's claim."""

from typing import Literal

from gongyou.casework.uploads.terms import Reason, Unacceptable

type Kind = Literal["JPEG", "PNG", "WEBP", "PDF"]

TAKEN: dict[bytes, Kind] = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"%PDF-": "PDF",
}
REFUSED: dict[bytes, Reason] = {
    b"PK\x03\x04": "zip",  # also .docx, .xlsx, .apk
    b"PK\x05\x06": "zip",
    b"PK\x07\x08": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "zip",  # .doc, .xls of old
    b"Rar!\x1a\x07": "zip",
    b"7z\xbc\xaf\x27\x1c": "zip",
    b"\x1f\x8b": "zip",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"\xcf\xfa\xed\xfe": "program",  # Mach-O
    b"\xca\xfe\xba\xbe": "program",  # Mach-O of several machines, Java
    b"dex\n": "program",
    b"#!": "program",
}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(content: bytes) -> Kind:
    """The kind of a file that is taken. Unacceptable for any other, with what it is if known."""
    for start, kind in TAKEN.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Unacceptable("heic")
    for start, reason in REFUSED.items():
        if content.startswith(start):
            raise Unacceptable(reason)
    raise Unacceptable("unknown_type")
