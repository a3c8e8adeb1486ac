#!/usr/bin/env python3
"""Writes small networks of e2cnn and escnn with their results under Tests/Goldens/networks.

Tools/setup-goldens.sh makes the environment: .cache/goldens/bin/python Tools/make-network-goldens.py

Each NAME.safetensors holds, in double precision: `input`, `output` (evaluation), `training.output`, `gradient.input` and
`gradient.KEY` (of the mean of output * weights, in training mode), and `state.KEY`, the state_dict() before that. The
files NAME.pt are state dictionaries as users save them, in single precision.

With `--check NAME FILE` it writes nothing: it loads a state dictionary that swift-steerable wrote (safetensors) into the
network NAME, strictly, and prints the largest difference between its output and the golden one.
"""
import json
import pathlib
import random
import struct
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
import e2cnn
import e2cnn.gspaces
import e2cnn.nn
import escnn
import escnn.gspaces
import escnn.nn



class InDouble:
    """PyTorch for e2cnn and escnn, parts of which ask for single precision by name."""

    float = float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


for name, module in list(sys.modules.items()):
    if name.split(".")[0] in ("e2cnn", "escnn") and getattr(module, "torch", None) is torch:
        module.torch = InDouble()

folder = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "networks"
folder.mkdir(parents=True, exist_ok=True)
check = sys.argv[3] if len(sys.argv) == 4 and sys.argv[1] == "--check" else None
only = [sys.argv[2]] if check else sys.argv[1:]


