#!/usr/bin/env python3
"""Runs the benchmark of this library beside escnn and e2cnn and writes its tables.

Every measurement is a process of its own. All sides take turns, round after round, so that what else the machine does
falls on all of them; ratios are taken within a round. Each result is saved at once: after an interruption, or with a
longer limit, --resume goes on with what is missing.

    make bench
    make bench BENCH="--only construct --repetitions 3"
    make bench BENCH="--resume --minutes 60"
    make bench BENCH="--render"
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import bench_report
from peer.machine import processor

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEER = HERE / "peer" / "originals.py"
OURS = HERE / ".build" / "release" / "SteerableBenchmark"
PYTHON = ROOT / ".cache" / "goldens" / "bin" / "python"

ALL = ("ours", "escnn", "e2cnn")
LAYERS = ("c8-24-48-k5", "d8-16-32-k7", "so2-irreps-k5", "d16-6-16-k5")
NETWORKS = ("c8-mnist", "c8-lenet", "d16-lenet", "wrn10-4-d4", "wrn16-8-stl-d8d4d1")
# The batches of the networks that are trained.
TRAINED = {"c8-mnist": 64, "c8-lenet": 50, "wrn10-4-d4": 8}


class Cell:
    """A measurement and the sides that it is made of; `rounds` limits how often it is worth repeating."""

    def __init__(self, name, arguments, sides=ALL, rounds=None):
        self.name, self.arguments, self.sides, self.rounds = name, arguments, sides, rounds


def cells():
    """All measurements, in the order of a round."""
    yield Cell("start/c8-mnist", ["start", "c8-mnist"])
    for network, batch in TRAINED.items():
        sized = [network, "--batch", str(batch)]
        yield Cell(f"train/{network}/float32", ["train", *sized])
        yield Cell(f"train/{network}/bfloat16", ["train", *sized, "--precision", "bfloat16"], ("ours", "escnn"))
        yield Cell(f"overhead/{network}/float32", ["overhead", *sized], ("ours",))
    for network in TRAINED:
        yield Cell(f"exported/{network}/float32", ["exported", network])
        yield Cell(f"exported/{network}/bfloat16", ["exported", network, "--precision", "bfloat16"], ("ours", "escnn"))
        yield Cell(f"forward/{network}/float32", ["forward", network])
    for subject in LAYERS + NETWORKS[:-1]:
        yield Cell(f"construct/{subject}", ["construct", subject])
    for network, batch in TRAINED.items():
        yield Cell(f"peak-memory/{network}", ["peak-memory", network, "--batch", str(batch)], ("ours", "escnn"), rounds=1)
    yield Cell("scale", ["scale"], ("ours",), rounds=1)
    # The peers need minutes for the largest network; once is enough to see by how much.
    yield Cell(f"construct/{NETWORKS[-1]}", ["construct", NETWORKS[-1]], rounds=1)


def command(side, arguments, options):
    threads = ["--threads", str(options.threads)]
    if side == "ours":
        return [str(options.ours), *arguments, "--configurations", str(ROOT / "Configs"), *threads]
    return [str(options.python), str(PEER), *arguments, "--library", side, *threads]


def measure(line, threads, timeout):
    """What a process printed, when its events came, and the most memory that it had."""
    environment = dict(
        os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads), PYTHONDONTWRITEBYTECODE="1")
    with tempfile.TemporaryFile("w+") as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        result, points = {}, []
        watch = threading.Timer(timeout, process.kill)
        watch.start()
        try:
            for text in process.stdout:
                content = json.loads(text)
                if "event" in content:
                    result[content["event"]] = [time.perf_counter() - begin]
                elif "quantity" in content:
                    points.append(content)
                else:
                    result.update(content)
        except BaseException:
            process.kill()
            raise
        finally:
            watch.cancel()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            if time.perf_counter() - begin >= timeout:
                return {"error": f"gave up after {timeout:g} s"}
            errors.seek(0)
            lines = [text.strip() for text in errors.read().splitlines() if text.strip()]
            return {"error": lines[-1][:300] if lines else f"exit status {process.returncode}"}
        if points:
            result["points"] = points
        # Linux counts in KiB, macOS in bytes.
        result["resident"] = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return result


class Results:
    """The file of all results; every addition is saved."""

    def __init__(self, path, resume):
        self.path = Path(path)
        self.content = {"runs": []}
        if resume and self.path.exists():
            try:
                self.content = json.loads(self.path.read_text())
            except ValueError as error:
                sys.exit(f"bench: {path} cannot be read ({error}); run without --resume")
        self.known = {(run["cell"], run["side"], run["round"]) for run in self.content["runs"]}

    def add(self, cell, side, round, result):
        self.content["runs"].append({"cell": cell, "side": side, "round": round, **result})
        self.known.add((cell, side, round))
        self.save()

    def save(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        partial.write_text(json.dumps(self.content, indent=1) + "\n")
        partial.replace(self.path)


def pin(threads, cores):
    """Keeps this process and all that it starts on as many cores as there are threads; tells which."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned"
    allowed = sorted(os.sched_getaffinity(0))
    chosen = [int(core) for core in cores.split(",")] if cores else allowed[:threads]
    if not set(chosen) <= set(allowed):
        sys.exit(f"bench: cores {cores} are not all among those that there are: {', '.join(map(str, allowed))}")
    os.sched_setaffinity(0, chosen)
    return "cores " + ", ".join(map(str, chosen))


