"""What becomes of a file a worker sends: through the whole gate, each in a cell of its own."""

import io
from dataclasses import replace
from typing import get_args

import pikepdf
import pytest
import yaml
from PIL import Image

from gongyou.casework.uploads import LIMITS, Reason, Unacceptable, clean_upload, read_refusal
from gongyou.casework.uploads.terms import REFUSALS
from tests.casework.upload_samples import (
    pdf,
    pdf_bomb_in_a_page,
    pdf_bomb_in_its_table,
    photo,
    picture,
    png,
    saved,
)

LOCK = pikepdf.Encryption(owner="boss", user="1234")
ZIP = b"PK\x03\x04" + b"\0" * 30
PROGRAM = b"MZ\x90\0" + b"\0" * 30
REFUSED = {
    "nothing": (b"", "empty"),
    "a zip or .docx": (ZIP, "zip"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 30, "zip"),
    "a renamed program": (PROGRAM, "program"),
    "a Linux program": (b"\x7fELF" + b"\0" * 30, "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "an iPhone photo": (b"\0\0\0\x18ftypheic" + b"\0" * 30, "heic"),
    "a film": (b"\0\0\0\x18ftypmp42" + b"\0" * 30, "unknown_type"),
    "a drawing that can run scripts": (b"<svg onload='alert(1)'/>", "unknown_type"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "unknown_type"),
    "a GIF": (saved(picture(), "GIF"), "unknown_type"),
    "a PDF behind something else": (b"<html>" + pdf(), "unknown_type"),
    "half a photo": (photo()[:-200], "broken_image"),
    "half a screenshot": (saved(picture(), "PNG")[:-40], "broken_image"),
    "the first bytes of a photo": (b"\xff\xd8\xff\xe0", "broken_image"),
    "half a PDF": (pdf()[:-60], "broken_pdf"),
    "the first bytes of a PDF": (b"%PDF-1.7\n", "broken_pdf"),
    "a PDF without a page": (pdf(0), "broken_pdf"),
    "a PDF with a password": (
        pdf(encryption=pikepdf.Encryption(owner="boss", user="1234")),
        "locked_pdf",
    ),
    "a long PDF": (pdf(31), "too_many_pages"),
    "a small file that says it is 3,600 megapixels": (png(60_000, 60_000), "too_many_pixels"),
    "a small file that says it is 53 megapixels": (png(53_000, 1_000), "too_many_pixels"),
    "a PDF whose table inflates to 200 MB": (pdf_bomb_in_its_table(200), "broken_pdf"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        clean_upload(content)
    assert refusal.value.reason == reason


def test_more_than_ten_megabytes_are_refused_unread() -> None:
    with pytest.raises(Unacceptable, match="too_large"):
        clean_upload(photo() + b"\0" * LIMITS.bytes)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_photo_becomes_a_jpeg(kind: str) -> None:
    cleaned = clean_upload(saved(picture(), kind))
    assert (cleaned.media, cleaned.width, cleaned.height) == ("image/jpeg", 60, 40)
    assert cleaned.pages is None


def test_a_pdf_stays_a_pdf() -> None:
    cleaned = clean_upload(pdf(30))
    assert (cleaned.media, cleaned.pages, cleaned.width) == ("application/pdf", 30, None)


def test_a_page_that_inflates_beyond_the_memory_is_carried_over_without_inflating_it() -> None:
    tight = replace(LIMITS, memory=400_000_000)
    assert clean_upload(pdf_bomb_in_a_page(600), limits=tight).pages == 1


def test_a_picture_that_needs_more_memory_than_there_is_is_refused() -> None:
    tight = replace(LIMITS, memory=300_000_000)
    with pytest.raises(Unacceptable, match="broken_image"):
        clean_upload(png(8_000, 6_000, b"\0" * (8_000 * 4 + 1) * 6_000), limits=tight)


def test_a_picture_that_takes_too_long_is_refused() -> None:
    scanned = saved(Image.new("L", (3_000, 3_000)), "JPEG", progressive=True)
    last = scanned[scanned.rindex(b"\xff\xda") : -2]
    endless = scanned[:-2] + last * 20_000 + b"\xff\xd9"
    with pytest.raises(Unacceptable, match="broken_image"):
        clean_upload(endless, limits=replace(LIMITS, seconds=1))


def test_a_cell_that_does_not_work_is_not_the_workers_fault() -> None:
    with pytest.raises(RuntimeError):
        clean_upload(photo(), limits=replace(LIMITS, seconds=1.5))  # not a whole number


def test_what_is_kept_passes_the_gate_again() -> None:
    for content in (photo(), saved(picture(), "PNG"), pdf()):
        once = clean_upload(content)
        assert clean_upload(once.content).media == once.media


def test_every_reason_has_its_sentence_and_no_other() -> None:
    listed = yaml.safe_load(REFUSALS.read_text(encoding="utf-8"))
    assert set(listed) == set(get_args(Reason.__value__))


def test_sentences_tell_the_limits_in_force() -> None:
    assert "10 MB" in read_refusal("too_large")
    assert "30 页" in read_refusal("too_many_pages")


def test_an_iphone_owner_is_told_the_setting() -> None:
    assert "「兼容性最佳」" in read_refusal("heic")


def test_a_cleaned_photo_opens() -> None:
    with Image.open(io.BytesIO(clean_upload(photo()).content)) as image:
        image.load()
        assert image.size == (60, 40)
