#!/usr/bin/env python3
"""Checks that every experiment of Romero and Lohit (2022) has a configuration with the hyperparameters of its command.

The table below is the list of commands that came with the paper, one row each, written as what differs from the settings
that they share. Prints every missing file and every setting that differs; exit status 1 on any.
"""
import pathlib
import sys

try:
    import yaml
except ImportError:
    print("check-partial-configs: PyYAML is not installed; nothing was checked", file=sys.stderr)
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Configs" / "partial"

COMMON = {"group.name": "SE2", "group.samples": 8, "group.sampling": "random", "group.partial": False,
          "group.perLayer": True, "group.perBatchElement": False, "norm": "batch-norm", "dropout": 0,
          "losses.kernelNorm": 0, "losses.monotonicity": 0, "rates.support": None, "pooling": "maximum",
          "lastOutputs": "sampled", "kernel.layers": 3, "kernel.scale": "original", "optimizer.kind": "adam",
          "optimizer.learningRate": 1e-3, "schedule.kind": "cosine", "schedule.warmupEpochs": 5, "keep": "best",
          "dropLast": True, "earlyStopping.patience": 100}
CK = {**COMMON, "kind": "ck-resnet", "hidden": 32, "widths": [1, 2], "poolBlocks": [1, 2], "kernel.kind": "siren",
      "kernel.hidden": 32, "kernel.omega0": 10, "kernel.size": 7, "epochs": 300, "batchSize": 64}
GCNN = {**COMMON, "kind": "gcnn", "hidden": 128, "widths": [1] + [2] * 7, "poolBlocks": [2, 5],
        "dropoutBlocks": [2, 5, 8], "dropout": 0.3, "kernel.kind": "siren", "kernel.hidden": 8, "kernel.omega0": 10,
        "kernel.size": 3, "epochs": 205, "batchSize": 128, "group.perLayer": False}
SIX = {**CK, "hidden": 10, "widths": [1, 1], "kernel.kind": "magnet", "kernel.omega0": None, "schedule.kind": None,
       "schedule.warmupEpochs": None}
T2 = {"group.samples": 1, "group.sampling": "deterministic", "group.perLayer": False}
E2 = {"group.name": "E2"}
PARTIAL = {"group.partial": True, "group.perLayer": True}
AUGERINO = {"kind": "augerino-ck-resnet", "group.perLayer": False}

EXPERIMENTS = {
    "mnist6_180/ck_se2_partial": {**SIX, **PARTIAL, "group.perBatchElement": True},
    "mnist6_180/ck_se2_full": {**SIX, "hidden": 20, "kernel.kind": "fourier", "norm": "layer-norm"},
    "mnist6_m/ck_e2_partial": {**SIX, **E2, **PARTIAL},
    "mnist6_m/ck_e2_full": {**SIX, **E2},
    "rotmnist/ck_t2": {**CK, **T2, "rates.support": 1e-4},
    "rotmnist/ck_se2_partial": {**CK, **PARTIAL, "poolBlocks": [0, 1], "losses.monotonicity": 1e-3},
    "rotmnist/ck_se2_full": {**CK, "poolBlocks": [0, 1], "losses.monotonicity": 1e-3},
    "rotmnist/ck_e2_partial": {**CK, **E2, **PARTIAL, "poolBlocks": [0, 1], "rates.support": 1e-4},
    "rotmnist/ck_e2_full": {**CK, **E2, "poolBlocks": [0, 1], "rates.support": 1e-4},
    "rotmnist/ck_augerino_se2": {**CK, **AUGERINO, "poolBlocks": [0, 1]},
    "rotmnist/ck_augerino_e2": {**CK, **AUGERINO, **E2, "poolBlocks": [0, 1]},
    "rotmnist/gcnn_t2": {**GCNN, **T2, "optimizer.learningRate": 1e-2},
    "rotmnist/gcnn_se2_partial": {**GCNN, **PARTIAL, "optimizer.learningRate": 1e-2, "rates.support": 1e-3},
    "rotmnist/gcnn_se2_full": {**GCNN, "losses.kernelNorm": 1e-4},
    "rotmnist/gcnn_augerino_se2": {**GCNN, "kind": "augerino-gcnn", "losses.kernelNorm": 1e-4},
}
for name in ("cifar10", "cifar100"):
    decay = {"losses.kernelNorm": 1e-4}
    learned = {**decay, "rates.support": 1e-4}
    EXPERIMENTS |= {
        f"{name}/ck_t2": {**CK, **T2, **decay},
        f"{name}/ck_se2_partial": {**CK, **PARTIAL, **learned},
        f"{name}/ck_e2_partial": {**CK, **E2, **PARTIAL, **learned},
        f"{name}/ck_augerino_se2": {**CK, **AUGERINO, **decay},
        # The command of this name for CIFAR-10 passes SE2, evidently by mistake.
        f"{name}/ck_augerino_e2": {**CK, **AUGERINO, **E2, **decay},
        f"{name}/gcnn_t2": {**GCNN, **T2, **decay, "kernel.omega0": 30, "dropout": 0.1},
        f"{name}/gcnn_se2_partial": {**GCNN, **PARTIAL, **learned},
    }
