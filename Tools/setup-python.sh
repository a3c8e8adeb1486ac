#!/usr/bin/env bash
# Python with PyTorch and onnxruntime, for the tests that load our exports where users will: unpacked into .cache/python
# in the versions of Tools/python-requirements.txt, nothing is installed system-wide. Without network or pip those tests
# skip themselves and say so.
set -euo pipefail
cd "$(dirname "$0")/.."
source Tools/torch-wheel.sh

target=.cache/python
requirements=Tools/python-requirements.txt
skip() { printf 'setup: %s: the tests that compare with Python will be skipped\n' "$*" >&2; exit 0; }

command -v python3 >/dev/null || { rm -f "$target/complete"; skip "there is no python3"; }
# Compiled packages fit one interpreter, so the mark of completeness names it beside the versions.
mark=$(cat "$requirements"; interpreter)
[ "$(cat "$target/complete" 2>/dev/null || true)" != "$mark" ] || exit 0
rm -f "$target/complete"
has_pip || skip "python3 has no pip"
rm -rf "$target"
mkdir -p "$target"
printf 'setup: installing PyTorch and onnxruntime for the cross-checks into %s\n' "$target" >&2
# PyTorch comes as the wheel that LibTorch is in; pip would prefer a larger one for accelerators.
others=$(mktemp)
trap 'rm -f "$others"' EXIT
grep -v '^torch' "$requirements" >"$others" || true
if fetch_torch_wheel .cache/wheels .cache/python.log \
  && pip_quickly install --no-warn-script-location --find-links .cache/wheels --target "$target" \
    "torch==$TORCH_VERSION+cpu" --requirement "$others" >.cache/python.log 2>&1; then
  printf '%s\n' "$mark" >"$target/complete"
else
  tail -n 3 .cache/python.log >&2
  rm -rf "$target"
  skip "they could not be installed"
fi
