package import Foundation

/// onnxruntime as `Tools/check-onnx.py` drives it.
package enum ONNXRuntime {
  /// How well onnxruntime's output for one file agrees with what was recorded beside it.
  package struct Report: Decodable {
    package let name: String
    package let opset: Int
    /// The largest difference, relative to the largest output (at least 1).
    package let difference: Double
    /// The same for one sample alone against that sample in a batch.
    package let alone: Double
  }

  /// Runs every `NAME.onnx` of a folder on `NAME.input.npy` and compares with `NAME.output.npy`.
  package static func reports(of folder: URL) throws -> [Report] { try reports([folder]) }

  /// Compares an ONNX file with a TorchScript file of the same network on random images.
  package static func report(of onnx: URL, and script: URL) throws -> Report? { try reports([onnx, script]).first }

  private static func reports(_ paths: [URL]) throws -> [Report] {
    let script = try String(contentsOf: Checkout.root.appending(path: "Tools/check-onnx.py"), encoding: .utf8)
    return try Python.run(script, paths.map(\.path) + ["--json"])
  }
}
