#!/usr/bin/env python3
"""Writes the pickles and PyTorch files under Tests/Goldens/pickle that the tests of Interchange read.

Needs NumPy and PyTorch 2.3 or later: Tools/setup-python.sh makes an environment that has them.
"""
import collections
import pathlib
import pickle
import sys
import zipfile

import numpy as np
import torch

folder = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "pickle"
folder.mkdir(parents=True, exist_ok=True)

# Every kind of plain value, in every protocol.
shared = [1, 2]
plain = {
    "none": None, "true": True, "false": False, "small": 7, "negative": -3, "word": 70000, "long": 1 << 40,
    "huge": 1 << 80, "minus": -(1 << 80), "float": 0.1, "text": "größe \\ 'x'\n\u20ac", "bytes": b"\x00\xff'\\",
    "list": [1, [2, []]], "tuple": (1, (2,), (), (1, 2, 3, 4)), "set": {5}, "frozen": frozenset({6}),
    "ordered": collections.OrderedDict([("b", 1), ("a", 2)]), "shared": [shared, shared], 3: "number as key",
}
for protocol in range(6):
    (folder / f"plain_{protocol}.pkl").write_bytes(pickle.dumps(plain, protocol=protocol))
cycle = []
cycle.append(cycle)
(folder / "cycle.pkl").write_bytes(pickle.dumps(cycle))

# NumPy's arrays; a batch in the style of CIFAR-10.
base = np.arange(6).reshape(2, 3)
arrays = {
    "f8": base / 4, "f4": (base / 4).astype("<f4"), "big": (base / 4).astype(">f4"), "u1": base.astype("u1"),
    "i8": base, "bool": base % 2 == 0, "fortran": np.asfortranarray(base.astype("<i2")), "empty": np.zeros((0, 3), "<f4"),
    "scalar": np.float64(2.5),
}
for protocol in (2, 4, 5):
    (folder / f"numpy_{protocol}.pkl").write_bytes(pickle.dumps(arrays, protocol=protocol))
(folder / "objects.pkl").write_bytes(pickle.dumps({"a": np.array([None, "x"], dtype=object)}))
# What Python 2 wrote: its strings are bytes. Made by hand, for Python 3 cannot.
(folder / "python2_batch.pkl").write_bytes(
    b"\x80\x02}q\x01(U\x04dataq\x02cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\nq\x04K\x00\x85U\x01b\x87R"
    b"(K\x01K\x02K\x02\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00t"
    b"b\x89U\x04\x01\x02\x03\xfat"
    b"bU\x06labels](K\x00K\x01eU\x09filenames](U\x05a.pngU\x05b.pngeu.")

# State dictionaries in both formats of torch.save.
values = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4 - 0.5
flat = torch.arange(12, dtype=torch.float64)
state = collections.OrderedDict()
for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8):
    state[str(dtype).split(".")[1]] = (values * 4).to(dtype)
state["uint8"] = (values * 4 + 2).to(torch.uint8)
state["bool"] = values > 0
state["complex64"] = torch.complex(values, values + 1)
state["transposed"] = values.t()
state["first"] = flat[:4]
state["view"] = flat[2:8:3]
state["grid"] = flat.as_strided((2, 2, 2), (1, 3, 5), 1)
state["repeated"] = torch.tensor([1.5]).expand(3, 2)
state["parameter"] = torch.nn.Parameter(values)
state["scalar"] = torch.tensor(2.5)
state["empty"] = torch.zeros(0, 4)
state._metadata = collections.OrderedDict([("", {"version": 1})])
torch.save(state, folder / "state_zip.pt")
torch.save(state, folder / "state_legacy.pt", _use_new_zipfile_serialization=False)
torch.save({"uint16": torch.tensor([65535], dtype=torch.uint16), "uint32": torch.tensor([1 << 31], dtype=torch.uint32)},
           folder / "unsigned.pt")
torch.save({"a": torch.zeros(2, dtype=torch.float8_e4m3fn)}, folder / "float8.pt")
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
with torch.no_grad():
    for index, parameter in enumerate(model.parameters()):
        parameter.copy_(torch.linspace(-1, 1, parameter.numel()).reshape(parameter.shape) + index)
optimizer = torch.optim.Adam(model.parameters())
model(torch.ones(4, 2)).sum().backward()
optimizer.step()
checkpoint = {"epoch": 3, "state_dict": model.state_dict(), "optimizer": optimizer.state_dict(), "config": {"lr": 0.1}}
torch.save(checkpoint, folder / "checkpoint.pt")
torch.save({"a": model.state_dict(), "b": model.state_dict()}, folder / "ambiguous.pt")
torch.save(model, folder / "whole_model.pt")
torch.save(model, folder / "whole_model_legacy.pt", _use_new_zipfile_serialization=False)
torch.save(torch.ones(2), folder / "bare_tensor.pt")

# The same archive with another byte order.
source = zipfile.ZipFile(folder / "state_zip.pt")
with zipfile.ZipFile(folder / "big_endian.pt", "w") as target:
    for name in source.namelist():
        target.writestr(name, b"big" if name.endswith("byteorder") else source.read(name))
for path in folder.glob("*.pt"):
    path.chmod(0o644)
print(sys.version.split()[0], "torch", torch.__version__, "numpy", np.__version__, "-",
      sum(1 for _ in folder.iterdir()), "files,", sum(f.stat().st_size for f in folder.iterdir()), "bytes")
