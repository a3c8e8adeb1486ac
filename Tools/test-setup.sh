#!/usr/bin/env bash
# Tests Tools/setup.sh, Tools/setup-python.sh and `make demo` on machines made of stubs: programs that say what we want.
# Nothing is downloaded or installed. Prints every expectation that fails; exit status 1 on any.
set -uo pipefail
tools=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
count=0

# --- A machine ------------------------------------------------------------------------------------------------------
# machine NAME: a checkout with the scripts, and a PATH with ordinary commands and stubs that all work.
machine() {
  name=$1
  here=$(mktemp -d "$scratch/machine-XXXX")
  bin=$here/bin
  mkdir -p "$bin" "$here/checkout/Tools"
  cp "$tools"/setup.sh "$tools"/setup-python.sh "$tools"/torch-wheel.sh \
    "$tools"/python-requirements.txt "$here/checkout/Tools/"
  local command
  for command in awk bash cat dirname grep head id mkdir mktemp mv paste rm sed tail touch; do
    ln -s "$(command -v "$command")" "$bin/$command"
  done
  stub swift 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"'
  stub git ''
  stub pkg-config ''
  stub id 'echo 1000'
  stub python3 'case "$*" in *--version*) ;; *) echo "pip: no network" >&2; exit 1 ;; esac'
}

# stub COMMAND BODY: replaces a command; its calls are recorded.
stub() {
  rm -f "$bin/$1"
  printf '#!%s\necho "%s $*" >>"%s/calls"\n%s\n' "$(command -v bash)" "$1" "$here" "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}

lacking() { rm -f "$bin/$1"; }

# libtorch FOLDER VERSION: what setup.sh takes for a LibTorch.
libtorch() {
  mkdir -p "$1/lib" "$1/include/ATen" "$1/include/torch/headeronly"
  touch "$1/lib/libtorch_cpu.so" "$1/include/ATen/ATen.h"
  local part=(${2//./ })
  printf '#define TORCH_VERSION_MAJOR %s\n#define TORCH_VERSION_MINOR %s\n#define TORCH_VERSION_PATCH %s\n' "${part[@]}" \
    >"$1/include/torch/headeronly/version.h"
}

# run SCRIPT [VARIABLE=VALUE]: leaves status, and output with what was printed.
run() {
  local script=$1; shift
  : >"$here/calls"
  output=$(cd "$here" && env -i PATH="$bin" "$@" bash "checkout/Tools/$script" 2>&1)
  status=$?
}

fails() { echo "$name: $1; status $status, output:" >&2; sed 's/^/    /' <<<"$output" >&2; failures=$((failures + 1)); }
expect_status() { count=$((count + 1)); [ "$status" = "$1" ] || fails "expected status $1"; }
expect() { count=$((count + 1)); grep -qF -- "$1" <<<"$output" || fails "expected \"$1\""; }
expect_not() { count=$((count + 1)); ! grep -qF -- "$1" <<<"$output" || fails "did not expect \"$1\""; }
expect_calls() { count=$((count + 1)); [ "$(grep -c "$2" "$here/calls")" = "$1" ] || fails "expected $1 calls of $2"; }
expect_prefix() {
  count=$((count + 1))
  grep -qx "prefix=$1" "$here/checkout/.libtorch/pkgconfig/libtorch.pc" || fails "expected the prefix $1"
}
expect_silence() { count=$((count + 1)); [ -z "$output" ] || fails "expected no output"; }

# --- setup.sh -------------------------------------------------------------------------------------------------------
machine "a LibTorch given is remembered"
libtorch "$here/mine" 2.13.0
run setup.sh LIBTORCH="$here/mine"
expect_status 0; expect "LibTorch 2.13.0 in $here/mine"; expect_prefix "$here/mine"
run setup.sh
expect_status 0; expect_silence; expect_prefix "$here/mine"; expect_calls 0 'python3.*download'

machine "a LibTorch that went away is named"
libtorch "$here/mine" 2.13.1
run setup.sh LIBTORCH="$here/mine"
rm -rf "$here/mine"
run setup.sh
expect_status 1; expect "$here/mine, used so far, holds no LibTorch any more"; expect "pip could not fetch"

machine "LibTorch of another version"
libtorch "$here/old" 2.9.1
run setup.sh LIBTORCH="$here/old"
expect_status 1; expect "LibTorch 2.13: $here/old holds 2.9.1"

machine "LIBTORCH without a LibTorch"
mkdir "$here/none"
run setup.sh LIBTORCH="$here/none"
expect_status 1; expect "LIBTORCH=$here/none holds none"

machine "everything missing, in one message"
lacking swift; lacking git
stub pkg-config 'exit 1'
lacking python3
run setup.sh
expect_status 1
expect "Swift 6.3 or newer"; expect "git"; expect "libcairo2-dev"; expect "libpng-dev"; expect "zlib1g-dev"; expect "install python3 and python3-pip"
expect "LIBTORCH=/path"; expect_calls 0 apt-get

machine "old Swift"
stub swift 'echo "Swift version 5.10.1 (swift-5.10.1-RELEASE)"'
libtorch "$here/checkout/.libtorch" 2.13.0
run setup.sh
expect_status 1; expect "5.10 is on the PATH"; expect_not "LibTorch"

machine "newer Swift"
stub swift 'echo "Apple Swift version 7.0 (swiftlang-7.0)"'
libtorch "$here/checkout/.libtorch" 2.13.0
run setup.sh
expect_status 0

machine "no network: one attempt, one message"
stub python3 'case "$*" in
  *--version*) ;;
  *--no-index*) exit 1 ;;
  *) echo "WARNING: Retrying (Retry(total=0)) after connection broken by NewConnectionError" >&2; exit 1 ;;
