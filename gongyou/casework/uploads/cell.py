"""Every file is opened in a cell: a process of its own, without secrets, that dies at its limits.

Image and PDF parsers are fed by strangers here. A file that makes one hang, swell or crash costs
at most the seconds and bytes of `Limits`, and the process that holds the key never parses it.
"""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from gongyou.casework.uploads.kinds import Kind, kind_of
from gongyou.casework.uploads.terms import LIMITS, Cleaned, Limits, Unacceptable

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 3  # seconds on the wall for one of processor time: the machine has other work


def clean_upload(content: bytes, *, limits: Limits = LIMITS) -> Cleaned:
    """A photo (JPEG, PNG, WebP) or PDF made anew. Blocks: call it in a thread.

    Takes at most 10 MB, 52 megapixels, 30 pages; gives at most 10 MB, 2,400 px on the long side
    (long screenshots: 1,080 px wide, 16,000 px long). Costs at most 10 s of processor time and
    1 GB of address space, in a process of its own.
    Unacceptable for every other content; RuntimeError when the cell itself does not work.
    """
    if not content:
        raise Unacceptable("empty")
    if len(content) > limits.bytes:
        raise Unacceptable("too_large")
    kind = kind_of(content)
    head, _, made = _ask_cell(content, kind, limits).partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise Unacceptable(told["refused"])
    if len(made) > limits.bytes:
        raise Unacceptable("too_large")
    return Cleaned(content=made, **told)


def _ask_cell(content: bytes, kind: Kind, limits: Limits) -> bytes:
    """What the cell wrote: a line of JSON, then the file."""
    command = [sys.executable, "-m", __package__, kind, json.dumps(asdict(limits))]
    patience = limits.seconds * PATIENCE
    try:
        ended = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            cwd=ROOT,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_costly(kind) from None
    if ended.returncode < 0:  # killed at a limit, or crashed by the file
        raise _too_costly(kind)
    if ended.returncode > 0:
        raise RuntimeError("the cell for uploads ended without an answer")
    return ended.stdout


def _too_costly(kind: Kind) -> Unacceptable:
    return Unacceptable("broken_pdf" if kind == "PDF" else "broken_image")
