#!/usr/bin/env python3
"""Writes Tests/Goldens/{optimizers,schedules,layers}.json with PyTorch's own results in float64.

Run with torch 2.13 and numpy, from the root of the checkout. All inputs are formulas that the tests repeat:
x[i] = sin(0.7 (i + 1)), parameter j of a layer p[i] = 0.4 sin(i + 1 + j), the gradient of a layer's output cos(i + 1).
"""
import json
import math
import pathlib

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Goldens"
STEPS = 10


def numbers(t):
    return [float(f"{v:.14g}") for v in t.detach().reshape(-1).tolist()]


def pattern(shape, f):
    n = math.prod(shape)
    return torch.tensor([f(i + 1) for i in range(n)]).reshape(shape)


# Optimizers: p of shapes [3, 4] and [5], loss = sum(p c_t) + sum(p^2) / 4 with c_t[i] = sin(0.3 (i + 1) + t).
def optimizer_run(make):
    w = nn.Parameter(pattern((3, 4), math.sin))
    b = nn.Parameter(pattern((5,), math.cos))
    optimizer = make(w, b)
    for t in range(STEPS):
        optimizer.zero_grad()
        loss = 0
        for p in (w, b):
            c = pattern(p.shape, lambda i: math.sin(0.3 * i + t))
            loss = loss + (p * c).sum() + (p * p).sum() / 4
        loss.backward()
        optimizer.step()
    return {"w": numbers(w), "b": numbers(b)}


