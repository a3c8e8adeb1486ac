#!/usr/bin/env python3
"""One measurement of escnn or e2cnn a process, in the form of SteerableBenchmark: lines of JSON on standard output.

`Benchmarks/bench.py` starts it with the Python of Tools/setup-goldens.sh; the subcommands are those of SteerableBenchmark.
"""

import argparse
import json
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")


def report(**result):
    print(json.dumps(result), flush=True)


def seconds(body):
    start = time.perf_counter()
    body()
    return time.perf_counter() - start


def repeated(body, limit, warmups=1, most=50):
    """Seconds of several calls: at least one, and more until `limit` seconds have passed."""
    for _ in range(warmups):
        body()
    times = []
    while True:
        times.append(seconds(body))
        if sum(times) >= limit or len(times) >= most:
            return times


def parameter_count(module):
    return sum(p.numel() for p in module.parameters() if p.requires_grad)


def make(arguments, initialize=False):
    """A network; without initialization unless that is what is measured, since it takes long and changes no step."""
    import original_networks as networks

    library = networks.Library(arguments.library, initialize=initialize)
    return networks.NETWORKS[arguments.subject][0](library)


def batch(arguments, count):
    import torch
    import original_networks as networks

    _, shape, classes = networks.NETWORKS[arguments.subject]
    torch.manual_seed(1)
    return torch.randn(count, *shape), torch.arange(count) % classes


def trainer(arguments, network, count):
    """A whole training step up to the value of the loss."""
    import torch

    images, labels = batch(arguments, count)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    network.train()

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=arguments.precision == "bfloat16"):
            loss = torch.nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        if not math.isfinite(loss.item()):
            sys.exit(f"the loss of a measured step is {loss.item()}")

    return step


def start(arguments):
    import torch

    torch.set_num_threads(arguments.threads)
    network = make(arguments, initialize=True)
    report(event="constructed")
    network.eval()
    with torch.no_grad():
        network(batch(arguments, 1)[0]).sum().item()
    report(event="forward")
    trainer(arguments, network, 2)()
    report(event="step")


def construct(arguments):
    import original_networks as networks

    made = []
    if arguments.subject in networks.LAYERS:
        library = networks.Library(arguments.library)
        time = seconds(lambda: made.append(networks.make_layer(library, arguments.subject)))
    else:
        time = seconds(lambda: made.append(make(arguments, initialize=True)))
    report(seconds=[time], parameters=parameter_count(made[0]))


def train(arguments):
    network = make(arguments)
    step = trainer(arguments, network, arguments.batch)
    report(seconds=repeated(step, arguments.limit), parameters=parameter_count(network))


def memory(arguments):
    """The most that the allocator of PyTorch has given out at a time, from its own reports."""
    import torch

    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True) as profile:
        network = make(arguments)
        step = trainer(arguments, network, arguments.batch)
        for _ in range(2):
            step()
    changes = sorted(
        (event.start_ns(), event.nbytes()) for event in profile.profiler.kineto_results.events()
        if event.name() == "[memory]")
    held = peak = 0
    for _, change in changes:
        held += change
        peak = max(peak, held)
    report(allocated=peak, parameters=parameter_count(network))


def forward(arguments):
    import torch

    network = make(arguments)
    network.eval()

    def measured(count):
        images = batch(arguments, count)[0]
        with torch.no_grad():
            return repeated(lambda: network(images), arguments.limit)

    report(one=measured(1), batch=measured(arguments.batch), parameters=parameter_count(network))


def exported(arguments):
    """The exported network, traced and frozen; whichever is faster of that and PyTorch's own further optimization."""
    import torch

    network = make(arguments)
    parameters = parameter_count(network)
    images = batch(arguments, 2)[0]
    plain = network.exported()
    with torch.no_grad():
        gap = (plain(images) - network(images)).abs().max().item()
        if gap > 1e-3 * max(1, network(images).abs().max().item()):
            sys.exit(f"the exported network differs from the original by {gap}")
        dtype = torch.bfloat16 if arguments.precision == "bfloat16" else torch.float32
        plain = plain.to(dtype)
        frozen = torch.jit.freeze(torch.jit.trace(plain, images.to(dtype)))
        programs = [frozen]
        try:
            programs.append(torch.jit.optimize_for_inference(torch.jit.trace(plain, images.to(dtype))))
        except RuntimeError:
            pass

        def measured(count):
            images = batch(arguments, count)[0].to(dtype)
            times = [repeated(lambda: program(images), arguments.limit / len(programs), warmups=3 if count == 1 else 2)
                     for program in programs]
            return min(times, key=lambda some: sorted(some)[len(some) // 2])

        report(one=measured(1), batch=measured(arguments.batch), parameters=parameters)


def versions(_):
    import platform
    from importlib.metadata import version

    report(**{name: version(name) for name in ("torch", "escnn", "e2cnn", "numpy")}, python=platform.python_version())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = {"start": start, "construct": construct, "train": train, "peak-memory": memory, "forward": forward,
                "exported": exported, "versions": versions}
    parser.add_argument("command", choices=commands)
    parser.add_argument("subject", nargs="?")
    parser.add_argument("--library", choices=["escnn", "e2cnn"], default="escnn")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--limit", type=float, default=2.0)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.command not in ("start", "versions"):
        import torch

        torch.set_num_threads(arguments.threads)
        torch.zeros(1) + 1
    commands[arguments.command](arguments)


if __name__ == "__main__":
    main()
