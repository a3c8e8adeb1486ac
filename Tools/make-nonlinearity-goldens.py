#!/usr/bin/env python3
"""Writes Tests/Goldens/nonlinearities.json: outputs and gradients of single layers of e2cnn and escnn.

Inputs and parameters are not stored: both sides make them with `wave`. Every layer is applied to x = wave(shape), in
double precision (those of e2cnn, which are written for single precision, in single); the gradients are those of
sum(y * wave(y.shape, 1)). Run with the pinned versions
e2cnn==0.2.3, escnn==1.0.11, torch==2.13.0, numpy==1.26.4.
"""
import json
import pathlib

import torch

import e2cnn.gspaces
import e2cnn.nn
import escnn.gspaces
import escnn.nn

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "nonlinearities.json"


def wave(shape, phase=0.0):
    """sin(0.7 i + phase) over the flat index i."""
    count = 1
    for size in shape:
        count *= size
    return torch.sin(0.7 * torch.arange(count, dtype=torch.float64) + phase).reshape(tuple(shape))


def rounded(tensor):
    return [float(f"{value:.9e}") for value in tensor.detach().reshape(-1).tolist()]


def set_parameters(module):
    """Parameters become waves of phases 2, 3, ... in the order of their names, except constants."""
    names = sorted(name for name, p in module.named_parameters() if p.requires_grad)
    for index, name in enumerate(names):
        parameter = dict(module.named_parameters())[name]
        parameter.data = wave(parameter.shape, 2.0 + index)
    return names


def record(module, wrap, channels, size=3, batch=2):
    """Outputs, gradients, and the state that a training pass leaves."""
    dtype = torch.float32 if type(module).__module__.startswith("e2cnn") else torch.float64
    module.to(dtype)
    names = set_parameters(module)
    module.to(dtype)
    x = wave((batch, channels, size, size)).to(dtype).requires_grad_(True)
    y = module(*wrap(x)).tensor
    (y * wave(y.shape, 1.0).to(dtype)).sum().backward()
    parameters = dict(module.named_parameters())
    entry = {
        "shape": list(x.shape), "outputShape": list(y.shape), "y": rounded(y), "gradient": rounded(x.grad),
        "parameters": {n: {"shape": list(parameters[n].shape), "gradient": rounded(parameters[n].grad)} for n in names},
    }
    running = {n: rounded(b) for n, b in module.named_buffers() if "running" in n and b.numel()}
    if running:
        entry["running"] = running
        module.eval()
        with torch.no_grad():
            entry["evaluated"] = rounded(module(*wrap(wave(x.shape, 0.5).to(dtype))).tensor)
    return entry


def simple(nn, module, channels, **options):
    return record(module, lambda x: (nn.GeometricTensor(x, module.in_type),), channels, **options)


def e2cnn_cases():
    nn = e2cnn.nn
    c4, d4, c6 = e2cnn.gspaces.Rot2dOnR2(4), e2cnn.gspaces.FlipRot2dOnR2(4), e2cnn.gspaces.Rot2dOnR2(6)
    so2, o2 = e2cnn.gspaces.Rot2dOnR2(-1, maximum_frequency=4), e2cnn.gspaces.FlipRot2dOnR2(-1, maximum_frequency=4)

    norms = nn.FieldType(so2, [so2.irrep(1), so2.trivial_repr, so2.irrep(2)])
    for function in ["n_relu", "n_sigmoid", "squash"]:
        module = nn.NormNonLinearity(norms, function, bias=function != "squash")
        yield f"NormNonLinearity {function}", simple(nn, module, norms.size)
    induced = nn.FieldType(d4, [d4.induced_repr((None, 4), d4.fibergroup.subgroup((None, 4))[0].irrep(1))] * 2
                           + [d4.quotient_repr((None, 2))])
    yield "InducedNormNonLinearity", simple(nn, nn.InducedNormNonLinearity(induced), induced.size)
    yield "InducedNormPool", simple(nn, nn.InducedNormPool(induced), induced.size)

    gated = nn.FieldType(o2, [o2.trivial_repr] * 3 + [o2.irrep(1, 2), o2.irrep(1, 0), o2.irrep(1, 1)])
    yield "GatedNonLinearity1", simple(nn, nn.GatedNonLinearity1(gated), gated.size)
    kept = nn.GatedNonLinearity1(gated, drop_gates=False)
    yield "GatedNonLinearity1 kept", simple(nn, kept, gated.size)
    gates, features = nn.FieldType(o2, [o2.trivial_repr] * 2), nn.FieldType(o2, [o2.irrep(1, 1), o2.irrep(1, 2)])
    module = nn.GatedNonLinearity2((gates, features))
    yield "GatedNonLinearity2", record(
        module, lambda x: (nn.GeometricTensor(x[:, :2], gates), nn.GeometricTensor(x[:, 2:], features)), 6)
    cyclic = d4.fibergroup.subgroup((None, 4))[0]
    sub = nn.FieldType(d4, [d4.quotient_repr((None, 4))] * 2
                       + [d4.induced_repr((None, 4), cyclic.irrep(1)), d4.induced_repr((None, 4), cyclic.irrep(2))])
    yield "InducedGatedNonLinearity1", simple(nn, nn.InducedGatedNonLinearity1(sub), sub.size)

    regular = nn.FieldType(c6, [c6.regular_repr] * 2)
    yield "VectorFieldNonLinearity", simple(nn, nn.VectorFieldNonLinearity(regular), regular.size)
    mixed = nn.FieldType(c4, [c4.irrep(1), c4.regular_repr, c4.irrep(1), c4.irrep(2)])
    yield "NormPool", simple(nn, nn.NormPool(mixed), mixed.size)
    yield "NormMaxPool", simple(
        nn, nn.NormMaxPool(mixed, kernel_size=3, stride=2, padding=1), mixed.size, size=5)
    vectors = nn.FieldType(d4, [d4.irrep(1, 1), d4.irrep(1, 0), d4.irrep(1, 1)])
    yield "NormBatchNorm", simple(nn, nn.NormBatchNorm(vectors), vectors.size)
    turned = nn.FieldType(d4, [d4.induced_repr((None, 4), cyclic.irrep(1)), d4.induced_repr((None, 4), cyclic.irrep(1))])
    yield "InducedNormBatchNorm", simple(nn, nn.InducedNormBatchNorm(turned), turned.size)
    general = nn.FieldType(d4, [d4.irrep(1, 1), d4.trivial_repr, d4.irrep(1, 1), d4.irrep(1, 0)])
    yield "GNormBatchNorm", simple(nn, nn.GNormBatchNorm(general), general.size)