def read(path):
    raw = pathlib.Path(path).read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    types = {"F64": torch.float64, "F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for key, entry in json.loads(raw[8:8 + length]).items():
        if key != "__metadata__":
            start, end = entry["data_offsets"]
            data = bytearray(raw[8 + length + start:8 + length + end])
            flat = torch.frombuffer(data, dtype=types[entry["dtype"]]) if data else torch.zeros(0, dtype=types[entry["dtype"]])
            tensors[key] = flat.reshape(entry["shape"])
    return tensors


def write(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    names = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}
    for key, value in tensors.items():
        raw = value.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": names[value.dtype], "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def wave(shape, start):
    """Numbers that look random and are the same everywhere."""
    count = int(np.prod(shape))
    index = np.arange(count) + start
    return torch.from_numpy(np.sin(12.9898 * index + 0.37 * np.sqrt(index))).reshape(shape)


def prepare(model):
    """Parameters and statistics that are not those of a fresh network."""
    with torch.no_grad():
        for start, (name, value) in enumerate(model.state_dict().items()):
            last = name.split(".")[-1]
            if "running_var" in last:
                value.copy_(1.1 + 0.3 * wave(value.shape, start))
            elif "running_mean" in last:
                # The mean of an invariant part is invariant; these are few numbers per field, or a whole field.
                value.copy_(0.2 * wave(value.shape[:1], start).reshape([-1] + [1] * (value.dim() - 1)).expand(value.shape))
            elif last == "num_batches_tracked":
                value.fill_(3)
        for name, value in model.state_dict().items():
            # escnn keeps the mean as a vector for each field, and the projection on its invariant part beside it.
            if name.endswith("_avg"):
                mean = model.state_dict()[name[:-3] + "running_mean"]
                mean.copy_(mean @ value.T)
        for start, (name, value) in enumerate(model.named_parameters()):
            last = name.split(".")[-1]
            if last in ("mask", "eps"):
                continue
            if last == "weights" or value.dim() > 1 and last == "weight":
                value.copy_(0.4 * wave(value.shape, start))
            elif last == "log_bias":
                value.copy_(-4 + 0.3 * wave(value.shape, start))
            elif "weight" in last:
                value.copy_(1 + 0.2 * wave(value.shape, start))
            else:
                value.copy_(0.3 * wave(value.shape, start))


class Network(torch.nn.Module):
    """An equivariant part and, if wanted, plain layers on its invariant output."""

    def __init__(self, library, parts, head=()):
        super().__init__()
        self.library = library
        self.body = library.nn.SequentialModule(*parts)
        self.head = torch.nn.Sequential(*head)

    def forward(self, x):
        y = self.body(self.library.nn.GeometricTensor(x, self.body.in_type)).tensor
        return self.head(y.mean(dim=(2, 3))) if len(self.head) else y


def make(name, library, parts, size, head=(), saves=None):
    if only and name not in only:
        return
    model = Network(library, parts, head)
    prepare(model)
    # Both libraries make masks and low-pass filters in single precision by default.
    with torch.no_grad():
        for key, value in model.state_dict().items():
            if key.endswith("mask") or key.endswith(".filter") and key[:-6] + "weights" not in model.state_dict():
                value.copy_(value.float())
    # Leaving evaluation and coming back expands the filters that prepare() changed.
    model.train()
    model.eval()
    x = wave((3, model.body.in_type.size, size, size), 5).requires_grad_()
    if check:
        # Some of their index buffers are views that repeat an element; PyTorch loads nothing into those.
        for module in model.modules():
            for key, value in module._buffers.items():
                module._buffers[key] = value.clone()
        model.load_state_dict(read(check), strict=True)
        model.train()  # The filters are expanded anew, from the weights.
        model.eval()
        print("difference", (model(x) - read(folder / f"{name}.safetensors")["output"]).abs().max().item())
        return
    with torch.no_grad():
        output = model(x)
    assert output.abs().max() > 0.01, (name, output.abs().max())
    state = {key: value.clone() for key, value in model.state_dict().items()}
    if saves:
        single = {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
        torch.save(single, folder / f"{name}.pt", _use_new_zipfile_serialization=saves == "zip")
        (folder / f"{name}.pt").chmod(0o644)
    model.train()
    trained = model(x)
    (trained * wave(trained.shape, 11)).mean().backward()
    tensors = {"input": x, "output": output, "training.output": trained, "gradient.input": x.grad}
    for key, value in model.named_parameters():
        if value.grad is not None:
            tensors[f"gradient.{key}"] = value.grad
    for key, value in state.items():
        if key.endswith("mask") or key.endswith("indices") or "indices_" in key:
            continue
        # Large, and of no influence on the numbers: e2cnn's weights are taken as they are.
        small = key.endswith(".filter") or library is e2cnn and key.endswith("sampled_basis")
        tensors[f"state.{key}"] = value.float() if small else value
    write(folder / f"{name}.safetensors", tensors,
          {"library": f"{library.__name__} {library.__version__}", "torch": torch.__version__})
    print(name, sum(p.numel() for p in model.parameters() if p.requires_grad), "weights,",
          (folder / f"{name}.safetensors").stat().st_size, "bytes")


def rotations(library, n, frequency=3):
    if library is e2cnn:
        return e2cnn.gspaces.Rot2dOnR2(n, maximum_frequency=frequency) if n < 0 else e2cnn.gspaces.Rot2dOnR2(n)
    return escnn.gspaces.rot2dOnR2(n, maximum_frequency=frequency) if n < 0 else escnn.gspaces.rot2dOnR2(n)


def dihedral(library, n, frequency=3):
    if library is e2cnn:
        return e2cnn.gspaces.FlipRot2dOnR2(n, maximum_frequency=frequency) if n < 0 else e2cnn.gspaces.FlipRot2dOnR2(n)
    return escnn.gspaces.flipRot2dOnR2(n, maximum_frequency=frequency) if n < 0 else escnn.gspaces.flipRot2dOnR2(n)


for library, prefix in ((e2cnn, "e2cnn"), (escnn, "escnn")):
    nn = library.nn
    kinds = {}

    def type(space, *fields):
        return nn.FieldType(space, list(fields))

    # Regular fields of C4, inner batch norm, fields of two sizes.
    g = rotations(library, 4)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr, g.trivial_repr, g.regular_repr)
    c = type(g, g.regular_repr, g.regular_repr)
    make(f"{prefix}_c4", library, [
        nn.R2Conv(a, b, 5, padding=2), nn.InnerBatchNorm(b), nn.ReLU(b), nn.PointwiseMaxPool(b, 2),
        nn.R2Conv(b, c, 3, padding=1, bias=False), nn.InnerBatchNorm(c), nn.ELU(c), nn.GroupPooling(c)], 9,
        [torch.nn.Linear(2, 4), torch.nn.BatchNorm1d(4), torch.nn.ELU(), torch.nn.Linear(4, 2)], saves="zip")

    # C8 with a mask, antialiased pooling and a stride.
    g = rotations(library, 8)
    a, b = type(g, g.trivial_repr, g.trivial_repr), type(g, g.regular_repr)
    pool = nn.PointwiseAvgPoolAntialiased(b, sigma=0.66, stride=2)
    make(f"{prefix}_c8", library, [
        nn.MaskModule(a, 11, margin=1), nn.R2Conv(a, b, 5, padding=2), nn.InnerBatchNorm(b), nn.ELU(b), pool,
        nn.R2Conv(b, b, 3), nn.InnerBatchNorm(b), nn.ELU(b)], 11,
        saves="legacy" if library is escnn else None)

    # A classifier, as configurations describe them: Tests/SteerableCommandTests has the configuration.
    g = rotations(library, 4)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr, g.regular_repr)
    pool = nn.PointwiseAvgPoolAntialiased(b, sigma=0.66, stride=2)
    make(f"{prefix}_classifier", library, [
        nn.R2Conv(a, b, 5, padding=2, bias=False), nn.InnerBatchNorm(b), nn.ReLU(b), pool,
        nn.R2Conv(b, b, 3, padding=1, bias=False), nn.InnerBatchNorm(b), nn.ReLU(b),
        nn.PointwiseAdaptiveAvgPool(b, 1), nn.GroupPooling(b)], 17,
        [torch.nn.Linear(2, 8), torch.nn.BatchNorm1d(8), torch.nn.ELU(), torch.nn.Dropout(0.0), torch.nn.Linear(8, 2)],
        saves="zip" if library is e2cnn else "legacy")

    # D4: quotient fields and irreps as outputs.
    g = dihedral(library, 4)
    q = g.quotient_repr((None, 2))
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr, q)
    c = type(g, g.irrep(1, 1), g.irrep(1, 0), g.trivial_repr, g.irrep(0, 2))
    make(f"{prefix}_d4", library, [
        nn.R2Conv(a, b, 3, padding=1), nn.InnerBatchNorm(b), nn.ReLU(b), nn.R2Conv(b, c, 3)], 7)

    # D8, and a mirror line that is not the default one.
    g = e2cnn.gspaces.FlipRot2dOnR2(8, axis=0.0) if library is e2cnn else escnn.gspaces.flipRot2dOnR2(8, axis=0.0)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr)
    make(f"{prefix}_d8", library, [
        nn.R2Conv(a, b, 3, padding=1), nn.InnerBatchNorm(b), nn.ReLU(b), nn.GroupPooling(b)], 7)

    # Restriction in mid-network: D4 to C4 to the trivial group.
    g = dihedral(library, 4)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr)
    r = nn.RestrictionModule(b, (None, 4))
    c = type(r.out_type.gspace, r.out_type.gspace.regular_repr)
    s = nn.RestrictionModule(c, 1)
    d = type(s.out_type.gspace, *[s.out_type.gspace.trivial_repr] * 2)
    make(f"{prefix}_restricted", library, [
        nn.R2Conv(a, b, 3), nn.ReLU(b), r, nn.R2Conv(r.out_type, c, 3), nn.ReLU(c), s, nn.R2Conv(s.out_type, d, 3)], 7)

    # SO(2): norms.
    g = rotations(library, -1)
    a = type(g, g.trivial_repr)
    b = type(g, g.irrep(2), g.irrep(1), g.irrep(1))
    make(f"{prefix}_so2_norm", library, [
        nn.R2Conv(a, b, 5, padding=2), nn.NormBatchNorm(b), nn.NormNonLinearity(b), nn.R2Conv(b, b, 3),
        nn.NormNonLinearity(b, function="n_sigmoid"), nn.NormPool(b)], 7)

    # O(2): gates; fields of different sizes for the norms.
    g = dihedral(library, -1)
    a = type(g, g.trivial_repr)
    b = type(g, *[g.trivial_repr] * 3, g.irrep(1, 1), g.irrep(1, 2), g.irrep(1, 1))
    c = type(g, g.irrep(1, 1), g.irrep(1, 0), g.irrep(1, 2))
    make(f"{prefix}_o2_gated", library, [
        nn.R2Conv(a, b, 5, padding=2), nn.GatedNonLinearity1(b, gates=["gate"] * 3 + ["gated"] * 3),
        nn.R2Conv(type(g, g.irrep(1, 1), g.irrep(1, 2), g.irrep(1, 1)), c, 3), nn.NormNonLinearity(c)], 7)

    # D4: fields that C4's vectors induce.
    g = dihedral(library, 4)
    i = g.induced_repr((None, 4), g.fibergroup.subgroup((None, 4))[0].irrep(1))
    q = g.quotient_repr((None, 4))
    a, b, c = type(g, g.trivial_repr), type(g, i, i), type(g, q, q, i, i)
    make(f"{prefix}_d4_induced", library, [
        nn.R2Conv(a, b, 3, padding=1), nn.InducedNormBatchNorm(b), nn.InducedNormNonLinearity(b), nn.R2Conv(b, c, 3),
        nn.InducedGatedNonLinearity1(c), nn.InducedNormPool(b)], 7)

    # C8: vector fields of regular ones.
    g = rotations(library, 8)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr, g.regular_repr)
    make(f"{prefix}_c8_vectorfield", library, [
        nn.R2Conv(a, b, 3, padding=1), nn.InnerBatchNorm(b), nn.VectorFieldNonLinearity(b),
        nn.R2Conv(type(g, g.irrep(1), g.irrep(1)), a, 3)], 7)

    # D4: every irrep normalized by itself.
    g = dihedral(library, 4)
    a, b = type(g, g.trivial_repr), type(g, g.irrep(1, 1), g.regular_repr, g.trivial_repr, g.irrep(1, 1))
    make(f"{prefix}_d4_gnorm", library, [nn.R2Conv(a, b, 3), nn.GNormBatchNorm(b), nn.NormNonLinearity(b)], 7)

    # A transposed convolution between two convolutions.
    g = rotations(library, 4)
    a, b = type(g, g.trivial_repr), type(g, g.regular_repr)
    make(f"{prefix}_c4_transposed", library, [
        nn.R2Conv(a, b, 3), nn.ReLU(b), nn.R2ConvTransposed(b, b, 3, stride=2, padding=1), nn.ReLU(b),
        nn.R2Conv(b, a, 3)], 7)

