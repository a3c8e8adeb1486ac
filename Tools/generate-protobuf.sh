#!/usr/bin/env bash
# Makes the Swift code of Tools/protobuf/onnx.proto anew, with the plugin of the swift-protobuf version that the package
# uses. Needs protoc (Debian: protobuf-compiler); run `swift package resolve` before, if nothing was built yet.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v protoc >/dev/null || { echo "generate-protobuf: no protoc; install protobuf-compiler" >&2; exit 1; }
source=.build/checkouts/swift-protobuf
[ -d "$source" ] || { echo "generate-protobuf: no $source; run swift package resolve" >&2; exit 1; }
scratch=$PWD/.cache/protobuf
swift build --package-path "$source" --scratch-path "$scratch" --product protoc-gen-swift
protoc --proto_path=Tools/protobuf --plugin="$scratch/debug/protoc-gen-swift" \
  --swift_opt=Visibility=Package --swift_opt=UseAccessLevelOnImports=true \
  --swift_out=Sources/ModelExport/ONNX/Protobuf onnx.proto
