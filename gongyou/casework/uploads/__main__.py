"""The inside of the cell: `python -m gongyou.casework.uploads KIND LIMITS < file > answer`."""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import cast

from gongyou.casework.uploads.kinds import Kind
from gongyou.casework.uploads.terms import Cleaned, Limits, Unacceptable


def main() -> None:
    kind, limits = cast(Kind, sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    _confine(limits)
    try:
        _answer(_clean(sys.stdin.buffer.read(), kind, limits))
    except Unacceptable as refusal:
        _tell({"refused": refusal.reason})


def _confine(limits: Limits) -> None:
    """Processor time, memory, and no core file, which would hold the picture."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    with suppress(ValueError, OSError):  # macOS cannot limit address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


def _clean(content: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """Loads only the library that this kind needs."""
    if kind == "PDF":
        from gongyou.casework.uploads.pdfs import clean_pdf

        return clean_pdf(content, limits)
    from gongyou.casework.uploads.images import clean_image

    return clean_image(content, kind, limits)


def _answer(cleaned: Cleaned) -> None:
    told = asdict(cleaned)
    content = told.pop("content")
    _tell(told)
    sys.stdout.buffer.write(content)


def _tell(told: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
