"""Writes pictures.json: files of every kind that cameras and programs write, and the pixels that Pillow sees in them.

Each picture is small, so that nothing is scaled: its middle square is compared byte for byte, JPEG's rounding aside. Run
with Pillow 13.0.0 (`pip install pillow`); the file says which version made it.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import PIL
from PIL import Image, ImageOps

COLUMNS, ROWS = 24, 16


def picture(mode="RGB"):
    """Smooth colours with a bright corner, so that no turn of it looks like another."""
    image = Image.new("RGB", (COLUMNS, ROWS))
    for y in range(ROWS):
        for x in range(COLUMNS):
            corner = 80 if x < 14 and y < 5 else 0
            image.putpixel((x, y), (9 * x + 20, 12 * y + 20, 175 - 5 * x + corner))
    return image.convert(mode)


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def square(file, background=(255, 255, 255)):
    """The middle square, upright and on a ground."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    if image.mode in ("I;16", "I"):
        image = Image.frombytes("L", image.size, bytes(v >> 8 for v in image.convert("I").get_flattened_data()))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        seen = image.convert("RGBA")
        image = Image.new("RGBA", image.size, background + (255,))
        image.alpha_composite(seen)
    image = image.convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return side, list(image.crop((left, top, left + side, top + side)).tobytes())


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def with_big_endian_exif(jpeg, orientation):
    """An APP1 as Motorola's byte order has it, behind another APP1 that is no Exif, with a fill byte before it."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    block = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    other = b"http://ns.adobe.com/xap/1.0/\0<x/>"
    segment = lambda content: b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
    return jpeg[:2] + segment(other) + b"\xff" + segment(block) + jpeg[2:]


def png16(color_type, values):
    """A PNG of 16 bits a sample, which Pillow writes for grey alone."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    samples = {0: 1, 2: 3, 6: 4}[color_type]
    rows = b"".join(
        b"\0" + struct.pack(f">{COLUMNS * samples}H", *values[y * COLUMNS * samples:(y + 1) * COLUMNS * samples])
        for y in range(ROWS))
    header = struct.pack(">IIBBBBB", COLUMNS, ROWS, 16, color_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def transparent():
    image = picture().convert("RGBA")
    for y in range(ROWS):
        for x in range(COLUMNS):
            red, green, blue, _ = image.getpixel((x, y))
            image.putpixel((x, y), (red, green, blue, min(255, 20 * (abs(x - 12) + abs(y - 8)))))
    return image


def files():
    whole = picture()
    grey = picture("L")
    palette = whole.quantize(32)
    clear = whole.quantize(32)
    clear.info["transparency"] = clear.getpixel((12, 8))
    yield "jpeg", saved(whole, "JPEG", quality=92)
    yield "progressive jpeg", saved(whole, "JPEG", quality=92, progressive=True)
    yield "jpeg of full colour", saved(whole, "JPEG", quality=92, subsampling=0)
    yield "grey jpeg", saved(grey, "JPEG", quality=92)
    yield "jpeg of four inks", saved(picture("CMYK"), "JPEG", quality=95)
    for turn in range(1, 9):
        yield f"jpeg turned {turn}", saved(whole, "JPEG", quality=92, exif=exif(turn))
    yield "jpeg with the other byte order", with_big_endian_exif(saved(whole, "JPEG", quality=92), 6)
    yield "png", saved(whole, "PNG")
    yield "png turned 8", saved(whole, "PNG", exif=exif(8))
    yield "grey png", saved(grey, "PNG")
    yield "black and white png", saved(grey.point(lambda v: 255 * (v > 110)).convert("1"), "PNG")
    yield "palette png", saved(palette, "PNG")
    yield "palette png with a clear colour", saved(clear, "PNG", transparency=clear.info["transparency"])
    yield "clear png", saved(transparent(), "PNG")
    yield "grey clear png", saved(transparent().convert("LA"), "PNG")
    yield "grey png of 16 bits", png16(0, [257 * v for v in grey.tobytes()])
    yield "png of 16 bits", png16(2, [257 * v for v in whole.tobytes()])
    yield "webp", saved(whole, "WEBP", quality=95)
    yield "webp without loss", saved(whole, "WEBP", lossless=True)
    yield "clear webp", saved(transparent(), "WEBP", lossless=True, exact=True)
    yield "webp turned 6", saved(whole, "WEBP", lossless=True, exif=exif(6))


def main():
    cases = []
    for name, file in files():
        side, pixels = square(file)
        cases.append({
            "name": name, "file": base64.b64encode(file).decode(), "side": side,
            "pixels": base64.b64encode(bytes(pixels)).decode()})
    large = Image.effect_mandelbrot((640, 480), (-2, -1.2, 1, 1.2), 60).convert("RGB")
    file = saved(large, "JPEG", quality=80)
    small = large.resize((64, 48), Image.Resampling.BILINEAR)
    content = {
        "made_with": {"pillow": PIL.__version__},
        "cases": cases,
        "large": {"file": base64.b64encode(file).decode(), "side": 48,
                  "pixels": base64.b64encode(small.crop((8, 0, 56, 48)).tobytes()).decode()},
    }
    path = pathlib.Path(__file__).with_name("pictures.json")
    lines = [json.dumps(content["made_with"]), json.dumps(content["large"])]
    body = ",\n".join(json.dumps(case) for case in cases)
    path.write_text('{"made_with": %s,\n"large": %s,\n"cases": [\n%s\n]}\n' % (*lines, body))


if __name__ == "__main__":
    main()
