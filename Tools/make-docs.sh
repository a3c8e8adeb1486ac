#!/usr/bin/env bash
# Builds the documentation of all libraries into .build/docs, with DocC from the Swift toolchain. Any warning, such as a
# link to a name that does not exist, is an error; only a list of parameters may leave out those that need no word. It reads the modules that `swift build -c release` made, so that neither
# this package nor its users depend on a plugin, and nothing is compiled again.
set -euo pipefail
cd "$(dirname "$0")/.."

modules=.build/release/Modules
docs=.build/docs
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

docc=$(command -v docc || true)
[ -n "$docc" ] || docc="$(dirname "$(readlink -f "$(command -v swift)")")/docc"
[ -x "$docc" ] || { echo "make docs: docc is not in the toolchain on the PATH" >&2; exit 1; }
[ -e "$modules/Steerable.swiftmodule" ] || { echo "make docs: run make build first" >&2; exit 1; }
cairo=$(pkg-config --cflags-only-I cairo)
target=$(swift -print-target-info | sed -nE 's/^ *"triple" *: *"([^"]+)".*/\1/p' | head -n 1)

# archive MODULE [CATALOG] [REEXPORTED]: the pages of one module; the umbrella's hold those of what it re-exports.
archive() {
  local module=$1 catalog=${2:-} reexported=${3:-}
  mkdir -p "$scratch/$module"
  swift symbolgraph-extract -module-name "$module" -target "$target" -I "$modules" -I .build/release/CTorchShim.build \
    -I Sources/CLibTorch -I Sources/CZlib -I Sources/CCairo -I Sources/CGif -I Sources/CPng $cairo \
    -I .build/checkouts/Yams/Sources/CYaml/include -minimum-access-level public -skip-synthesized-members \
    ${reexported:+-experimental-allowed-reexported-modules="$reexported"} -output-dir "$scratch/$module" || return 1
  "$docc" convert ${catalog:+"$catalog"} --additional-symbol-graph-dir "$scratch/$module" \
    --diagnostics-file "$scratch/$module.json" --fallback-display-name "$module" \
    --fallback-bundle-identifier "swift-steerable.$module" \
    --output-path "$scratch/$module.doccarchive" >"$scratch/$module.log" 2>&1 || { cat "$scratch/$module.log" >&2; return 1; }
  python3 - "$scratch/$module.json" <<'PY'
import json, sys, urllib.parse
bad = 0
for problem in json.load(open(sys.argv[1]))["diagnostics"]:
    summary = problem["summary"]
    if summary.startswith("Parameter ") and summary.endswith(" is missing documentation"):
        continue
    place = urllib.parse.unquote(problem.get("source", "").removeprefix("file://"))
    line = problem.get("range", {}).get("start", {}).get("line", 0)
    print(f"{place}:{line}: {summary}", file=sys.stderr)
    bad = 1
sys.exit(bad)
PY
}

umbrella=$(sed -nE 's/^@_exported public import ([A-Za-z]+).*/\1/p' Sources/Steerable/Steerable.swift | paste -sd ,)
failed=0
archive Steerable Sources/Steerable/Steerable.docc "$umbrella" || failed=1
# The other products; what the umbrella re-exports is in its archive.
for module in $(sed -nE 's/^ *\.library\(name: "([A-Za-z]+)".*/\1/p' Package.swift); do
  case ",Steerable,$umbrella," in *",$module,"*) ;; *) archive "$module" || failed=1 ;; esac
done
[ "$failed" = 0 ] || exit 1
rm -rf "$docs"
"$docc" merge "$scratch"/*.doccarchive --output-path "$docs"
echo "documentation: $docs (serve this folder, e.g. with python3 -m http.server -d $docs, and open /documentation)"
