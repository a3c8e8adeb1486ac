#!/usr/bin/env python3
"""Writes the small files under Tests/Goldens/interchange that the tests of Interchange read. Needs NumPy only."""
import gzip
import io
import json
import pathlib
import struct
import zipfile

import numpy as np

folder = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "interchange"
folder.mkdir(parents=True, exist_ok=True)

# npy: every type in both byte orders; the values are (index - 2) * 0.5 over a 2x3 array, clipped and rounded as the type needs.
base = (np.arange(6).reshape(2, 3) - 2) * 0.5
for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "c8", "c16", "b1"]:
    if code[0] == "u":
        values = np.abs(base) * 2
    elif code[0] == "i":
        values = base * 2
    elif code[0] == "c":
        values = base + 1j * (base + 1)
    else:
        values = base
    for order, name in (("<", "little"), (">", "big")):
        if code in ("i1", "u1", "b1") and order == ">":
            continue
        np.save(folder / f"{code}_{name}.npy", values.astype(order + code if code != "b1" else "?"))
np.save(folder / "fortran.npy", np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)))
np.save(folder / "scalar.npy", np.float64(2.5))
np.save(folder / "vector.npy", np.arange(5, dtype="<f4"))
np.save(folder / "empty.npy", np.zeros((0, 3), dtype="<f4"))
with open(folder / "version2.npy", "wb") as file:
    np.lib.format.write_array(file, np.arange(3, dtype="<i8"), version=(2, 0))
np.save(folder / "text.npy", np.array(["a", "bc"]))
np.save(folder / "record.npy", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))

np.savez(folder / "stored.npz", first=np.arange(4, dtype="<f4"), second=np.eye(2))
np.savez_compressed(folder / "deflated.npz", first=np.arange(1000, dtype="<i4"), second=np.eye(3, dtype="<f8"))
# An archive whose sizes stand in zip64 fields.
npy = io.BytesIO()
np.save(npy, np.arange(4, dtype="<i8"))
payload = npy.getvalue()
crc = zipfile.zlib.crc32(payload)
name = b"big.npy"
extra = struct.pack("<HHQQ", 1, 16, len(payload), len(payload))
local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra)) + name + extra
extra = struct.pack("<HHQQQ", 1, 24, len(payload), len(payload), 0)
central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45, 0, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF) + name + extra
start = len(local) + len(payload)
end64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1, 1, len(central), start)
locator = struct.pack("<IIQI", 0x07064B50, 0, start + len(central), 1)
end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
(folder / "zip64.npz").write_bytes(local + payload + central + end64 + locator + end)
assert list(np.load(folder / "zip64.npz")["big"]) == [0, 1, 2, 3]


def safetensors(path, arrays, metadata=None):
    """Writes the format from its description: 8 bytes of length, JSON, data."""
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for key, (code, shape, raw) in arrays.items():
        header[key] = {"dtype": code, "shape": list(shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


bf16 = (np.array([1.0, -2.5, 3.25], dtype="<f4").view("<u4") >> 16).astype("<u2")
safetensors(
    folder / "types.safetensors",
    {
        "f64": ("F64", (2,), np.array([0.1, -0.2], "<f8").tobytes()),
        "f32": ("F32", (2, 2), np.array([1, 2, 3, 4], "<f4").tobytes()),
        "f16": ("F16", (2,), np.array([0.5, -1.5], "<f2").tobytes()),
        "bf16": ("BF16", (3,), bf16.tobytes()),
        "i64": ("I64", (), np.array(-7, "<i8").tobytes()),
        "i32": ("I32", (1,), np.array([1 << 20], "<i4").tobytes()),
        "i16": ("I16", (2,), np.array([-3, 300], "<i2").tobytes()),
        "i8": ("I8", (2,), np.array([-3, 100], "i1").tobytes()),
        "u8": ("U8", (2,), np.array([3, 200], "u1").tobytes()),
        "u16": ("U16", (1,), np.array([65535], "<u2").tobytes()),
        "bool": ("BOOL", (3,), np.array([1, 0, 1], "u1").tobytes()),
        "none": ("F32", (0, 4), b""),
        "größe \"x\"": ("F32", (1,), np.array([9], "<f4").tobytes()),
    },
    {"format": "pt", "note": "tab\there"},
)

with open(folder / "text.gz", "wb") as file:
    with gzip.GzipFile("", "wb", 9, file, mtime=0) as member:
        member.write(b"steerable\n" * 2000)
    with gzip.GzipFile("", "wb", 9, file, mtime=0) as member:
        member.write(b"second member\n")
print(sum(1 for _ in folder.iterdir()), "files,", sum(f.stat().st_size for f in folder.iterdir()), "bytes")
