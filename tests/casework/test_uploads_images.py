"""Pictures drawn anew: upright, within the limits, nothing but pixels."""

import io

import pytest
from PIL import Image, ImageDraw

from gongyou.casework.uploads import LIMITS, Cleaned
from gongyou.casework.uploads.images import clean_image
from gongyou.casework.uploads.kinds import kind_of
from tests.casework.upload_samples import GPS_PLACE, photo, picture, saved

ARCHIVE = b"PK\x03\x04 an archive"


def cleaned(content: bytes) -> Cleaned:
    return clean_image(content, kind_of(content), LIMITS)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(cleaned(content).content))
    image.load()
    return image


def test_a_photo_loses_place_comments_and_profile() -> None:
    assert GPS_PLACE in photo()
    image = opened(photo())
    assert GPS_PLACE not in cleaned(photo()).content
    assert not image.getexif() and not {"icc_profile", "comment", "xmp"} & set(image.info)


def test_a_screenshot_loses_its_notes() -> None:
    exif = Image.Exif()
    exif[0x010E] = GPS_PLACE.decode()
    content = saved(picture(), "PNG", exif=exif, icc_profile=GPS_PLACE)
    assert not opened(content).info


def test_what_hides_behind_a_picture_vanishes() -> None:
    for content in (photo(), saved(picture(), "PNG"), saved(picture(), "WEBP")):
        assert ARCHIVE not in cleaned(content + ARCHIVE).content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_phone_comes_out_upright(orientation: int) -> None:
    red_first = orientation in (1, 4, 5, 6)  # the stored left half comes out left, or on top
    image = opened(photo(orientation))
    assert image.size == ((60, 40) if orientation < 5 else (40, 60))
    red, _, blue = image.getpixel((2, 2))
    assert (red > blue) is red_first


def test_a_large_photo_is_scaled_to_2400_px() -> None:
    made = cleaned(saved(Image.new("RGB", (4_000, 3_000)), "JPEG"))
    assert (made.width, made.height) == (2_400, 1_800)


def test_a_long_screenshot_stays_readable() -> None:
    made = cleaned(saved(Image.new("RGB", (1_080, 12_000)), "PNG"))
    assert (made.width, made.height) == (1_080, 12_000)


def test_a_line_of_pixels_is_no_trap() -> None:
    made = cleaned(saved(Image.new("L", (1, 60_000)), "PNG"))
    assert (made.width, made.height) == (1, 16_000)


def test_a_screenshot_stays_png_where_that_is_smaller() -> None:
    sheet = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(sheet).rectangle((50, 50, 350, 90), fill="black")
    assert cleaned(saved(sheet, "PNG")).media == "image/png"


def test_a_photo_saved_as_png_becomes_a_smaller_jpeg() -> None:
    assert cleaned(saved(Image.effect_noise((400, 400), 60), "PNG")).media == "image/jpeg"


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    later = [Image.new("RGB", (60, 40), "green")]
    for kind in ("WEBP", "PNG"):
        image = opened(saved(picture(), kind, save_all=True, append_images=later))
        assert image.getpixel((2, 2))[0] > 200
        assert getattr(image, "n_frames", 1) == 1


def test_a_photo_with_a_second_one_inside_keeps_the_first() -> None:
    content = saved(picture(), "MPO", save_all=True, append_images=[picture()])
    assert cleaned(content).media == "image/jpeg"


def test_what_is_transparent_is_white() -> None:
    assert opened(saved(Image.new("RGBA", (20, 20)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_png_stores_colour_is_taken(mode: str) -> None:
    assert opened(saved(Image.new(mode, (20, 20)), "PNG")).mode == "RGB"


def test_sixteen_bits_of_grey_keep_their_shade() -> None:
    grey = Image.new("I;16", (20, 20), 0x8000)
    assert opened(saved(grey, "PNG")).getpixel((5, 5)) == (128, 128, 128)


def test_a_print_shop_jpeg_is_taken() -> None:
    assert opened(saved(Image.new("CMYK", (20, 20)), "JPEG")).mode == "RGB"
