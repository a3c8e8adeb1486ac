"""Tables and ratios of the benchmark's results."""

import math
import os
import statistics
from pathlib import Path

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
PEERS = ("escnn", "e2cnn")
NAMES = {
    "c8-24-48-k5": "C8 24→48 regular, k5", "d8-16-32-k7": "D8 16→32 regular, k7",
    "so2-irreps-k5": "SO(2) irreps 0 to 3 ×16, k5", "d16-6-16-k5": "D16 6→16 regular, k5",
    "c8-mnist": "C8 MNIST network", "c8-lenet": "C8 LeNet, 151²", "d16-lenet": "D16 LeNet, 151²",
    "wrn10-4-d4": "WRN10-4, D4", "wrn16-8-stl-d8d4d1": "WRN16-8 STL, D8 D4 D1",
}
BATCHES = {"c8-mnist": 64, "c8-lenet": 50, "wrn10-4-d4": 8}


class Comparison:
    """A quantity of ours against the best of some of the peers'."""

    def __init__(self, section, label, ours, theirs, target, peers=PEERS):
        self.section, self.label, self.ours, self.theirs = section, label, ours, theirs
        self.target, self.peers = target, peers


def comparisons():
    start = "start/c8-mnist"
    yield Comparison("Cold start", "process start to first forward, C8 MNIST network",
                     (start, "forward"), (start, "forward"), 50)
    yield Comparison("Cold start", "process start to first training step, C8 MNIST network",
                     (start, "step"), (start, "step"), None)
    for subject in NAMES:
        cell = (f"construct/{subject}", "seconds")
        yield Comparison("Construction, initialization included", NAMES[subject], cell, cell, 50)
    for network, batch in BATCHES.items():
        single, half = (f"train/{network}/float32", "seconds"), (f"train/{network}/bfloat16", "seconds")
        label = f"{NAMES[network]}, batch {batch}"
        yield Comparison("Training step with Adam", f"{label}: f32", single, single, 1.5)
        yield Comparison("Training step with Adam", f"{label}: bf16 against f32", half, single, 4, ("escnn",))
        yield Comparison("Training step with Adam", f"{label}: bf16 against bf16", half, half, 1.3, ("escnn",))
    for network in BATCHES:
        single, half = f"exported/{network}/float32", f"exported/{network}/bfloat16"
        for quantity, count in (("one", 1), ("batch", 64)):
            label = f"{NAMES[network]}, batch {count}"
            section = "Inference, exported networks"
            yield Comparison(section, f"{label}: f32", (single, quantity), (single, quantity), 1.5)
            yield Comparison(section, f"{label}: bf16 against f32", (half, quantity), (single, quantity), 4)
            yield Comparison(section, f"{label}: bf16 against bf16", (half, quantity), (half, quantity), None, ("escnn",))
    for network in BATCHES:
        for quantity, count in (("one", 1), ("batch", 64)):
            cell = (f"forward/{network}/float32", quantity)
            yield Comparison(
                "Inference, steerable networks in evaluation mode", f"{NAMES[network]}, batch {count}: f32", cell, cell, None)
    for network, batch in BATCHES.items():
        label = f"{NAMES[network]}, batch {batch}"
        cell = (f"peak-memory/{network}", "allocated")
        yield Comparison("Peak memory of training", f"{label}: allocator", cell, cell, 1.25, ("escnn",))
        cell = (f"train/{network}/float32", "resident")
        yield Comparison("Peak memory of training", f"{label}: process", cell, cell, 1.25, ("escnn",))


def value(run, quantity):
    found = run.get(quantity)
    return statistics.median(found) if isinstance(found, list) else found


def values(runs, cell, side):
    """The value of each round, None where the side failed."""
    name, quantity = cell
    return {run["round"]: value(run, quantity) for run in runs if run["cell"] == name and run["side"] == side}


def compared(runs, comparison):
    """Medians of each side and the ratio of each round, theirs by ours; nil without ours."""
    ours = {round: v for round, v in values(runs, comparison.ours, "ours").items() if v}
    if not ours:
        return None
    theirs = {side: values(runs, comparison.theirs, side) for side in comparison.peers}
    ratios = []
    for round, mine in ours.items():
        best = [found[round] for found in theirs.values() if found.get(round)]
        if best:
            ratios.append(min(best) / mine)
    medians = {side: statistics.median(known) if (known := [v for v in found.values() if v]) else None
               for side, found in theirs.items()}
    failed = {side for side, found in theirs.items() if found and not any(found.values())}
    return {"ours": statistics.median(ours.values()), "theirs": medians, "ratios": ratios, "failed": failed}


def exponent(values, results):
    """The slope of a line through the logarithms of the last points, where what does not grow no longer shows."""
    points = [(math.log(x), math.log(y)) for x, y in zip(values, results)][-3:]
    mean_x, mean_y = (statistics.mean(axis) for axis in zip(*points))
    return (sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points))


def curves(runs):
    found = {}
    for run in runs:
        for point in run.get("points", []):
            curve = found.setdefault(point["quantity"], {})
            curve[point["value"]] = (statistics.median(point["seconds"]), point["allocated"] / 1e6)
    result = []
    for quantity, curve in found.items():
        values = sorted(curve)
        seconds, megabytes = ([curve[v][index] for v in values] for index in (0, 1))
        result.append({"quantity": quantity, "values": values, "seconds": seconds, "megabytes": megabytes})
    return result


