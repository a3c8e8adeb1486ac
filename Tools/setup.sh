#!/usr/bin/env bash
# Prepares a machine to build swift-steerable: system packages, LibTorch, and the pkg-config file that names it.
# Every step looks before it acts, so running this twice does no work twice. Whatever is missing and cannot be got here
# is told in one message at the end.
#
#   LIBTORCH=/path   use this LibTorch (a folder with lib/ and include/) instead of downloading one; remembered
set -euo pipefail
cd "$(dirname "$0")/.."
source Tools/torch-wheel.sh

root=$PWD
home=$root/.libtorch
file=$home/pkgconfig/libtorch.pc
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf 'setup: %s\n' "$*" >&2; }
problems=()
lacks() { problems+=("$*"); }
give_up_if_lacking() {
  [ ${#problems[@]} -gt 0 ] || return 0
  say "this machine lacks what follows; install or set it and run this again"
  printf '  - %s\n' "${problems[@]}" >&2
  exit 1
}

# --- 1. Tools that nothing here can install -------------------------------------------------------------------------
if command -v swift >/dev/null; then
  swift=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  awk -F. -v v="${swift:-0.0}" 'BEGIN { split(v, a); exit !(a[1] > 6 || (a[1] == 6 && a[2] >= 3)) }' \
    || lacks "Swift 6.3 or newer; ${swift:-an unknown version} is on the PATH: https://www.swift.org/install"
else
  lacks "Swift 6.3 or newer: https://www.swift.org/install"
fi

# --- 2. System packages ---------------------------------------------------------------------------------------------
# Commands, and pkg-config modules with the Debian package that brings them.
missing_packages() {
  command -v git >/dev/null || echo git
  command -v pkg-config >/dev/null || echo pkg-config
  local pair folder
  for pair in cairo:libcairo2-dev libpng:libpng-dev zlib:zlib1g-dev; do
    pkg-config --exists "${pair%%:*}" 2>/dev/null || echo "${pair##*:}"
  done
  for folder in /usr/include /usr/local/include /opt/homebrew/include; do
    [ ! -e "$folder/gif_lib.h" ] || return 0
  done
  echo libgif-dev
}
packages=$(missing_packages | paste -sd ' ')
if [ -n "$packages" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  say "installing $packages"
  # shellcheck disable=SC2086
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages; } \
    >"$log" 2>&1 || { tail -n 3 "$log" >&2; say "apt-get failed"; }
  packages=$(missing_packages | paste -sd ' ')
fi
[ -z "$packages" ] || lacks "system packages: $packages (Debian, Ubuntu: apt-get install $packages, as root)"

# --- 3. LibTorch ----------------------------------------------------------------------------------------------------
complete() { [ -e "$1/lib/libtorch_cpu.so" -o -e "$1/lib/libtorch_cpu.dylib" ] && [ -e "$1/include/ATen/ATen.h" ]; }

# The version that the headers in folder $1 tell, as 2.13.0.
version() {
  local header
  for header in torch/headeronly/version.h torch/csrc/api/include/torch/version.h; do
    [ -e "$1/include/$header" ] || continue
    sed -nE 's/^#define TORCH_VERSION_(MAJOR|MINOR|PATCH) ([0-9]+).*/\2/p' "$1/include/$header" | paste -sd .
    return
  done
}

remembered=$(sed -nE 's/^prefix=(.*)/\1/p' "$file" 2>/dev/null || true)
torch=""
if [ -n "${LIBTORCH:-}" ]; then
  if complete "$LIBTORCH"; then
    torch=$(cd "$LIBTORCH" && pwd)
  else
    lacks "LibTorch: LIBTORCH=$LIBTORCH holds none (lib/libtorch_cpu.so and include/ATen/ATen.h are expected below it)"
  fi
elif [ -n "$remembered" ] && complete "$remembered"; then
  torch=$remembered
elif complete "$home"; then
  torch=$home
fi
if [ -z "$torch" ] && [ -z "${LIBTORCH:-}" ]; then
  [ -z "$remembered" ] || [ "$remembered" = "$home" ] || say "$remembered, used so far, holds no LibTorch any more"
  cure="or set LIBTORCH=/path to a LibTorch $TORCH_VERSION (https://pytorch.org, C++)"
  if ! has_pip; then
    lacks "LibTorch $TORCH_VERSION: it is fetched with pip; install python3 and python3-pip, $cure"
  elif [ ${#problems[@]} -gt 0 ]; then
    # Nothing large is downloaded before the rest is there.
    give_up_if_lacking
  elif fetch_torch_wheel "$root/.cache/wheels" "$log"; then
    say "unpacking LibTorch into .libtorch/"
    python3 - "$root/.cache/wheels" "$TORCH_VERSION" "$home" <<'PY'
import glob, os, shutil, sys, zipfile
wheels, version, home = sys.argv[1:]
newest = max(glob.glob(os.path.join(wheels, "torch-%s*.whl" % version)), key=os.path.getmtime)
part = home + ".part"
shutil.rmtree(part, ignore_errors=True)
with zipfile.ZipFile(newest) as archive:
    for info in archive.infolist():
        for kept in ("torch/lib/", "torch/include/"):
            # Python's own bindings are of no use here.
            if info.filename.startswith(kept) and not info.is_dir() and "libtorch_python" not in info.filename:
                target = os.path.join(part, info.filename[len("torch/"):])
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with archive.open(info) as source, open(target, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
shutil.rmtree(home, ignore_errors=True)
os.rename(part, home)
PY
    torch=$home
  else
    tail -n 2 "$log" >&2
    lacks "LibTorch $TORCH_VERSION: pip could not fetch torch==$TORCH_VERSION+cpu; check the network (or pip's index), $cure"
  fi
fi
if [ -n "$torch" ]; then
  found=$(version "$torch")
  case $found in
    "${TORCH_VERSION%.*}".*) ;;
    *) lacks "LibTorch ${TORCH_VERSION%.*}: $torch holds ${found:-a LibTorch that does not tell its version}; set LIBTORCH to another" ;;
  esac
fi
give_up_if_lacking

# --- 4. pkg-config file ---------------------------------------------------------------------------------------------
# CUDA builds of LibTorch add two libraries that the linker must not drop.
cuda=""
[ ! -e "$torch/lib/libtorch_cuda.so" ] || cuda=" -ltorch_cuda -lc10_cuda"
pc=$(cat <<PC
prefix=$torch
Name: libtorch
Description: LibTorch, the C++ library of PyTorch
Version: $found
Cflags: -I\${prefix}/include -I\${prefix}/include/torch/csrc/api/include
Libs: -L\${prefix}/lib -ltorch -ltorch_cpu -lc10$cuda
PC
)
if [ ! -e "$file" ] || [ "$(cat "$file")" != "$pc" ]; then
  mkdir -p "$home/pkgconfig"
  printf '%s\n' "$pc" >"$file.part" && mv "$file.part" "$file"
  say "LibTorch $found in $torch"
fi
