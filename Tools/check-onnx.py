#!/usr/bin/env python3
"""Runs ONNX files with onnxruntime and compares them with the outputs that were recorded beside them.

    PYTHONPATH=.cache/python python3 Tools/check-onnx.py FOLDER [--tolerance 1e-5] [--json]
    PYTHONPATH=.cache/python python3 Tools/check-onnx.py MODEL.onnx MODEL.pt

A folder holds NAME.onnx with NAME.input.npy and NAME.output.npy for every network. Two files are an export of one
network to ONNX and to TorchScript, compared on random inputs. Every file must pass ONNX's checker with full shape
inference, and one sample alone must give what it gives within a batch, since the number of samples is open. Differences
are relative to the largest output, at least 1. The exit status is 1 when any is above the tolerance.
"""
import argparse
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime


def difference(found, wanted):
    if found.shape != wanted.shape:
        return float("inf")
    scale = max(1.0, float(numpy.abs(wanted).max(initial=0)))
    return float(numpy.abs(found.astype("float64") - wanted.astype("float64")).max(initial=0)) / scale


def run(path, images):
    """The outputs for a batch and for its first sample alone, and the version of the operators."""
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (together,) = session.run(["output"], {"input": images})
    (alone,) = session.run(["output"], {"input": images[:1]})
    return together, alone, model.opset_import[0].version


def report(name, together, alone, wanted, opset):
    return {
        "name": name, "opset": opset, "shape": list(together.shape), "difference": difference(together, wanted),
        "alone": difference(alone, together[:1]),
    }


def folder_reports(folder):
    for path in sorted(folder.glob("*.onnx")):
        images = numpy.load(path.with_suffix(".input.npy"))
        together, alone, opset = run(path, images)
        yield report(path.stem, together, alone, numpy.load(path.with_suffix(".output.npy")), opset)


def pair_report(onnx_path, script_path):
    import torch

    shape = [d.dim_value for d in onnx.load(onnx_path).graph.input[0].type.tensor_type.shape.dim]
    images = numpy.random.default_rng(0).standard_normal([8] + shape[1:]).astype("float32")
    together, alone, opset = run(onnx_path, images)
    with torch.no_grad():
        wanted = torch.jit.load(str(script_path))(torch.from_numpy(images)).numpy()
    return report(onnx_path.name, together, alone, wanted, opset)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=pathlib.Path, metavar="PATH")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if len(options.paths) == 2:
        reports = [pair_report(*options.paths)]
    elif len(options.paths) == 1 and options.paths[0].is_dir():
        reports = list(folder_reports(options.paths[0]))
    else:
        parser.error("give one folder, or an ONNX and a TorchScript file")
    if not reports:
        parser.error(f"no ONNX files in {options.paths[0]}")
    if options.json:
        print(json.dumps(reports))
    else:
        print(f"onnxruntime {onnxruntime.__version__}, opset {reports[0]['opset']}")
        for r in reports:
            print(f"{r['name']:40} {str(r['shape']):20} difference {r['difference']:.1e}  alone {r['alone']:.1e}")
    if any(max(r["difference"], r["alone"]) > options.tolerance for r in reports):
        sys.exit(1)


main()
