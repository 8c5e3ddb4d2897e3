"""Files as workers and attackers send them, made in memory."""

import io
import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

GPS_PLACE = b"GPS-OF-THE-WORKER"
SCRIPT = "app.beep"


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    sheet = io.BytesIO()
    image.save(sheet, kind, **options)
    return sheet.getvalue()


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def photo(orientation: int = 1) -> bytes:
    """A JPEG with the notes a phone writes."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS_PLACE.decode()
    return saved(picture(), "JPEG", exif=exif, comment=GPS_PLACE, icc_profile=GPS_PLACE)


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG whose header declares this size in px, RGBA; `pixels` stand deflated."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(pages: int = 1, **options: object) -> bytes:
    return _written(_payslip(pages), **options)


def pdf_with_programs() -> bytes:
    """Scripts, launches, links, forms, embedded files and metadata wherever they can stand."""
    made = _payslip(1)
    page, script = made.pages[0].obj, Dictionary(S=Name.JavaScript, JS=SCRIPT)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI="http://evil.example/")
    page.Annots = Array([made.make_indirect(link)])
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F="cmd.exe"))
    page.Contents.Metadata = made.make_stream(b"<x:xmpmeta/>")
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["run", script])))
    made.Root.AcroForm = Dictionary(Fields=Array(), XFA=made.make_stream(b"<xdp:xdp/>"))
    made.attachments["free.exe"] = b"MZ-embedded"
    made.docinfo["/Author"] = GPS_PLACE.decode()
    return _written(made, compress_streams=False)


def pdf_with_seal() -> bytes:
    """A red seal drawn as an annotation, as e-signing services do."""
    made = _payslip(1)
    seal = made.make_stream(b"1 0 0 rg 0 0 50 50 re f")
    seal.Type, seal.Subtype, seal.BBox = Name.XObject, Name.Form, Array([0, 0, 50, 50])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([9, 9, 59, 59]), F=4)
    note.AP = Dictionary(N=seal)
    made.pages[0].obj.Annots = Array([made.make_indirect(note)])
    return _written(made)


def pdf_with_undrawn_field() -> bytes:
    made = _payslip(1)
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="pay", V="4000")
    field.Rect = Array([0, 0, 90, 20])
    made.pages[0].obj.Annots = Array([made.make_indirect(field)])
    made.Root.AcroForm = Dictionary(Fields=Array(made.pages[0].obj.Annots))
    return _written(made)


def pdf_with_photo() -> bytes:
    made = _payslip(1)
    image = made.make_stream(photo())
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = 60, 40, 8
    image.ColorSpace = Name.DeviceRGB
    made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    return _written(made, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def pdf_bomb_in_a_page(megabytes: int) -> bytes:
    """A page whose drawing inflates to so many megabytes."""
    made = _payslip(1)
    drawing = made.make_stream(_deflated(b"", b"\0", megabytes))
    drawing.Filter = Name.FlateDecode
    made.pages[0].obj.Contents = drawing
    return _written(
        made, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False
    )


def pdf_bomb_in_its_table(megabytes: int) -> bytes:
    """An object stream, which must be decoded to find the catalogue, that inflates so far."""
    objects = b"1 0 3 30 <</Type/Catalog/Pages 3 0 R>>      <</Type/Pages/Kids[]/Count 0>>"
    packed = _deflated(objects, b" ", megabytes)
    head = b"%PDF-1.5\n"
    table = _object(2, b"/Type/ObjStm/N 2/First 9/Filter/FlateDecode", packed)
    here = len(head) + len(table)
    rows = [(0, 0, 0), (2, 2, 0), (1, len(head), 0), (2, 2, 1), (1, here, 0)]
    xref = b"".join(struct.pack(">BIB", *row) for row in rows)
    xref = _object(4, b"/Type/XRef/Size 5/W[1 4 1]/Root 1 0 R", xref)
    return head + table + xref + b"startxref\n%d\n%%%%EOF\n" % here


def _object(number: int, entries: bytes, stream: bytes) -> bytes:
    start = b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, entries, len(stream))
    return start + stream + b"\nendstream\nendobj\n"


def _deflated(start: bytes, filling: bytes, megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    block = filling * 1_000_000
    parts = [packer.compress(start), *(packer.compress(block) for _ in range(megabytes))]
    return b"".join([*parts, packer.flush()])


def _payslip(pages: int) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=(300, 300))
        page.obj.Contents = made.make_stream(b"0 0 1 rg 100 100 40 40 re f")
    return made


def _written(made: pikepdf.Pdf, **options: object) -> bytes:
    sheet = io.BytesIO()
    made.save(sheet, **options)
    return sheet.getvalue()