def summary(runs):
    """What the picture shows."""
    ratios = []
    for comparison in comparisons():
        found = compared(runs, comparison)
        if found and found["ratios"] and comparison.target:
            prefix = {"Construction, initialization included": "construction, ", "Training step with Adam": "training step, ",
                      "Inference, exported networks": "exported, ", "Peak memory of training": "memory, "}
            ratios.append({"label": prefix.get(comparison.section, "") + comparison.label,
                           "ratio": statistics.median(found["ratios"]), "target": comparison.target})
    return {"ratios": ratios, "curves": curves(runs)}


def number(x):
    """Three significant digits."""
    if x is None:
        return ""
    if x >= 100:
        return f"{x:.0f}"
    return f"{x:.{max(0, 2 - math.floor(math.log10(x)))}f}" if x > 0 else "0"


def shortly(result):
    """A result in one line."""
    parts = [f"{name} {number(value(result, name))}" for name in
             ("constructed", "forward", "step", "seconds", "plain", "one", "batch") if name in result]
    if "allocated" in result:
        parts.append(f"allocated {result['allocated'] / 1e6:.0f} MB")
    return ", ".join(parts)


def text(content):
    """The results as Markdown."""
    runs, about = content["runs"], content.get("about")
    lines = []
    if about:
        versions = about["versions"]
        lines += [
            f"{about['date']}, {about['processor']}, {about['threads']} thread(s) on {about['pinned']}; {about['system']}.",
            f"{about['swift']}, LibTorch {versions['torch']}, commit {about['commit']}; Python {versions['python']}, "
            f"escnn {versions['escnn']}, e2cnn {versions['e2cnn']}, NumPy {versions['numpy']}.", "",
        ]
    section, is_open = None, False
    for comparison in comparisons():
        found = compared(runs, comparison)
        if not found:
            continue
        if comparison.section != section:
            section = comparison.section
            unit = "GB" if "memory" in section else "seconds"
            lines += ["" if is_open else None, f"### {section}", "",
                      f"| {unit}, medians | ours | escnn | e2cnn | ratio | range | rounds | target |",
                      "|---|---|---|---|---|---|---|---|"]
            is_open = True
        scale = 1e-9 if "memory" in section else 1
        ratios = found["ratios"]
        cells = [comparison.label, number(found["ours"] * scale)]
        for side in PEERS:
            median = found["theirs"].get(side)
            cells.append("fails" if side in found["failed"] else number(median * scale) if median else "")
        met = ratios and comparison.target and statistics.median(ratios) >= comparison.target
        target = "" if not comparison.target else f"≥ {comparison.target:g}×{'' if met or not ratios else ', missed'}"
        cells += [f"**{number(statistics.median(ratios))}×**" if ratios else "",
                  f"{number(min(ratios))} to {number(max(ratios))}" if len(ratios) > 1 else "", str(len(ratios)), target]
        lines.append("| " + " | ".join(cells) + " |")
    lines += overhead(runs) + scale_table(runs)
    return "\n".join(line for line in lines if line is not None)


def overhead(runs):
    lines = []
    for network, batch in BATCHES.items():
        found = [run for run in runs if run["cell"] == f"overhead/{network}/float32" and "plain" in run]
        if not found:
            continue
        extra = [statistics.median(a / b for a, b in zip(run["seconds"], run["plain"])) - 1 for run in found]
        times = [statistics.median(value(run, name) for run in found) for name in ("seconds", "plain")]
        lines.append(
            f"| {NAMES[network]}, batch {batch} | {number(times[0])} | {number(times[1])} | "
            f"**{100 * statistics.median(extra):+.1f} %** | {100 * min(extra):+.1f} to {100 * max(extra):+.1f} % | "
            f"{len(extra)} | ≤ 3 %{'' if statistics.median(extra) <= 0.03 else ', missed'} |")
    if not lines:
        return []
    return ["", "### Training step of steerable layers against plain ones of equal widths, in one process", "",
            "| seconds, medians | steerable | plain | overhead | range | rounds | target |", "|---|---|---|---|---|---|---|",
            *lines]


def scale_table(runs):
    found = curves(runs)
    if not found:
        return []
    lines = ["", "### Growth of a layer's training step", "",
             "One convolution C8 16→16 regular, k5, 32², batch 8, with the gradient of its input; one quantity grows. Exponents",
             "are fitted to the last three points.", "",
             "| quantity | values | seconds | exponent | MB | exponent |", "|---|---|---|---|---|---|"]
    for curve in found:
        lines.append("| " + " | ".join([
            curve["quantity"], ", ".join(map(str, curve["values"])),
            ", ".join(map(number, curve["seconds"])), f"{exponent(curve['values'], curve['seconds']):.2f}",
            ", ".join(map(number, curve["megabytes"])), f"{exponent(curve['values'], curve['megabytes']):.2f}"]) + " |")
    return lines


def insert(content, document, picture):
    """Puts the picture, if there is one, and the tables between the marks of a document."""
    document = Path(document)
    whole = document.read_text()
    if BEGIN not in whole or END not in whole:
        raise SystemExit(f"bench: {document} lacks the lines {BEGIN} and {END}, between which the tables belong")
    before, rest = whole.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    shown = ""
    if picture.exists():
        shown = f"![Ratios beside targets; a layer's time and memory as it grows]({os.path.relpath(picture, document.parent)})\n\n"
    document.write_text(f"{before}{BEGIN}\n\n{shown}{text(content)}\n\n{END}{after}")
