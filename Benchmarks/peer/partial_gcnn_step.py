#!/usr/bin/env python3
"""Training steps of a partial group convolutional network: this library against the same arithmetic in PyTorch.

The network is that of Romero and Lohit (2022) for rotated MNIST: lifting, two residual blocks and a last convolution, with
SIREN kernels over 8 sampled rotations. It is written here from the paper's formulas, in the conventions of
Docs/partial-equivariance.md, as a user of PyTorch would write it.

  run      runs both in turn in fresh processes and prints a table (the default of `make bench-partial`)
  compare  computes one step of both with the same weights and prints how far loss and gradients are apart
  peer     one process of the PyTorch side; `run` starts it
"""

import argparse
import json
import math
import os
import platform
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import processor

HERE = Path(__file__).resolve().parent


# --- The network in PyTorch -----------------------------------------------------------------------------------------

def build(partial, deterministic=False):
    import torch
    from torch import nn
    import torch.nn.functional as F

    omega = 10.0
    count = 8

    class Pointwise(nn.Module):
        """A linear map of the features of each point, as a convolution of size 1 over the grid of points."""

        def __init__(self, inputs, outputs, bound):
            super().__init__()
            self.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
            self.bias = nn.Parameter(torch.zeros(outputs))

        def forward(self, x):
            shape = self.weight.shape + (1,) * (x.dim() - 2)
            convolve = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}[x.dim()]
            return convolve(x, self.weight.view(shape), self.bias)

    class Siren(nn.Module):
        def __init__(self, dimensions, outputs, hidden):
            super().__init__()
            later = math.sqrt(6 / hidden) / omega
            self.layers = nn.ModuleList(
                [Pointwise(dimensions, hidden, 1 / dimensions), Pointwise(hidden, hidden, later)])
            self.output = Pointwise(hidden, outputs, later)

        def forward(self, x):
            for layer in self.layers:
                x = torch.sin(omega * layer(x))
            return self.output(x)

    def wrapped(angles):
        return torch.remainder(angles, 2 * math.pi)

    class Sampler(nn.Module):
        def __init__(self, learned):
            super().__init__()
            self.support = nn.Parameter(torch.ones(1)) if learned else None

        def forward(self):
            if self.support is None:
                grid = torch.arange(count) * (2 * math.pi / count)
                return grid if deterministic else grid + torch.rand(1) * (2 * math.pi / count)
            width = self.support[0].clamp(0, 1)
            n = max(1, math.ceil(count * width.item()))
            spacing = width * (2 * math.pi / n)
            u = torch.rand(1) if self.training else 0.5
            return wrapped(torch.arange(n) * spacing - width * math.pi + u * spacing)

    class Convolution(nn.Module):
        """A lifting convolution (no input elements), a group convolution, or a pointwise one (no grid)."""

        def __init__(self, inputs, outputs, size, hidden=32, kind="group", padding="same", learned=False):
            super().__init__()
            dimensions = {"lift": 2, "group": 3, "pointwise": 1}[kind]
            self.kernel = Siren(dimensions, inputs * outputs, hidden)
            self.bias = nn.Parameter(torch.zeros(outputs)) if kind != "pointwise" else None
            self.sampler = Sampler(learned)
            self.inputs, self.outputs, self.size, self.kind, self.padding = inputs, outputs, size, kind, padding
            if kind != "pointwise":
                line = torch.linspace(-1, 1, size)
                y, x = torch.meshgrid(-line, line, indexing="ij")
                self.register_buffer("x", x, persistent=False)
                self.register_buffer("y", y, persistent=False)
                self.register_buffer("mask", (x * x + y * y <= 1 + 1e-6).float(), persistent=False)

        def points(self, g, h):
            k = self.size
            axes = []
            if self.kind != "pointwise":
                c, s = torch.cos(g)[:, None, None], torch.sin(g)[:, None, None]
                axes = [c * self.x + s * self.y, c * self.y - s * self.x]
            if self.kind == "lift":
                return torch.stack(axes, 1)
            relative = wrapped(h[None, :] - g[:, None]) / math.pi - 1
            if self.kind == "pointwise":
                return relative[:, None]
            m, n = relative.shape
            axes = [a[:, None].expand(m, n, k, k) for a in axes] + [relative[:, :, None, None].expand(m, n, k, k)]
            return torch.stack(axes, 1)

        def forward(self, x, h, g):
            m, n, k = len(g), 1 if h is None else len(h), self.size
            values = self.kernel(self.points(g, h))
            weight = values.view(m, self.outputs, self.inputs, n, k, k)
            if self.kind != "pointwise":
                weight = weight * self.mask
            weight = weight.transpose(0, 1).reshape(self.outputs * m, self.inputs * n, k, k)
            bias = None if self.bias is None else self.bias.repeat_interleave(m)
            y = F.conv2d(x.flatten(1, 2), weight, bias, padding=k // 2 if self.padding == "same" else 0)
            return y.unflatten(1, (self.outputs, m))

    class Block(nn.Module):
        def __init__(self, inputs, outputs, pools):
            super().__init__()
            self.conv1 = Convolution(inputs, outputs, 7, learned=partial)
            self.conv2 = Convolution(outputs, outputs, 7, learned=partial)
            fresh = partial or not deterministic
            self.shortcut = (
                Convolution(inputs, outputs, 1, hidden=16, kind="pointwise") if fresh or inputs != outputs else None)
            self.norm = nn.BatchNorm3d(outputs)
            self.pools = pools

        def forward(self, x, h):
            g1 = self.conv1.sampler() if partial or not deterministic else h
            y = F.relu(F.instance_norm(self.conv1(x, h, g1)))
            g2 = self.conv2.sampler() if partial or not deterministic else g1
            y = F.relu(F.instance_norm(self.conv2(y, g1, g2)))
            around = x if self.shortcut is None else self.shortcut(x, h, g2)
            y = self.norm(y + around)
            if self.pools:
                y = F.max_pool3d(y, (1, 2, 2))
            return F.relu(y), g2

    class CKResNet(nn.Module):
        def __init__(self, hidden=32, classes=10):
            super().__init__()
            self.lift = Convolution(1, hidden, 7, kind="lift")
            self.norm = nn.BatchNorm3d(hidden)
            self.blocks = nn.ModuleList([Block(hidden, hidden, True), Block(hidden, 2 * hidden, False)])
            self.last = Convolution(2 * hidden, 2 * hidden, 7, padding="valid", learned=partial)
            self.last_norm = nn.BatchNorm3d(2 * hidden)
            self.head = nn.Linear(2 * hidden, classes)

        def forward(self, images):
            g = self.lift.sampler()
            x = self.norm(self.lift(images[:, :, None], None, g))
            x = F.relu(F.max_pool3d(x, (1, 2, 2)))
            for block in self.blocks:
                x, g = block(x, g)
            own = self.last.sampler() if partial or not deterministic else g
            x = F.relu(self.last_norm(self.last(x, g, own)))
            return self.head(x.amax((2, 3, 4)))

        def penalty(self):
            """Supports that grow from layer to layer are charged."""
            supports = [m.support for m in self.modules() if isinstance(m, Sampler) and m.support is not None]
            return 0.001 * sum(F.relu(b - a).sum() for a, b in zip(supports, supports[1:])) if supports else 0

    return CKResNet()


def peer(arguments):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    network = build(arguments.network == "partial")
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    images = torch.randn(arguments.batch, 1, 28, 28)
    labels = torch.arange(arguments.batch) % 10
    print("ready", flush=True)
    for step in range(arguments.steps + 1):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=arguments.precision == "bfloat16"):
            loss = F.cross_entropy(network(images), labels) + network.penalty()
        loss.backward()
        optimizer.step()
        value = loss.item()
        print("first" if step == 0 else "step", time.perf_counter() - start, value, flush=True)


