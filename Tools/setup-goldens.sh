#!/usr/bin/env bash
# An environment with e2cnn and escnn, pinned, in .cache/goldens: what Tools/make-network-goldens.py runs in and `make bench`
# compares with.
# Exit status 0 with a message where the packages cannot be had: the goldens in the repository stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
target=.cache/goldens
[ -e "$target/complete" ] && exit 0
skip() { echo "setup-goldens: $1; the goldens stay as they are" >&2; exit 0; }
command -v python3 >/dev/null || skip "there is no python3"
rm -rf "$target"
python3 -m venv "$target" 2>/dev/null || skip "python3 makes no virtual environments (python3-venv)"
get() { "$target/bin/python" -m pip install --quiet --disable-pip-version-check "$@" 2>>.cache/goldens.log; }
mkdir -p .cache/wheels
# e2cnn needs a NumPy that still has np.float; SciPy and the rest are the last ones that go with it.
get numpy==1.23.5 scipy==1.10.1 sympy joblib==1.6.0 autograd==1.6.2 requests || skip "NumPy 1.23.5 cannot be installed (Python 3.11 or older)"
get --find-links .cache/wheels torch==2.13.0+cpu || get torch==2.13.0 || skip "PyTorch cannot be installed"
# Their own lists ask for packages that these networks do not use and that need compilers.
get --no-deps e2cnn==0.2.3 escnn==1.0.11 lie_learn==0.0.2 pymanopt==2.2.1 || skip "e2cnn or escnn cannot be installed"
# PyTorch takes masks of truth values only; e2cnn still makes one of bytes.
basis=$("$target/bin/python" -c 'import importlib.util as u; print(u.find_spec("e2cnn").submodule_search_locations[0])')/nn/modules/r2_conv/basisexpansion_singleblock.py
sed -i.orig -e 's/mask\.astype(np\.uint8)/mask.astype(bool)/' -e 's/norms\.to(torch\.uint8)/norms.to(torch.bool)/' "$basis"
touch "$target/complete"