# What only escnn has: among others a normalization of mixed fields.
nn = escnn.nn
g = escnn.gspaces.rot2dOnR2(4)
a, b = nn.FieldType(g, [g.trivial_repr]), nn.FieldType(g, [g.regular_repr] * 2)
c = nn.ConcatenatedNonLinearity(b) if not only or "escnn_c4_concatenated" in only else None
if c is not None:
    make("escnn_c4_concatenated", escnn, [nn.R2Conv(a, b, 3), nn.InnerBatchNorm(b), c], 7)
a, b = nn.FieldType(g, [g.trivial_repr]), nn.FieldType(g, [g.regular_repr, g.irrep(1), g.trivial_repr, g.regular_repr])
make("escnn_c4_iid", escnn, [nn.R2Conv(a, b, 3), nn.IIDBatchNorm2d(b), nn.NormNonLinearity(b)], 7)
g = escnn.gspaces.rot2dOnR2(-1, maximum_frequency=3)
f = nn.FourierELU(g, 2, [(0,), (1,), (2,)], N=8)
a = nn.FieldType(g, [g.trivial_repr])
make("escnn_so2_fourier", escnn, [
    nn.R2Conv(a, f.in_type, 5, padding=2), nn.IIDBatchNorm2d(f.in_type), f, nn.R2Conv(f.out_type, a, 3)], 7)
if not check:
    print("total", sum(f.stat().st_size for f in folder.iterdir()), "bytes")