O = torch.optim
OPTIMIZERS = {
    "sgd": lambda w, b: O.SGD([w, b], lr=0.1),
    "sgd decay": lambda w, b: O.SGD([w, b], lr=0.1, weight_decay=0.02),
    "sgd momentum": lambda w, b: O.SGD([w, b], lr=0.1, momentum=0.9),
    "sgd dampening": lambda w, b: O.SGD([w, b], lr=0.1, momentum=0.9, dampening=0.3),
    "sgd nesterov decay": lambda w, b: O.SGD([w, b], lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.02),
    "sgd groups": lambda w, b: O.SGD(
        [{"params": [w]}, {"params": [b], "lr": 0.05, "weight_decay": 0}], lr=0.1, momentum=0.9, weight_decay=0.1),
    "adam": lambda w, b: O.Adam([w, b], lr=0.01),
    "adam decay": lambda w, b: O.Adam([w, b], lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adam maximum": lambda w, b: O.Adam([w, b], lr=0.01, amsgrad=True),
    "adam maximum decay": lambda w, b: O.Adam([w, b], lr=0.01, amsgrad=True, weight_decay=0.1),
    "adamw": lambda w, b: O.AdamW([w, b], lr=0.01),
    "adamw maximum": lambda w, b: O.AdamW([w, b], lr=0.01, weight_decay=0.2, amsgrad=True),
    "adamw groups": lambda w, b: O.AdamW(
        [{"params": [w]}, {"params": [b], "lr": 0.02, "weight_decay": 0}], lr=0.01, weight_decay=0.3),
}


def clip_run(limit):
    w = nn.Parameter(pattern((3, 4), math.sin))
    b = nn.Parameter(pattern((5,), math.cos))
    ((w ** 3).sum() + (b ** 2).sum()).backward()
    norm = nn.utils.clip_grad_norm_([w, b], limit)
    return {"norm": float(norm), "w": numbers(w.grad), "b": numbers(b.grad)}


# Schedules: the rate for each of 30 steps; the metric of step t for plateaus is METRIC[t].
METRIC = [1 / (1 + t) if t < 8 else 0.125 + 0.001 * math.sin(t) for t in range(30)]


def schedule_run(make, metric=False):
    optimizer = O.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
    schedule = make(optimizer)
    rates = []
    for t in range(30):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step(METRIC[t]) if metric else schedule.step()
    return rates


S = O.lr_scheduler
SCHEDULES = {
    "step": lambda o: S.StepLR(o, 7, 0.5),
    "multiStep": lambda o: S.MultiStepLR(o, [4, 9, 20], 0.3),
    "exponential": lambda o: S.ExponentialLR(o, 0.9),
    "cosine": lambda o: S.CosineAnnealingLR(o, 29, 0.001),
    "linear warm-up": lambda o: S.LinearLR(o, 0.2, 1, 6),
    "warm-up cosine": lambda o: S.SequentialLR(
        o, [S.LinearLR(o, 0.1, 1, 5), S.CosineAnnealingLR(o, 25, 0.0)], [5]),
    "sequence": lambda o: S.SequentialLR(o, [S.ConstantLR(o, 1, 1), S.ExponentialLR(o, 0.8)], [12]),
}


# Layers: output, gradient of the input and of the parameters; training mode, with the buffers after the call.
def layer_run(layer, shape, mode="train", calls=1):
    layer.train(mode == "train")
    for j, p in enumerate(layer.parameters()):
        with torch.no_grad():
            p.copy_(pattern(p.shape, lambda i: 0.4 * math.sin(i + j)))
    for c in range(calls):
        x = pattern(shape, lambda i: math.sin(0.7 * i + c)).requires_grad_()
        layer.zero_grad()
        y = layer(x)
        (y * pattern(y.shape, math.cos)).sum().backward()
    return {
        "shape": list(y.shape), "output": numbers(y), "inputGradient": numbers(x.grad),
        "gradients": [numbers(p.grad) for p in layer.parameters()],
        "buffers": [numbers(b) for b in layer.buffers()],
    }


IMAGE = (2, 4, 5, 6)
LAYERS = {
    "linear": (nn.Linear(6, 3), (2, 4, 6)),
    "linear without bias": (nn.Linear(6, 3, bias=False), (4, 6)),
    "conv1d": (nn.Conv1d(4, 6, 3, stride=2, padding=1, groups=2), (2, 4, 9)),
    "conv2d": (nn.Conv2d(4, 2, 3), IMAGE),
    "conv2d options": (nn.Conv2d(4, 4, (3, 2), stride=(2, 1), padding=(2, 1), dilation=(1, 2), groups=2), IMAGE),
    "conv2d reflect": (nn.Conv2d(4, 2, 3, padding=2, padding_mode="reflect"), IMAGE),
    "conv2d replicate": (nn.Conv2d(4, 2, 3, padding=(1, 2), padding_mode="replicate"), IMAGE),
    "conv2d circular": (nn.Conv2d(4, 2, 3, padding=(2, 1), padding_mode="circular", bias=False), IMAGE),
    "conv3d": (nn.Conv3d(2, 2, 2, stride=(1, 2, 1), padding=(0, 1, 0)), (1, 2, 3, 4, 3)),
    "convTransposed2d": (
        nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1, groups=2), (1, 4, 3, 4)),
    "batchNorm1d": (nn.BatchNorm1d(4), (6, 4)),
    "batchNorm2d": (nn.BatchNorm2d(4, eps=1e-3, momentum=0.3), IMAGE),
    "batchNorm2d average": (nn.BatchNorm2d(4, momentum=None), IMAGE),
    "batchNorm2d plain": (nn.BatchNorm2d(4, affine=False, track_running_stats=False), IMAGE),
    "batchNorm3d": (nn.BatchNorm3d(2), (2, 2, 2, 3, 2)),
    "layerNorm": (nn.LayerNorm((5, 6)), (2, 3, 5, 6)),
    "groupNorm": (nn.GroupNorm(2, 4), IMAGE),
    "instanceNorm2d": (nn.InstanceNorm2d(4, affine=True), IMAGE),
    "maxPool2d": (nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), IMAGE),
    "maxPool2d dilation": (nn.MaxPool2d(2, stride=1, dilation=(2, 3)), IMAGE),
    "avgPool2d": (nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True, count_include_pad=False), IMAGE),
    "avgPool2d padding": (nn.AvgPool2d((2, 3), padding=(1, 1)), IMAGE),
    "adaptiveAvgPool2d": (nn.AdaptiveAvgPool2d((2, 4)), IMAGE),
    "adaptiveMaxPool2d": (nn.AdaptiveMaxPool2d(3), IMAGE),
    "upsample bilinear": (nn.Upsample(scale_factor=2, mode="bilinear"), (1, 2, 3, 4)),
    "upsample bilinear corners": (nn.Upsample((5, 7), mode="bilinear", align_corners=True), (1, 2, 3, 4)),
    "upsample bicubic": (nn.Upsample(scale_factor=2, mode="bicubic"), (1, 2, 3, 4)),
    "upsample nearest": (nn.Upsample(scale_factor=3, mode="nearest"), (1, 2, 3, 4)),
    "relu": (nn.ReLU(), (2, 7)), "elu": (nn.ELU(0.7), (2, 7)), "leakyRelu": (nn.LeakyReLU(0.2), (2, 7)),
    "sigmoid": (nn.Sigmoid(), (2, 7)), "tanh": (nn.Tanh(), (2, 7)), "softplus": (nn.Softplus(), (2, 7)),
    "gelu": (nn.GELU(), (2, 7)), "silu": (nn.SiLU(), (2, 7)), "softmax": (nn.Softmax(1), (2, 7)),
    "logSoftmax": (nn.LogSoftmax(1), (2, 7)),
}


def write(name, content):
    path = ROOT / f"{name}.json"
    path.write_text(json.dumps({"torch": torch.__version__, **content}, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size, "bytes")


def main():
    ROOT.mkdir(parents=True, exist_ok=True)
    write("optimizers", {
        "runs": {name: optimizer_run(make) for name, make in OPTIMIZERS.items()},
        "clipping": {"1": clip_run(1.0), "100": clip_run(100.0)},
    })
    schedules = {name: schedule_run(make) for name, make in SCHEDULES.items()}
    schedules["plateau"] = schedule_run(
        lambda o: S.ReduceLROnPlateau(o, factor=0.5, patience=2, cooldown=1, min_lr=0.005), metric=True)
    schedules["plateau maximum"] = schedule_run(
        lambda o: S.ReduceLROnPlateau(o, mode="max", factor=0.3, patience=4, threshold=0.01), metric=True)
    write("schedules", {"metric": METRIC, "rates": schedules})
    layers = {name: layer_run(layer, shape) for name, (layer, shape) in LAYERS.items()}
    layers["batchNorm2d three calls"] = layer_run(nn.BatchNorm2d(4, momentum=None), IMAGE, calls=3)
    trained = nn.BatchNorm2d(4)
    layer_run(trained, IMAGE, calls=2)
    layers["batchNorm2d evaluation"] = layer_run(trained, IMAGE, mode="eval")
    write("layers", {"layers": layers})


main()
