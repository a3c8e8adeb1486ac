package import Layers
package import OrderedCollections
internal import SwiftProtobuf
package import Tensors

/// ONNX, the format of networks that most inference engines read.
///
/// A file holds one graph with its weights inside:
///
/// - `input`, `[N, sample shape]`, and `output`; N, the number of samples, stays open and all other sizes are fixed;
/// - initializers with the names of the state dict (`3.weight`), and nodes named after their layer (`3/Conv`);
/// - what the caller says about the network in `metadata_props`.
public enum ONNX {
  /// The version of ONNX's operators that files use.
  ///
  /// 18 is the first one that resizes single axes, so that the number of samples stays open.
  public static let operatorSet = 18
  /// The version of the file format that goes with it.
  public static let formatVersion = 8

  /// The file's contents for a layer in evaluation mode.
  ///
  /// **Shapes**: `sampleShape` is the input's without the number of samples, such as `[C, H, W]`.
  ///
  /// **Throws**: `ExportError` that names the layer which cannot be expressed.
  ///
  /// **Traps**: when the layer does not take inputs of that shape.
  package static func model(
    of layer: Layer, sampleShape: Shape, metadata: OrderedDictionary<String, String> = [:]
  ) throws -> ONNXModelProto {
    let wanted = layer.outputShape(for: Shape([1] + sampleShape))
    var printer = try ONNXPrinter(ExportGraph(of: layer), sampleShape: Array(sampleShape))
    let graph = try printer.makeGraph()
    let found = printer.outputShape.dropFirst()
    guard Array(found) == Array(wanted.dropFirst()) else {
      throw ExportError(
        path: "", layer: "\(type(of: layer))",
        reason: "its ONNX graph gives samples of shape \(Array(found)), the layer itself \(Array(wanted.dropFirst()))")
    }
    return ONNXModelProto.with {
      $0.irVersion = Int64(formatVersion)
      $0.producerName = "swift-steerable"
      $0.docString = "A network in evaluation mode; state dict names, \(layer.parameterCount) trained numbers."
      $0.opsetImport = [.with { $0.version = Int64(operatorSet) }]
      $0.metadataProps = metadata.map { key, value in
        .with {
          $0.key = key
          $0.value = value
        }
      }
      $0.graph = graph
    }
  }
}
