#!/usr/bin/env bash
# Checks the rules of ARCHITECTURE.md that can be read off the sources. Prints every violation; exit status 1 on any.
set -uo pipefail
cd "$(dirname "$0")/.."
bad=0
report() { echo "$1" >&2; bad=1; }

# The level of each module; an import must go to a strictly lower level.
levels="
0 CLibTorch CCairo CGif CPng CZlib
1 CTorchShim Symmetry Homogenization
2 Tensors SteerableKernels
3 Layers Interchange
4 Optimizers EquivariantLayers ModelExport PartialEquivariance
5 Datasets Visualization WeightExchange
6 Training
7 Steerable EquivarianceTesting
8 Experiments
9 SteerableCommand
"
level() { awk -v m="$1" '{ for (i = 2; i <= NF; i++) if ($i == m) print $1 }' <<<"$levels"; }

while IFS=: read -r file line text; do
  module=$(sed -E 's/.*import +([A-Za-z]+ +)?([A-Za-z0-9_]+).*/\2/' <<<"$text")
  target=$(cut -d/ -f2 <<<"$file")
  theirs=$(level "$module"); ours=$(level "$target")
  [ -n "$theirs" ] || continue
  [ -n "$ours" ] || { report "$file: target $target has no level in Tools/check-architecture.sh"; continue; }
  [ "$theirs" -lt "$ours" ] || report "$file:$line: $target (level $ours) imports $module (level $theirs), which is not below it"
  [ "$module" != CTorchShim ] || [ "$target" = Tensors ] || report "$file:$line: only Tensors may import CTorchShim"
done < <(grep -rnE '^ *(@[_a-zA-Z]+ )?(public |internal |package |private )?import ' Sources --include='*.swift')

# Errors: nothing in a library ends the process or prints without saying what was wrong.
while read -r hit; do report "error policy: $hit"; done < <(
  grep -rnE 'try!|fatalError\("[^"\\]*"\)|(^|[^.A-Za-z])print\(' Sources --include='*.swift' | grep -vE 'Sources/SteerableCommand/|///')

# Long files are questions to answer.
while read -r count file; do
  [ "$count" -le 450 ] || report "$file: $count lines; a concept a file, at most 450"
done < <(find Sources -name '*.swift' ! -name '*.pb.swift' -exec wc -l {} + | awk '$2 != "total" { print $1, $2 }')

# Every public layer states its symmetry.
while read -r file; do
  grep -q '\*\*Symmetry\*\*' "$file" || report "$file: a public equivariant module without a **Symmetry** line"
done < <(grep -rlE '^(public|open) final class [A-Za-z0-9]+: .*(EquivariantModule|Layer)\b|^(public|open) class [A-Za-z0-9]+: .*(EquivariantModule|Layer)\b' Sources/EquivariantLayers)

# swift-format's findings, where the tool is there.
if swift format --version >/dev/null 2>&1; then
  findings=$(swift format lint --strict --parallel --recursive Sources Tests Package.swift 2>&1 | head -20)
  [ -z "$findings" ] || report "$findings"
fi
exit $bad
