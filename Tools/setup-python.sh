#!/usr/bin/env bash
# Python with PyTorch, for the tests that load our exports where users will: unpacked into .cache/python, nothing is
# installed system-wide. Without network or pip those tests skip themselves and say so.
set -euo pipefail
cd "$(dirname "$0")/.."
target=.cache/python
[ -e "$target/complete" ] && exit 0
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || {
  echo "setup: no python3 with pip: the tests that compare with Python will be skipped" >&2; exit 0; }
mkdir -p .cache/wheels
rm -rf "$target"
wheel=$(find .cache/wheels -name 'torch-*.whl' -print -quit)
echo "setup: installing PyTorch for the cross-checks into $target" >&2
python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --find-links .cache/wheels \
  --target "$target" "${wheel:-torch}" numpy 2>.cache/python.log && touch "$target/complete" || {
  tail -n 3 .cache/python.log >&2
  echo "setup: PyTorch could not be installed: the tests that compare with Python will be skipped" >&2; }
