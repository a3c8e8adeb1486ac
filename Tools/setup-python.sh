#!/usr/bin/env bash
# Python with PyTorch and onnxruntime, for the tests that load our exports where users will: unpacked into .cache/python
# in the versions of Tools/python-requirements.txt, nothing is installed system-wide. Without network or pip those tests
# skip themselves and say so.
set -euo pipefail
cd "$(dirname "$0")/.."
target=.cache/python
requirements=Tools/python-requirements.txt
cmp -s "$requirements" "$target/complete" && exit 0
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || {
  echo "setup: no python3 with pip: the tests that compare with Python will be skipped" >&2; exit 0; }
mkdir -p .cache/wheels
rm -rf "$target"
# The wheel that LibTorch came from, where Tools/setup.sh got one, serves Python too.
wheel=$(find .cache/wheels -name 'torch-*.whl' -print -quit)
wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
grep -v '^torch' "$requirements" >"$wanted"
[ -n "$wheel" ] && echo "$wheel" >>"$wanted" || grep '^torch' "$requirements" >>"$wanted"
echo "setup: installing PyTorch and onnxruntime for the cross-checks into $target" >&2
python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --find-links .cache/wheels \
  --target "$target" --requirement "$wanted" 2>.cache/python.log && cp "$requirements" "$target/complete" || {
  tail -n 3 .cache/python.log >&2
  echo "setup: they could not be installed: the tests that compare with Python will be skipped" >&2; }