# --- The same numbers -----------------------------------------------------------------------------------------------

def read_safetensors(path):
    import torch

    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    types = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "U8": torch.uint8}
    tensors = {}
    for key, entry in header.items():
        start, end = entry["data_offsets"]
        raw = bytearray(data[8 + length + start : 8 + length + end])
        dtype = types[entry["dtype"]]
        tensors[key] = (
            torch.frombuffer(raw, dtype=dtype).reshape(entry["shape"]).clone()
            if raw else torch.empty(entry["shape"], dtype=dtype))
    return tensors, metadata


def compare(arguments):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(arguments.threads)
    worst = 0.0
    for case in ("full", "partial"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "step.safetensors"
            subprocess.run([arguments.ours, "save", "--network", case, str(file)], check=True)
            tensors, metadata = read_safetensors(file)
        network = build(case == "partial", deterministic=True)
        count = sum(p.numel() for p in network.parameters())
        if count != int(metadata["parameters"]):
            sys.exit(f"{case}: PyTorch's network has {count} parameters, ours {metadata['parameters']}")
        for name, parameter in network.named_parameters():
            parameter.data.copy_(tensors[name].reshape(parameter.shape))
        network.train(case == "full")
        loss = F.cross_entropy(network(tensors["images"]), tensors["labels"]) + network.penalty()
        loss.backward()
        gap = abs(loss.item() - tensors["loss"].item())
        # A bias before a norm has no gradient but rounding, so a gradient is measured against the largest ones too.
        total = math.sqrt(sum(p.grad.square().sum().item() for p in network.parameters() if p.grad is not None))
        largest, where = 0.0, ""
        for name, parameter in network.named_parameters():
            ours, theirs = tensors.get("gradient." + name), parameter.grad
            if ours is None or theirs is None:
                assert ours is None or ours.abs().max() == 0, name
                continue
            norm = max(theirs.norm().item(), total / 100)
            difference = (ours.reshape(theirs.shape) - theirs).norm().item() / norm
            if difference > largest:
                largest, where = difference, name
        print(f"{case}: {count} parameters, loss {loss.item():.6f}, difference {gap:.1e}; "
              f"gradients differ by {largest:.1e} of their norm at most ({where})")
        worst = max(worst, gap / max(1, abs(loss.item())), largest / 10)
    if worst > 1e-5:
        sys.exit("the two sides do not compute the same step")


# --- Runs in turn ---------------------------------------------------------------------------------------------------

def start(command, threads):
    """Seconds from the start of a process to `ready`, and of its first and further steps."""
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    ready, first, steps = None, None, []
    for line in process.stdout:
        words = line.split()
        if words and words[0] == "ready":
            ready = time.perf_counter() - begin
        elif words and words[0] == "first":
            first = float(words[1])
        elif words and words[0] == "step":
            steps.append(float(words[1]))
    if process.wait() != 0 or ready is None or first is None:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return {"ready": ready, "first": first, "step": statistics.median(steps) if steps else first}


def run(arguments):
    compare(arguments)
    prefix = arguments.prefix.split() if arguments.prefix else []

    def command(side, case, precision, steps, batch):
        options = ["--network", case, "--precision", precision, "--steps", str(steps), "--batch", str(batch),
                   "--threads", str(arguments.threads)]
        if side == "ours":
            return prefix + [arguments.ours, "measure"] + options
        return prefix + [sys.executable, str(Path(__file__).resolve()), "peer"] + options

    def measured(side, case, precision, steps=arguments.steps, batch=arguments.batch):
        return start(command(side, case, precision, steps, batch), arguments.threads)

    import torch
    result = {
        "machine": {"processor": processor(), "system": platform.platform(), "threads": arguments.threads},
        "versions": {"torch": torch.__version__, "python": platform.python_version()},
        "batch": arguments.batch, "steps": arguments.steps, "repetitions": arguments.repetitions, "cases": [],
    }
    rows = []
    for case in arguments.networks.split(","):
        runs = {key: [] for key in ("ours f32", "theirs f32", "ours bf16", "theirs bf16")}
        for _ in range(arguments.repetitions):
            # In turn, so that what else the machine does falls on both.
            for key in runs:
                side, kind = key.split()
                runs[key].append(measured(side, case, "float32" if kind == "f32" else "bfloat16")["step"])
        base = runs["theirs f32"]
        ratios = {key: [b / a for a, b in zip(values, base)] for key, values in runs.items()}
        for key, values in runs.items():
            rows.append((f"{case}, {key}", statistics.median(values), statistics.median(ratios[key]),
                         min(ratios[key]), max(ratios[key])))
        result["cases"].append({"network": case, "seconds": runs, "ratios": ratios})

    # Start-up: everything before the first step, with a batch that needs no time.
    starts = {side: [measured(side, "partial", "float32", steps=0, batch=2)["ready"]
                     for _ in range(max(3, arguments.repetitions))] for side in ("ours", "theirs")}
    ratios = [b / a for a, b in zip(starts["ours"], starts["theirs"])]
    result["startup"] = {"seconds": starts, "ratios": ratios}

    print(f"\n{processor()}, {arguments.threads} thread(s), batch {arguments.batch}, PyTorch {torch.__version__}; medians of "
          f"{arguments.repetitions} pairs of fresh processes, {arguments.steps} steps each after a first one\n")
    print(f"| {'training step of CKResNet-32, SE(2), N = 8':44} | seconds | speed against PyTorch f32 | range |")
    print(f"|{'-' * 46}|---------|---------------------------|-------|")
    for name, seconds, ratio, low, high in rows:
        print(f"| {name:44} | {seconds:7.3f} | {ratio:24.2f}× | {low:.2f}–{high:.2f} |")
    print(f"| {'process start to the first step, ours':44} | {statistics.median(starts['ours']):7.3f} | "
          f"{statistics.median(ratios):24.1f}× | {min(ratios):.1f}–{max(ratios):.1f} |")
    print(f"| {'process start to the first step, theirs':44} | {statistics.median(starts['theirs']):7.3f} | "
          f"{1:24.1f}× | |")
    if arguments.output:
        Path(arguments.output).write_text(json.dumps(result, indent=2) + "\n")
        print(f"\nAll numbers are in {arguments.output}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("peer")
    one.add_argument("--network", choices=["full", "partial"], default="full")
    one.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    for name in ("run", "compare"):
        both = commands.add_parser(name)
        both.add_argument("--ours", required=True, help="the built PartialStepBenchmark")
        if name == "run":
            both.add_argument("--networks", default="full,partial")
            both.add_argument("--repetitions", type=int, default=5)
            both.add_argument("--output", help="a JSON file for all numbers")
            both.add_argument("--prefix", default="", help="put before each command, such as 'taskset -c 0'")
        else:
            both.add_argument("--threads", type=int, default=1)
    for sub in (one, commands.choices["run"]):
        sub.add_argument("--steps", type=int, default=3)
        sub.add_argument("--batch", type=int, default=64)
        sub.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    {"run": run, "compare": compare, "peer": peer}[arguments.command](arguments)


if __name__ == "__main__":
    main()
