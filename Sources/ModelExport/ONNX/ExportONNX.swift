public import Foundation
internal import Interchange
public import Layers
public import OrderedCollections
internal import SwiftProtobuf
public import Tensors

/// Writes a layer in evaluation mode as an ONNX file, which onnxruntime and other engines run; see ``ONNX``.
///
/// **Shapes**: `sampleShape` is the input's without the number of samples, such as `[C, H, W]`.
///
/// **Throws**: `ExportError` that names the layer which cannot be expressed, `InterchangeError` when the file cannot be
/// written; nothing is left behind.
///
/// **Traps**: when the layer does not take inputs of that shape.
public func exportONNX(
  _ layer: Layer, sampleShape: Shape, metadata: OrderedDictionary<String, String> = [:], to url: URL
) throws {
  let model = try ONNX.model(of: layer, sampleShape: sampleShape, metadata: metadata)
  // Protobuf counts bytes in 31 bits; larger networks keep their weights in files of their own.
  let size = model.graph.initializer.reduce(0) { $0 + $1.rawData.count }
  guard size < 0x7F00_0000 else {
    throw ExportError(
      path: "", layer: "\(type(of: layer))", reason: "its tensors take \(size) bytes; an ONNX file holds 2 GiB at most")
  }
  let bytes: [UInt8] = try model.serializedBytes()
  try AtomicFile.write(bytes, to: url)
}
