"""An image decoded, turned upright, scaled down and drawn anew: nothing but its pixels is kept.

What is not a pixel (place, camera, comments, colour profile, thumbnails, a film or an archive
behind the picture) is never copied. Of a moving picture the first frame is kept.
"""

import io

from PIL import Image

from gongyou.casework.uploads.kinds import Kind
from gongyou.casework.uploads.terms import Cleaned, Limits, Unacceptable

ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG_QUALITY = 85
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def clean_image(content: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """The image as JPEG, or as PNG where it came as one and that is smaller.

    Unacceptable: too_many_pixels (by its header, before a pixel is decoded), broken_image.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > limits.pixels:
                raise Unacceptable("too_many_pixels")
            return _encode(_draw(image, limits), lossless=kind == "PNG")
    except Unacceptable:
        raise
    except BOMBS as bomb:
        raise Unacceptable("too_many_pixels") from bomb
    except Exception as error:  # a decoder fed by strangers raises whatever it meets
        raise Unacceptable("broken_image") from error


def _draw(image: Image.Image, limits: Limits) -> Image.Image:
    """RGB pixels on white paper, upright, within the limits; a sheet of its own, without info."""
    size = _fitting(image.width, image.height, limits)
    image.draft("RGB", size)  # a JPEG is decoded at a half, quarter or eighth where that is enough
    image.load()
    turn = UPRIGHT.get(_orientation(image))
    if image.mode.startswith("I"):  # 16 bits of grey, of which the upper 8 are kept
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    paper = Image.new("RGB", size, "white")
    paper.paste(image, mask=image if image.mode == "RGBA" else None)
    return paper if turn is None else paper.transpose(turn)


def _orientation(image: Image.Image) -> int:
    """How the camera was held; 1 (upright) where it is not said, or not readably."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # a spoilt note about the picture is no fault of the picture
        return 1


def _fitting(width: int, height: int, limits: Limits) -> tuple[int, int]:
    """Size in px: the long side within the limit, yet a long screenshot keeps a readable width."""
    short, long = sorted((width, height))
    share = max(limits.long_side / long, limits.strip_width / short)
    share = min(1.0, share, limits.strip_length / long)
    return max(1, round(width * share)), max(1, round(height * share))


def _encode(image: Image.Image, *, lossless: bool) -> Cleaned:
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
    if lossless:
        png = io.BytesIO()
        image.save(png, "PNG")
        if png.tell() <= jpeg.tell():
            return Cleaned("image/png", png.getvalue(), image.width, image.height)
    return Cleaned("image/jpeg", jpeg.getvalue(), image.width, image.height)