def escnn_cases():
    nn = escnn.nn
    c4, so2, o2 = escnn.gspaces.rot2dOnR2(4), escnn.gspaces.rot2dOnR2(-1), escnn.gspaces.flipRot2dOnR2(-1)
    norms = nn.FieldType(so2, [so2.irrep(1), so2.irrep(2)])
    yield "NormNonLinearity n_softplus", simple(nn, nn.NormNonLinearity(norms, "n_softplus"), norms.size)
    mixed = nn.FieldType(c4, [c4.regular_repr, c4.irrep(1), c4.trivial_repr, c4.regular_repr])
    yield "IIDBatchNorm2d", simple(nn, nn.IIDBatchNorm2d(mixed), mixed.size)
    gated = escnn.group.directsum([so2.trivial_repr] * 2 + [so2.irrep(1), so2.irrep(2)], name="uniform")
    uniform = nn.FieldType(so2, [gated] * 2)
    yield "GatedNonLinearityUniform", simple(nn, nn.GatedNonLinearityUniform(uniform), uniform.size)
    torch.set_default_dtype(torch.float64)
    for name, space, irreps in [
        ("SO2", so2, so2.fibergroup.bl_irreps(3)), ("O2", o2, o2.fibergroup.bl_irreps(2)),
        ("C4", c4, [(0,), (1,)]),
    ]:
        arguments = dict(type="regular", N=4 if name == "C4" else 16)
        module = nn.FourierPointwise(space, 2, irreps, function="p_relu", inplace=False, **arguments)
        yield f"FourierPointwise {name}", simple(nn, module, module.in_type.size, size=2)
    module = nn.FourierELU(so2, 2, so2.fibergroup.bl_irreps(2), type="regular", N=9, inplace=False,
                           out_irreps=[(0,), (1,)])
    yield "FourierELU SO2 narrowed", simple(nn, module, module.in_type.size, size=2)
    module = nn.FourierELU(so2, 2, so2.fibergroup.bl_irreps(1), type="regular", N=9, inplace=False,
                           out_irreps=[(0,), (1,), (2,)], normalize=False)
    yield "FourierELU SO2 widened", simple(nn, module, module.in_type.size, size=2)
    for name, space, subgroup, irreps in [
        ("SO2/C2", so2, 2, [(0,), (2,), (4,)]), ("O2/reflection", o2, (0.7, 1), [(0, 0), (1, 1), (1, 2)]),
        ("O2/C2", o2, (None, 2), [(0, 0), (1, 0), (1, 2)]),
    ]:
        module = nn.QuotientFourierELU(space, subgroup, 2, irreps, type="regular", N=12, inplace=False)
        yield f"QuotientFourierELU {name}", simple(nn, module, module.in_type.size, size=2)


def main():
    torch.set_default_dtype(torch.float32)
    layers = dict(e2cnn_cases())
    layers.update(escnn_cases())
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in layers.items())
    OUTPUT.write_text(f'{{"generator": "{pathlib.Path(__file__).name}", "layers": {{\n{lines}\n}}}}\n')
    print(f"{OUTPUT}: {len(layers)} layers")


if __name__ == "__main__":
    main()
