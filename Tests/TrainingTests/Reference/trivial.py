"""Makes the pictures that TrivialAugmentTests compares with: `python trivial.py`, with Pillow 13.

Writes trivial.json: a picture of bytes, and what Pillow's operations, which torchvision's are made after, make of it.
"""

import json
import pathlib
import platform

import PIL
from PIL import Image, ImageEnhance, ImageOps

ROWS, COLUMNS = 16, 20
VALUES = [30 + (7 * y * y + 5 * x + 3 * x * y * (c + 1) + 40 * c) % 190
          for y in range(ROWS) for x in range(COLUMNS) for c in range(3)]
PICTURE = Image.frombytes("RGB", (COLUMNS, ROWS), bytes(VALUES))


def enhanced(kind, share, sign):
    return kind(PICTURE).enhance(1 + sign * 0.99 * share)


ENHANCED = {"brightness": ImageEnhance.Brightness, "saturation": ImageEnhance.Color,
            "contrast": ImageEnhance.Contrast, "sharpness": ImageEnhance.Sharpness}
CASES = [(name, share, sign, enhanced(kind, share, sign))
         for name, kind in ENHANCED.items() for share, sign in [(0.5, 1), (0.8, -1)]]
CASES += [("posterizing", share, 1, ImageOps.posterize(PICTURE, 8 - round(6 * share))) for share in (0.5, 1)]
CASES += [("solarizing", share, 1, ImageOps.solarize(PICTURE, 255 * (1 - share))) for share in (0.3, 0.7)]
CASES += [("stretching", 1, 1, ImageOps.autocontrast(PICTURE)), ("equalizing", 1, 1, ImageOps.equalize(PICTURE))]

content = [{"operation": name, "share": share, "sign": sign, "values": list(picture.tobytes())}
           for name, share, sign, picture in CASES]
path = pathlib.Path(__file__).with_name("trivial.json")
path.write_text('{"made_with": ' + json.dumps({"Pillow": PIL.__version__, "python": platform.python_version()})
                + f',\n"rows": {ROWS}, "columns": {COLUMNS}, "values": {json.dumps(VALUES)},\n"cases": [\n'
                + ",\n".join(json.dumps(case) for case in content) + "\n]}\n")
