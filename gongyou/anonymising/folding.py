"""A text in one plain form, with as many characters, so that every place stays true."""

import unicodedata

# Digits as people spell them out on the telephone or to get past a filter.
SPOKEN = str.maketrans("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789")


def fold(text: str) -> str:
    """Half width; what has no single plain character stays as it is."""
    return "".join(_fold(char) for char in text)


def spell_digits(folded: str) -> str:
    """Chinese digits as 0-9. Numbers with 十, 百, 千, 万 in them stay apart: those are amounts."""
    return folded.translate(SPOKEN)


def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