def output_of(line):
    try:
        return subprocess.run(line, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def check(options):
    """One message for whatever is missing; returns the versions of the peers."""
    if not Path(options.ours).exists():
        sys.exit(f"bench: {options.ours} is not built; `make bench` builds it")
    missing = "Tools/setup-goldens.sh installs escnn and e2cnn (Python 3.11 or older, and a network, are needed)"
    if not Path(options.python).exists():
        sys.exit(f"bench: there is no Python with escnn and e2cnn at {options.python}; {missing}")
    found = subprocess.run([options.python, str(PEER), "versions"], capture_output=True, text=True)
    if found.returncode != 0:
        reason = (found.stderr.strip().splitlines() or ["it failed"])[-1]
        sys.exit(f"bench: {options.python} lacks a package ({reason}); {missing}")
    return json.loads(found.stdout)


def check_equal_networks(runs):
    """The sides must have as many parameters; anything else would compare different networks."""
    counts = {}
    for run in runs:
        if "parameters" in run:
            subject = run["cell"].split("/")[1]
            counts.setdefault(subject, {}).setdefault(run["parameters"], run["side"])
    for subject, sides in counts.items():
        if len(sides) > 1:
            told = ", ".join(f"{side} {count}" for count, side in sides.items())
            sys.exit(f"bench: the networks {subject} have different numbers of parameters: {told}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="measure only what begins with one of these, such as construct,train/c8-mnist")
    parser.add_argument("--sides", default="ours,escnn,e2cnn")
    parser.add_argument("--repetitions", type=int, default=5, help="rounds")
    parser.add_argument("--minutes", type=float, default=24, help="no measurement begins later")
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which a process is given up")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cores", default="", help="the cores to run on, such as 0,1; else the first ones")
    parser.add_argument("--resume", action="store_true", help="keep the results that the file has")
    parser.add_argument("--render", action="store_true", help="measure nothing, write tables and picture again")
    parser.add_argument("--ours", default=OURS, help="the built SteerableBenchmark")
    parser.add_argument("--python", default=PYTHON, help="a Python with escnn and e2cnn")
    parser.add_argument("--output", default=ROOT / "runs" / "bench.json")
    parser.add_argument("--document", default=ROOT / "Docs" / "benchmarks.md", help="the file with the tables")
    parser.add_argument("--picture", default=ROOT / "Docs" / "images" / "benchmarks.png")
    options = parser.parse_args()

    results = Results(options.output, options.resume or options.render)
    if not options.render:
        run(options, results)
    check_equal_networks(results.content["runs"])
    results.content["summary"] = bench_report.summary(results.content["runs"])
    results.save()
    print(bench_report.text(results.content))
    document = Path(options.document)
    if not document.exists():
        return
    if any(results.content["summary"].values()):
        Path(options.picture).parent.mkdir(parents=True, exist_ok=True)
        drawn = subprocess.run(
            [str(options.ours), "plot", str(options.output), "--output", str(options.picture)], capture_output=True, text=True)
        if drawn.returncode != 0:
            sys.exit(f"bench: {options.picture} could not be drawn: {drawn.stderr.strip()}")
    bench_report.insert(results.content, document, Path(options.picture))
    print(f"\nbench: {document} is written; all numbers are in {options.output}")


def run(options, results):
    versions = check(options)
    sides = options.sides.split(",")
    only = [part for part in options.only.split(",") if part]
    chosen = [cell for cell in cells() if not only or any(cell.name.startswith(part) for part in only)]
    if not chosen:
        names = ", ".join(sorted({cell.name.split("/")[0] for cell in cells()}))
        sys.exit(f"bench: nothing begins with {options.only}; there are {names}")
    results.content["about"] = {
        "date": datetime.date.today().isoformat(), "processor": processor(), "system": f"{platform.system()} on {platform.machine()}",
        "threads": options.threads, "pinned": pin(options.threads, options.cores), "versions": versions,
        "swift": (output_of(["swift", "--version"]).splitlines() or [""])[0],
        "commit": output_of(["git", "rev-parse", "--short", "HEAD"]), "minutes": options.minutes,
        "repetitions": options.repetitions,
    }
    deadline = time.monotonic() + 60 * options.minutes
    try:
        for round in range(options.repetitions):
            for cell in chosen:
                # Who begins changes from round to round.
                for side in cell.sides if round % 2 == 0 else reversed(cell.sides):
                    if side not in sides or cell.rounds is not None and round >= cell.rounds:
                        continue
                    if (cell.name, side, round) in results.known:
                        continue
                    if time.monotonic() > deadline:
                        print(f"bench: {options.minutes:g} minutes are over in round {round + 1}", file=sys.stderr)
                        return
                    begin = time.monotonic()
                    result = measure(command(side, cell.arguments, options), options.threads, options.timeout)
                    results.add(cell.name, side, round, result)
                    told = result.get("error") or bench_report.shortly(result)
                    print(f"{round + 1}. {cell.name:32} {side:6} {time.monotonic() - begin:6.1f} s   {told}",
                          file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("bench: interrupted; --resume goes on", file=sys.stderr)


if __name__ == "__main__":
    main()
