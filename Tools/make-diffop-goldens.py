"""Writes Tests/Goldens/diffop_bases.json: fingerprints of differential operators discretized by e2cnn 0.2.3.

Each element of a basis is reduced to its scalar product with sin(1), sin(2), ... over [out, in, row, column], so order,
sign and normalization all count. Two defects of e2cnn are undone before: its finite differences come out with the x axis
along rows, and its Gaussian of smoothing s is exp(-r^2 / s^4), without the sign of odd derivatives.

Needs torch, numpy 1.26, sympy 1.14, treverhines-rbf 2025.7.4.1 and e2cnn 0.2.3, in which two masks in
basisexpansion_singleblock.py must be made boolean. e2cnn forgets powers and discretizations in its caches, so every case
builds its own space and recomputes.

    python3 Tools/make-diffop-goldens.py Tests/Goldens/diffop_bases.json
"""

import json
import math
import sys

import rbf.basis
import sympy
import torch

# e2cnn asks for a function that newer versions of rbf no longer have; NumPy functions need no compiler.
rbf.basis.set_symbolic_to_numeric_method = lambda method: None
rbf.basis.ufuncify = lambda arguments, expression, **_: sympy.lambdify(arguments, expression, "numpy")

from e2cnn import gspaces, nn  # noqa: E402


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
    source, target = (nn.FieldType(gspace, [representation(gspace, case[key])]) for key in ("in", "out"))
    method = case.get("method", "fd")
    arguments = {}
    if method == "gauss":
        arguments["smoothing"] = case["smoothing"]
    elif method != "fd":
        arguments.update(rbffd=True, radial_basis_function=method)
    size = case["kernelSize"]
    layer = nn.R2Diffop(
        source, target, kernel_size=size, maximum_order=case.get("maximumOrder"), dilation=case.get("dilation", 1),
        maximum_power=case.get("maximumPower"), maximum_offset=case.get("maximumOffset"),
        angle_offset=case.get("angleOffset"), recompute=True, initialize=False, **arguments)
    (block,) = [module for module in layer.basisexpansion.children()]
    basis = block.sampled_basis.double().reshape(*block.sampled_basis.shape[:3], size, size)
    if method == "fd":
        # Entry [x][y] becomes row size - 1 - y, column x.
        basis = basis.transpose(-1, -2).flip(-2)
    orders = [attributes["order"] for attributes in block.attributes]
    if method == "gauss":
        signs = torch.tensor([(-1.0) ** order for order in orders], dtype=torch.float64)
        basis = basis * signs.reshape(-1, 1, 1, 1, 1)
    basis = basis.reshape(basis.shape[0], -1)
    probe = torch.sin(torch.arange(1, basis.shape[1] + 1, dtype=torch.float64))
    return orders, [round(value, 6) for value in (basis @ probe).tolist()]


CASES = []


def add(group, source, target, size, **more):
    CASES.append({"group": group, "in": source, "out": target, "kernelSize": size, **more})


for size in (1, 3, 4, 5, 7):
    add("C4", "irrep(0)", "regular", size)
for group in ("C1", "C2", "C3", "C6", "C8", "D2", "D3", "D4", "D6", "Flip"):
    add(group, "regular", "regular", 3)
add("C8", "irrep(1)", "irrep(3)", 7)
add("C8", "irrep(4)", "irrep(1)", 7)
add("C8", "irrep(2)", "irrep(4)", 7)
add("C8", "irrep(4)", "irrep(4)", 5)
for axis in (0.0, 0.3, math.pi / 4, 2.0):
    add("D4", "regular", "regular", 3, axis=axis)
    add("O2", "irrep(1,1)", "irrep(1,2)", 5, axis=axis)
    add("Flip", "irrep(0)", "irrep(1)", 5, axis=axis)
for source in ("irrep(0,0)", "irrep(1,0)", "irrep(1,1)", "irrep(0,2)", "irrep(1,2)"):
    for target in ("irrep(0,0)", "irrep(1,0)", "irrep(1,1)", "irrep(0,2)", "irrep(1,2)"):
        if (source, target) != ("irrep(0,0)", "irrep(1,0)"):
            add("D4", source, target, 5)
for source in range(3):
    for target in range(3):
        add("SO2", f"irrep({source})", f"irrep({target})", 5)
for source in ("irrep(0,0)", "irrep(1,0)", "irrep(1,1)", "irrep(1,2)"):
    add("O2", source, "irrep(1,1)", 5)
    add("O2", "irrep(1,2)", source, 5)
add("C8", "regular", "irrep(1)", 5, maximumOrder=2)
add("C8", "regular", "irrep(1)", 7, maximumPower=1)
add("C4", "regular", "regular", 5, maximumOffset=0)
add("C4", "irrep(0)", "regular", 5, angleOffset=0.4)
add("SO2", "irrep(1)", "irrep(1)", 5, angleOffset=-1.1)
add("C4", "irrep(0)", "regular", 5, dilation=2)
for method in ("ga", "phs3", "phs4", "phs5", "phs6", "phs7", "phs8", "mq", "imq", "iq", "se", "mat52"):
    add("D4", "irrep(0,0)", "regular", 3, method=method)
for method in ("ga", "phs5", "phs6", "phs7", "phs8", "mq", "imq", "iq", "se", "mat52"):
    add("C4", "irrep(1)", "irrep(0)", 5, method=method, maximumOrder=3)
add("C4", "irrep(0)", "regular", 5, method="ga")
add("C4", "irrep(0)", "regular", 5, method="phs7", dilation=2)
add("C4", "irrep(0)", "irrep(1)", 4, method="mat32", maximumOrder=3)
add("C4", "irrep(0)", "irrep(1)", 2, method="exp", maximumOrder=1)
for smoothing in (1.0, 1.4):
    add("C4", "irrep(0)", "regular", 5, method="gauss", smoothing=smoothing)
    add("D3", "irrep(1,1)", "regular", 7, method="gauss", smoothing=smoothing, axis=0.3)

for case in CASES:
    print(case, file=sys.stderr)
    case["orders"], case["fingerprint"] = fingerprint(case)

with open(sys.argv[1], "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case) for case in CASES) + "\n]\n")
print(f"{len(CASES)} cases, {sum(len(case['fingerprint']) for case in CASES)} elements")