esac'
run setup.sh
expect_status 1; expect "pip could not fetch torch==2.13.0+cpu"; expect "LIBTORCH=/path"
expect_calls 2 'python3.*download'; expect_calls 0 'index-url'

machine "the name is not offered: the official index is asked"
stub python3 'case "$*" in
  *--version*) ;;
  *) echo "ERROR: No matching distribution found for torch==2.13.0+cpu" >&2; exit 1 ;;
esac'
run setup.sh
expect_status 1; expect_calls 1 'index-url https://download.pytorch.org/whl/cpu torch==2.13.0+cpu'

machine "nothing large is fetched before the rest is there"
lacking swift
run setup.sh
expect_status 1; expect "Swift 6.3"; expect_calls 0 'python3.*download'

machine "root without packages"
stub id 'echo 0'
stub pkg-config 'exit 1'
stub apt-get 'echo "E: Unable to locate package" >&2; exit 100'
libtorch "$here/checkout/.libtorch" 2.13.0
run setup.sh
expect_status 1; expect "installing"; expect "apt-get failed"; expect "system packages: "; expect_calls 1 'apt-get update'

# --- setup-python.sh ------------------------------------------------------------------------------------------------
machine "Python: once for each interpreter"
stub python3 'case "$*" in
  "-c "*) cat "$0.version" ;;
esac'
echo "cpython-311 linux-x86_64" >"$bin/python3.version"
run setup-python.sh
expect_status 0; expect "installing PyTorch"; expect_calls 1 'pip install.*torch==2.13.0+cpu --requirement'
run setup-python.sh
expect_status 0; expect_silence; expect_calls 0 'pip'
echo "cpython-313 linux-x86_64" >"$bin/python3.version"
run setup-python.sh
expect_status 0; expect_calls 1 'pip install'

machine "Python: a failure leaves nothing that looks complete"
stub python3 'case "$*" in "-c "*) echo cpython-311 ;; *--version*) ;; *) exit 1 ;; esac'
run setup-python.sh
expect_status 0; expect "will be skipped"
count=$((count + 1)); [ ! -e "$here/checkout/.cache/python" ] || fails "the folder was left"

machine "no Python"
lacking python3
run setup-python.sh
expect_status 0; expect "there is no python3"

# --- make demo ------------------------------------------------------------------------------------------------------
machine "make demo: no work twice"
ln -s "$(command -v make)" "$bin/make"
for command in chmod env; do ln -s "$(command -v "$command")" "$bin/$command"; done
cp "$tools/../Makefile" "$here/checkout/"
mkdir -p "$here/checkout/Configs/demo" "$here/checkout/.build/release"
touch "$here/checkout/Configs/demo/c8.yaml"
printf '#!/bin/bash\n' >"$here/checkout/Tools/setup.sh"
# A build that makes the command where it is absent; the command leaves a report, newer than itself.
stub swift '[ -e .build/release/steerable ] || {
  printf "#!/bin/bash\nmkdir -p runs/demo; echo training; touch -d \"5 seconds ago\" runs/demo/report.html\n" >.build/release/steerable
  chmod +x .build/release/steerable; touch -d "10 seconds ago" .build/release/steerable; }'
touch -d "10 seconds ago" "$here/checkout/Configs/demo/c8.yaml"
make_demo() { output=$(cd "$here/checkout" && env -i PATH="$bin" make demo "$@" 2>&1); status=$?; }
make_demo
expect_status 0; expect "training"; expect "The report is in runs/demo/report.html"
make_demo
expect_status 0; expect_not "training"; expect "The report is in runs/demo/report.html"
make_demo FORCE=1
expect_status 0; expect "training"
touch "$here/checkout/Configs/demo/c8.yaml"
make_demo
expect_status 0; expect "training"

[ "$failures" = 0 ] || { echo "$failures of $count expectations of the set-up failed" >&2; exit 1; }
