#!/usr/bin/env bash
# Prepares a machine to build swift-steerable: system packages, LibTorch, and the pkg-config file that names it.
# Every step looks before it acts, so running this twice does no work twice.
#
#   LIBTORCH=/path   use this LibTorch (a folder with lib/ and include/) instead of downloading one
set -euo pipefail
cd "$(dirname "$0")/.."

TORCH_VERSION=2.13.0
PYTORCH_CPU_INDEX=https://download.pytorch.org/whl/cpu
root=$PWD
home=$root/.libtorch

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
say() { printf 'setup: %s\n' "$*" >&2; }

# --- 1. Tools that nothing here can install -------------------------------------------------------------------------
command -v swift >/dev/null || fail "Swift 6.3 is not on the PATH; install it from https://www.swift.org/install and run this again"

# --- 2. System packages ---------------------------------------------------------------------------------------------
# pkg-config module (or command) and the Debian package that brings it.
missing=()
command -v pkg-config >/dev/null || missing+=(pkg-config)
for pair in cairo:libcairo2-dev zlib:zlib1g-dev; do
  pkg-config --exists "${pair%%:*}" 2>/dev/null || missing+=("${pair##*:}")
done
[ -e /usr/include/gif_lib.h ] || missing+=(libgif-dev)
if [ ${#missing[@]} -gt 0 ]; then
  hint="install these packages and run this again: ${missing[*]}  (Debian, Ubuntu: apt-get install ${missing[*]})"
  command -v apt-get >/dev/null || fail "$hint"
  [ "$(id -u)" = 0 ] || fail "$hint"
  say "installing ${missing[*]}"
  log=$(mktemp)
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1 || { tail -n 5 "$log" >&2; fail "apt-get failed; $hint"; }
  rm -f "$log"
fi

# --- 3. LibTorch ----------------------------------------------------------------------------------------------------
complete() { [ -e "$1/lib/libtorch_cpu.so" ] && [ -e "$1/include/ATen/ATen.h" ]; }

if [ -n "${LIBTORCH:-}" ]; then
  complete "$LIBTORCH" || fail "LIBTORCH=$LIBTORCH holds no LibTorch: lib/libtorch_cpu.so and include/ATen/ATen.h are expected below it"
  torch=$(cd "$LIBTORCH" && pwd)
elif complete "$home"; then
  torch=$home
else
  command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 \
    || fail "LibTorch $TORCH_VERSION is fetched with pip: install python3 and python3-pip, or set LIBTORCH=/path/to/libtorch"
  mkdir -p "$root/.cache/wheels"
  wheel() { find "$root/.cache/wheels" -name "torch-$TORCH_VERSION*.whl" -print -quit; }
  if [ -z "$(wheel)" ]; then
    say "downloading LibTorch $TORCH_VERSION (about 190 MB)"
    get() { python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$root/.cache/wheels" "$@"; }
    get "torch==$TORCH_VERSION+cpu" 2>/dev/null \
      || get --index-url "$PYTORCH_CPU_INDEX" "torch==$TORCH_VERSION" \
      || fail "pip could not fetch torch==$TORCH_VERSION+cpu: check the network, or set LIBTORCH=/path/to/libtorch"
  fi
  say "unpacking LibTorch into .libtorch/"
  python3 - "$(wheel)" "$home" <<'PY'
import os, shutil, sys, zipfile
wheel, home = sys.argv[1:]
part = home + ".part"
shutil.rmtree(part, ignore_errors=True)
with zipfile.ZipFile(wheel) as archive:
    for info in archive.infolist():
        for kept in ("torch/lib/", "torch/include/"):
            if info.filename.startswith(kept) and not info.is_dir():
                # Python's own bindings are of no use here.
                if "libtorch_python" in info.filename:
                    continue
                target = os.path.join(part, info.filename[len("torch/"):])
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with archive.open(info) as source, open(target, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
shutil.rmtree(home, ignore_errors=True)
os.rename(part, home)
PY
  torch=$home
fi

# --- 4. pkg-config file ---------------------------------------------------------------------------------------------
# CUDA builds of LibTorch add two libraries that the linker must not drop.
cuda=""
[ -e "$torch/lib/libtorch_cuda.so" ] && cuda="-ltorch_cuda -lc10_cuda"
mkdir -p "$home/pkgconfig"
pc=$(cat <<PC
prefix=$torch
Name: libtorch
Description: LibTorch, the C++ library of PyTorch
Version: $TORCH_VERSION
Cflags: -I\${prefix}/include -I\${prefix}/include/torch/csrc/api/include
Libs: -L\${prefix}/lib -ltorch -ltorch_cpu -lc10 $cuda
PC
)
file=$home/pkgconfig/libtorch.pc
if [ ! -e "$file" ] || [ "$(cat "$file")" != "$pc" ]; then
  printf '%s\n' "$pc" >"$file.part" && mv "$file.part" "$file"
fi
