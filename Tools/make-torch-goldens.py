#!/usr/bin/env python3
"""Writes Tests/Goldens/tensors.json: results of PyTorch, to 11 digits, that the tests of `Tensors` compare with.

Inputs are not stored: both sides make them with `wave`. Run with the pinned version: torch==2.13.0.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "tensors.json"
torch.set_default_dtype(torch.float64)


def wave(*shape, phase=0.0):
    """sin(0.7 i + phase) over the flat index i."""
    count = 1
    for size in shape:
        count *= size
    return torch.sin(0.7 * torch.arange(count, dtype=torch.float64) + phase).reshape(shape)


def positive(n):
    """A symmetric matrix with eigenvalues of at least 1."""
    a = wave(n, n, phase=0.3)
    return a @ a.T + torch.eye(n)


def cases():
    x1, x2, x3 = wave(2, 4, 9), wave(2, 4, 7, 6), wave(1, 2, 5, 4, 6)
    bias = wave(6, phase=2)
    yield "conv1d", F.conv1d(x1, wave(6, 4, 3, phase=1), bias, stride=2, padding=1)
    yield "conv2d", F.conv2d(x2, wave(6, 4, 3, 3, phase=1), bias)
    yield "conv2d strided", F.conv2d(x2, wave(6, 4, 3, 3, phase=1), bias, stride=(2, 1), padding=(1, 2))
    yield "conv2d dilated", F.conv2d(x2, wave(6, 4, 3, 3, phase=1), None, padding=2, dilation=2)
    yield "conv2d grouped", F.conv2d(x2, wave(6, 2, 3, 3, phase=1), bias, groups=2)
    yield "conv3d", F.conv3d(x3, wave(3, 2, 2, 2, 3, phase=1), None, stride=(1, 2, 1), padding=1)
    yield "convTransposed1d", F.conv_transpose1d(x1, wave(4, 3, 3, phase=1), None, stride=2)
    yield "convTransposed2d", F.conv_transpose2d(
        x2, wave(4, 3, 3, 3, phase=1), bias, stride=2, padding=1, output_padding=1, groups=2)
    yield "convTransposed2d dilated", F.conv_transpose2d(x2, wave(4, 2, 3, 3, phase=1), None, stride=1, dilation=2)
    yield "convTransposed3d", F.conv_transpose3d(x3, wave(2, 2, 2, 2, 2, phase=1), None, stride=2)

    for mode in ("constant", "reflect", "replicate", "circular"):
        value = 0.5 if mode == "constant" else None
        yield f"pad {mode}", F.pad(x2, (1, 2, 3, 0), mode=mode, value=value)
    yield "pad cropping", F.pad(x2, (-1, 0, 0, -2))

    yield "maxPool1d", F.max_pool1d(x1, 3, stride=2, padding=1)
    yield "maxPool2d", F.max_pool2d(x2, (3, 2), stride=(2, 1), padding=(1, 0))
    yield "maxPool2d ceil dilated", F.max_pool2d(x2, 2, stride=2, dilation=2, ceil_mode=True)
    yield "maxPool3d", F.max_pool3d(x3, 2)
    for rank, x in ((1, x1), (2, x2), (3, x3)):
        pool = getattr(F, f"max_pool{rank}d")
        values, indices = pool(x, 2, return_indices=True)
        yield f"maxPool{rank}dWithIndices values", values
        yield f"maxPool{rank}dWithIndices indices", indices
    yield "avgPool1d", F.avg_pool1d(x1, 3, stride=2, padding=1)
    yield "avgPool2d", F.avg_pool2d(x2, 3, stride=2, padding=1)
    yield "avgPool2d valid", F.avg_pool2d(x2, 3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)
    yield "avgPool3d", F.avg_pool3d(x3, 2)
    for rank, x, size in ((1, x1, 4), (2, x2, (3, 2)), (3, x3, (2, 3, 4))):
        yield f"adaptiveAvgPool{rank}d", getattr(F, f"adaptive_avg_pool{rank}d")(x, size)
        yield f"adaptiveMaxPool{rank}d", getattr(F, f"adaptive_max_pool{rank}d")(x, size)

    yield "interpolate nearest", F.interpolate(x2, size=(5, 9), mode="nearest")
    yield "interpolate nearestExact", F.interpolate(x2, size=(5, 9), mode="nearest-exact")
    yield "interpolate linear", F.interpolate(x1, size=13, mode="linear")
    yield "interpolate bilinear", F.interpolate(x2, size=(5, 9), mode="bilinear")
    yield "interpolate bilinear corners", F.interpolate(x2, size=(5, 9), mode="bilinear", align_corners=True)
    yield "interpolate bilinear antialias", F.interpolate(x2, size=(4, 3), mode="bilinear", antialias=True)
    yield "interpolate bilinear scale", F.interpolate(x2, scale_factor=1.7, mode="bilinear")
    yield "interpolate bicubic", F.interpolate(x2, size=(5, 9), mode="bicubic")
    yield "interpolate bicubic corners", F.interpolate(x2, size=(5, 9), mode="bicubic", align_corners=True)
    yield "interpolate bicubic scales", F.interpolate(x2, scale_factor=(0.6, 2.0), mode="bicubic")
    yield "interpolate trilinear", F.interpolate(x3, size=(4, 5, 3), mode="trilinear")

    grid = 1.2 * wave(2, 3, 5, 2, phase=0.4)
    for mode in ("bilinear", "nearest", "bicubic"):
        for padding in ("zeros", "border", "reflection"):
            for corners in (False, True):
                yield f"gridSample {mode} {padding} {corners}", F.grid_sample(
                    x2, grid, mode=mode, padding_mode=padding, align_corners=corners)
    yield "gridSample volume", F.grid_sample(x3, wave(1, 2, 3, 2, 3, phase=0.4), align_corners=False)
    theta = wave(2, 2, 3, phase=0.2)
    yield "affineGrid", F.affine_grid(theta, (2, 4, 3, 4), align_corners=False)
    yield "affineGrid corners", F.affine_grid(theta, (2, 4, 3, 4), align_corners=True)
    yield "affineGrid volume", F.affine_grid(wave(1, 3, 4, phase=0.2), (1, 2, 2, 3, 2), align_corners=False)

    weight, shift = wave(4, phase=1), wave(4, phase=2)
    mean, variance = wave(4, phase=3), wave(4, phase=4).abs() + 0.5
    yield "batchNorm given", F.batch_norm(x2, mean, variance, weight, shift, training=False, eps=1e-3)
    yield "batchNorm batch", F.batch_norm(x2, None, None, weight, shift, training=True)
    yield "batchNorm updating", F.batch_norm(x2, mean, variance, weight, shift, training=True, momentum=0.3)
    yield "batchNorm updating mean", mean
    yield "batchNorm updating variance", variance
    yield "batchNorm 1d", F.batch_norm(wave(5, 4), None, None, weight, shift, training=True)
    yield "batchNorm 3d", F.batch_norm(wave(2, 4, 2, 3, 2), None, None, weight, shift, training=True)
    yield "layerNorm", F.layer_norm(x2, (7, 6), wave(7, 6, phase=1), wave(7, 6, phase=2))
    yield "groupNorm", F.group_norm(x2, 2, weight, shift)
    yield "instanceNorm", F.instance_norm(x2, weight=weight, bias=shift)

    a = 4 * wave(3, 4, 2)
    yield "relu", F.relu(a)
    yield "elu", F.elu(a, alpha=0.7)
    yield "leakyRelu", F.leaky_relu(a, 0.2)
    yield "selu", F.selu(a)
    yield "silu", F.silu(a)
    yield "gelu", F.gelu(a)
    yield "gelu approximate", F.gelu(a, approximate="tanh")
    yield "softplus", F.softplus(a, beta=2, threshold=3)
    yield "sigmoid", torch.sigmoid(a)
    yield "logSigmoid", F.logsigmoid(a)
    yield "tanh", torch.tanh(a)
    yield "hardtanh", F.hardtanh(a, -0.5, 2)
    yield "prelu", F.prelu(a, wave(4, phase=1))
    yield "softmax", F.softmax(a, 1)
    yield "logSoftmax", F.log_softmax(a, -1)

    logits, classes = 3 * wave(5, 4), torch.tensor([0, 3, 1, 2, 2])
    class_weight = wave(4, phase=1).abs()
    soft = F.softmax(wave(5, 4, phase=2), 1)
    y, t = wave(3, 4), 2 * wave(3, 4, phase=1)
    p, q = torch.sigmoid(y), torch.sigmoid(t)
    for reduction in ("none", "mean", "sum"):
        r = dict(reduction=reduction)
        yield f"crossEntropy {reduction}", F.cross_entropy(logits, classes, **r)
        yield f"crossEntropy smooth {reduction}", F.cross_entropy(
            logits, classes, weight=class_weight, label_smoothing=0.1, **r)
        yield f"crossEntropy soft {reduction}", F.cross_entropy(logits, soft, label_smoothing=0.2, **r)
        yield f"negativeLogLikelihood {reduction}", F.nll_loss(
            F.log_softmax(logits, 1), classes, weight=class_weight, ignore_index=2, **r)
        yield f"meanSquaredError {reduction}", F.mse_loss(y, t, **r)
        yield f"l1Loss {reduction}", F.l1_loss(y, t, **r)
        yield f"smoothL1Loss {reduction}", F.smooth_l1_loss(y, t, beta=0.5, **r)
        yield f"huberLoss {reduction}", F.huber_loss(y, t, delta=0.5, **r)
        yield f"binaryCrossEntropy {reduction}", F.binary_cross_entropy(p, q, weight=wave(4).abs(), **r)
        yield f"binaryCrossEntropyWithLogits {reduction}", F.binary_cross_entropy_with_logits(
            y, q, pos_weight=wave(4).abs(), **r)
        yield f"klDivergence {reduction}", F.kl_div(F.log_softmax(y, 1), F.softmax(t, 1), **r)
        yield f"klDivergence log {reduction}", F.kl_div(
            F.log_softmax(y, 1), F.log_softmax(t, 1), log_target=True, **r)
    yield "crossEntropy planes", F.cross_entropy(3 * wave(2, 3, 2, 2), torch.tensor([[[0, 1], [2, 1]], [[2, 2], [0, 1]]]))

    m, tall = positive(4), wave(5, 3, phase=0.5)
    yield "inverse", torch.linalg.inv(m)
    yield "solve", torch.linalg.solve(m, wave(4, 2))
    yield "singularValues", torch.linalg.svdvals(tall)
    yield "eigenvalues", torch.linalg.eigvalsh(m)
    yield "cholesky", torch.linalg.cholesky(m)
    yield "determinant", torch.linalg.det(torch.stack([m, -2 * m]))
    yield "logDeterminant", torch.linalg.slogdet(wave(3, 3, phase=0.3)**3).logabsdet
    yield "logDeterminant sign", torch.linalg.slogdet(wave(3, 3, phase=0.3)**3).sign
    for name, order in (("frobenius", "fro"), ("nuclear", "nuc"), ("spectral", 2), ("columns", 1), ("rows", float("inf"))):
        yield f"matrixNorm {name}", torch.linalg.matrix_norm(tall, order)
    yield "pinverse", torch.linalg.pinv(tall)
    yield "lstsq", torch.linalg.lstsq(tall, wave(5, 2), driver="gelsd").solution
    yield "matrixExponential", torch.linalg.matrix_exp(wave(3, 3))

    s, plane = wave(2, 7), wave(2, 5, 6)
    for normalization, norm in (("backward", "backward"), ("orthonormal", "ortho"), ("forward", "forward")):
        yield f"fft {normalization}", torch.fft.fft(s, norm=norm)
        yield f"irfft2 {normalization}", torch.fft.irfft2(torch.fft.rfft2(plane), s=(5, 6), norm=norm)
    yield "fft padded", torch.fft.fft(s, n=9)
    yield "fft first axis", torch.fft.fft(s, dim=0)
    yield "ifft", torch.fft.ifft(torch.complex(s, wave(2, 7, phase=1)))
    yield "rfft", torch.fft.rfft(s)
    yield "irfft", torch.fft.irfft(torch.complex(s, wave(2, 7, phase=1)), n=11)
    yield "fft2", torch.fft.fft2(plane)
    yield "ifft2", torch.fft.ifft2(plane)
    yield "rfft2", torch.fft.rfft2(plane, s=(4, 8))
    yield "fftshift", torch.fft.fftshift(plane)
    yield "ifftshift", torch.fft.ifftshift(plane, dim=(-1,))


def entry(tensor):
    values = torch.view_as_real(tensor) if tensor.is_complex() else tensor
    return {"shape": list(values.shape), "values": [float(f"{v:.11g}") for v in values.double().flatten().tolist()]}


goldens = {}
for name, tensor in cases():
    assert name not in goldens, name
    goldens[name] = entry(tensor)
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in goldens.items())
OUTPUT.parent.mkdir(parents=True, exist_ok=True)
OUTPUT.write_text("{\n" + lines + "\n}\n")
print(f"{OUTPUT}: {len(goldens)} tensors from PyTorch {torch.__version__}")
