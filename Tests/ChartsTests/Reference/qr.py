"""Writes qr.json beside it: codes by encoders that are not ours. Made with qrcode 8.2 and segno 1.6.6.

The modules are qrcode's (segno 1.6.6 puts a byte of nothing before the filling); which mask reads best is said by
segno, whose penalties are the standard's.
"""
import json
from pathlib import Path

import qrcode
from segno import encoder

TEXTS = [
    "http://10.0.0.7:8000/", "http://192.168.178.103:8000/?code=KMTR", "Größe: 7 µm",
    *(("http://192.168.100.100:18000/?" + "".join(f"{n * n}," for n in range(90)))[:length]
      for length in (42, 43, 62, 84, 106, 122, 152, 180, 213)),
]


def matrix(text, mask):
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, mask_pattern=mask, border=0)
    code.add_data(qrcode.util.QRData(text.encode(), mode=qrcode.util.MODE_8BIT_BYTE))
    code.make(fit=True)
    return code.get_matrix()


def penalty(text, mask):
    rows = [bytearray(row) for row in matrix(text, mask)]
    return encoder.evaluate_mask(rows, len(rows), len(rows))


def rows(text, mask):
    return ["".join("01"[module] for module in row) for row in matrix(text, mask)]


codes = [{"text": text, "mask": number % 8, "rows": rows(text, number % 8)} for number, text in enumerate(TEXTS)]
chosen = [{"text": text, "mask": min(range(8), key=lambda mask: penalty(text, mask))} for text in TEXTS]
Path(__file__).with_name("qr.json").write_text(json.dumps({"codes": codes, "chosen": chosen}, indent=0) + "\n")