EXPERIMENTS |= {
    "cifar10/ck_se2_full": {**CK, "losses.kernelNorm": 1e-4, "pooling": "learned"},
    "cifar10/ck_e2_full": {**CK, **E2, "losses.kernelNorm": 1e-4, "pooling": "learned"},
    "cifar100/ck_se2_full": {**CK, "losses.kernelNorm": 1e-4},
    "cifar100/ck_e2_full": {**CK, **E2, "losses.kernelNorm": 1e-4, "lastOutputs": "singular-identity"},
    "cifar10/gcnn_se2_full": {**GCNN, "kernel.omega0": 30},
    "cifar100/gcnn_se2_full": {**GCNN},
    "cifar10/gcnn_augerino_se2": {**GCNN, "kind": "augerino-gcnn", "losses.kernelNorm": 1e-4},
    "cifar100/gcnn_augerino_se2": {**GCNN, "kind": "augerino-gcnn"},
}
DATA = {
    "rotmnist": {"kind": "rotated-mnist-original", "training": 10000, "validation": 2000, "normalize": True},
    "mnist6_180": {"kind": "mnist6-180", "validateOnTest": True, "normalize": True},
    "mnist6_m": {"kind": "mnist6-m", "validateOnTest": True, "normalize": True},
    "cifar10": {"kind": "cifar10", "training": 45000, "validation": 5000, "mean": [0.485, 0.456, 0.406],
                "deviation": [0.229, 0.224, 0.225]},
    "cifar100": {"kind": "cifar100", "training": 45000, "validation": 5000, "mean": [0.49137, 0.48235, 0.44667],
                 "deviation": [0.24706, 0.24353, 0.26157]},
}
# What a file may leave out because the program fills it in.
DEFAULTS = {"norm": "batch-norm", "dropout": 0, "pooling": "maximum", "lastOutputs": "sampled", "group.partial": False,
            "group.perLayer": False, "group.perBatchElement": False, "losses.kernelNorm": 0, "losses.monotonicity": 0}
TRAINING = {"epochs", "batchSize", "dropLast", "keep", "optimizer", "schedule", "earlyStopping"}


def value(settings, key):
    node = settings["training"] if key.split(".")[0] in TRAINING else settings["model"]
    for part in key.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return DEFAULTS.get(key) if node is None else node


problems = []
for name, expected in EXPERIMENTS.items():
    path = ROOT / f"{name}.yaml"
    if not path.exists():
        problems.append(f"{path}: missing")
        continue
    settings = yaml.safe_load(path.read_text())
    for key, wanted in expected.items():
        found = value(settings, key)
        if found != wanted:
            problems.append(f"{path}: {key} is {found}, the original's is {wanted}")
    for key, wanted in DATA[name.split("/")[0]].items():
        if settings["data"].get(key) != wanted:
            problems.append(f"{path}: data.{key} is {settings['data'].get(key)}, the original's is {wanted}")
for path in sorted(ROOT.glob("*/*.yaml")):
    if str(path.relative_to(ROOT))[:-5] not in EXPERIMENTS and path.parent.name != "study":
        problems.append(f"{path}: is no experiment of the original; put it into Configs/partial/study")
print("\n".join(problems) or f"{len(EXPERIMENTS)} experiments of the original have their configurations")
sys.exit(1 if problems else 0)
