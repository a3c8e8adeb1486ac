# Sourced by setup.sh and setup-python.sh, which need the same wheel: LibTorch lies in it, and Python installs it.

TORCH_VERSION=2.13.0
# Where PyTorch publishes its wheels for the CPU, for machines whose own index does not have them.
PYTORCH_CPU_INDEX=https://download.pytorch.org/whl/cpu

has_pip() { command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1; }

# What a wheel must fit: the interpreter that python3 is now.
interpreter() { python3 -c 'import sys, sysconfig; print(sys.implementation.cache_tag, sysconfig.get_platform())'; }

# One attempt more and short timeouts: without a network the answer comes in seconds, not minutes.
pip_quickly() {
  local verb=$1; shift
  python3 -m pip "$verb" --quiet --disable-pip-version-check --retries 1 --timeout 20 "$@"
}

# fetch_torch_wheel FOLDER LOG: a wheel for this interpreter is in FOLDER, downloaded if it was not.
# The official index is asked only where the usual one answers that it has no wheel of that name.
fetch_torch_wheel() {
  local folder=$1 log=$2
  mkdir -p "$folder"
  pip_quickly download --no-deps --no-index --find-links "$folder" --dest "$folder" "torch==$TORCH_VERSION+cpu" \
    >"$log" 2>&1 && return 0
  printf 'setup: downloading PyTorch %s for the CPU (about 190 MB)\n' "$TORCH_VERSION" >&2
  pip_quickly download --no-deps --dest "$folder" "torch==$TORCH_VERSION+cpu" >"$log" 2>&1 && return 0
  grep -qE 'Retrying \(|NewConnectionError|ConnectTimeout|Temporary failure in name resolution' "$log" && return 1
  pip_quickly download --no-deps --dest "$folder" --index-url "$PYTORCH_CPU_INDEX" "torch==$TORCH_VERSION+cpu" \
    >"$log" 2>&1
}
