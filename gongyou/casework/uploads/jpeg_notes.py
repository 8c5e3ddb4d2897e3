"""Notes inside a JPEG (EXIF, place, XMP, comments), taken out without decoding it."""

SCAN = 0xDA
FILL = 0xFF
NOTES = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # all APPn but JFIF (0) and Adobe's colours (14); comments


def without_notes(jpeg: bytes) -> bytes:
    """The same picture without notes before its first scan; what is no segment stays as it is."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] not in (SCAN, FILL):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in NOTES:
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:]
