"""Writes Tests/Goldens/kernel_bases.json: fingerprints of kernel bases sampled by e2cnn 0.2.3.

Each element of a basis is reduced to its scalar product with sin(1), sin(2), ... over [out, in, row, column], so order,
sign and normalization all count. The cases are those that e2cnn_escnn.json leaves out: other axes, offsets,
even sizes, dilations, rings, widths, rules and mixtures of representations.

Needs torch, numpy 1.26 and e2cnn 0.2.3, in which two masks in basisexpansion_singleblock.py must be made boolean.
e2cnn forgets the axis in its caches, so every case builds its own space and recomputes.

    python3 Tools/make-kernel-goldens.py Tests/Goldens/kernel_bases.json
"""

import json
import math
import sys

import torch
from e2cnn import gspaces, nn


def space(name, axis):
    if name == "Flip":
        return gspaces.Flip2dOnR2(axis=axis)
    if name == "SO2":
        return gspaces.Rot2dOnR2(-1, maximum_frequency=6)
    if name == "O2":
        return gspaces.FlipRot2dOnR2(-1, maximum_frequency=6, axis=axis)
    order = int(name[1:])
    if name[0] == "D":
        return gspaces.FlipRot2dOnR2(order, axis=axis)
    return gspaces.TrivialOnR2() if order == 1 else gspaces.Rot2dOnR2(order)


def representation(gspace, name):
    if name == "regular":
        return gspace.regular_repr
    return gspace.irrep(*[int(part) for part in name[6:-1].split(",")])


def fingerprint(case):
    gspace = space(case["group"], case.get("axis", math.pi / 2))
    fields = [nn.FieldType(gspace, [representation(gspace, case[side])]) for side in ("in", "out")]
    sigma = case.get("sigma")
    layer = nn.R2Conv(
        *fields, case["kernelSize"], dilation=case.get("dilation", 1), rings=case.get("rings"),
        sigma=sigma[0] if sigma and len(sigma) == 1 else sigma, frequencies_cutoff=case.get("cutoff"),
        maximum_offset=case.get("maximumOffset"), recompute=True, initialize=False)
    expansion = layer.basisexpansion
    count = expansion.dimension()
    result = []
    for index in range(count):
        weights = torch.zeros(count)
        weights[index] = 1
        values = expansion(weights).flatten().double()
        result.append(round(float((values * torch.sin(torch.arange(1, len(values) + 1, dtype=torch.double))).sum()), 5))
    return result


CASES = []
for group, pairs in {
    "D3": [("regular", "irrep(1,1)"), ("irrep(1,0)", "regular")],
    "D4": [("regular", "irrep(1,1)"), ("irrep(0,2)", "irrep(1,1)"), ("irrep(1,2)", "irrep(1,0)")],
    "D6": [("irrep(1,1)", "irrep(1,2)"), ("irrep(1,2)", "irrep(0,3)")],
    "O2": [("irrep(1,1)", "irrep(1,1)"), ("irrep(1,0)", "irrep(1,2)"), ("irrep(1,3)", "irrep(1,0)")],
    "Flip": [("regular", "regular"), ("irrep(0)", "irrep(1)")],
}.items():
    for axis in (0.0, 0.3, -2.1):
        CASES += [{"group": group, "in": a, "out": b, "kernelSize": 5, "axis": axis} for a, b in pairs]
        CASES += [{"group": group, "in": a, "out": b, "kernelSize": 5, "axis": axis, "cutoff": 3.0} for a, b in pairs[:1]]
for group, a, b in [
    ("C1", "irrep(0)", "irrep(0)"), ("C2", "irrep(1)", "regular"), ("C3", "regular", "irrep(1)"),
    ("C4", "regular", "regular"), ("C5", "irrep(2)", "irrep(1)"), ("C8", "irrep(3)", "irrep(1)"),
    ("C8", "irrep(4)", "regular"), ("SO2", "irrep(2)", "irrep(1)"), ("D2", "regular", "irrep(1,1)"),
]:
    base = {"group": group, "in": a, "out": b}
    CASES += [
        base | {"kernelSize": 4}, base | {"kernelSize": 6, "cutoff": 3.0}, base | {"kernelSize": 5, "dilation": 2},
        base | {"kernelSize": 3, "dilation": 3}, base | {"kernelSize": 7, "cutoff": -2.0},
        base | {"kernelSize": 7, "cutoff": -3.0}, base | {"kernelSize": 5, "sigma": [0.6]},
        base | {"kernelSize": 5, "rings": [0.0, 1.5, 2.5], "sigma": [0.3, 0.5, 0.7], "cutoff": 2.0},
        base | {"kernelSize": 7, "cutoff": 3.0, "maximumOffset": 0},
        base | {"kernelSize": 7, "cutoff": 3.0, "maximumOffset": 1},
    ]

rows = []
for case in CASES:
    try:
        rows.append(json.dumps(case | {"fingerprint": fingerprint(case)}))
    except ValueError:  # an empty basis
        rows.append(json.dumps(case | {"fingerprint": []}))
with open(sys.argv[1], "w") as file:
    file.write("[\n" + ",\n".join(rows) + "\n]\n")
