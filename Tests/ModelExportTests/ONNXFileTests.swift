import Foundation
import Interchange
import Layers
import ModelExport
import OrderedCollections
import SwiftProtobuf
import Tensors
import Testing

/// What stands in an ONNX file, read back with the generated code.
@Suite struct ONNXFileTests {
  static func network(_ rng: inout Generator) -> Sequential {
    let net = Sequential(
      Conv2D(from: 1, to: 4, kernelSize: 3, padding: 1, paddingMode: .circular, rng: &rng), BatchNorm2D(4),
      Activation(.elu(0.5)), Residual(Conv2D(from: 4, to: 4, kernelSize: 3, padding: 1, hasBias: false, rng: &rng)),
      MaxOverChannelGroups(sizes: [1, 3]), Flatten(), Linear(from: 2 * 36, to: 3, rng: &rng))
    net.eval()
    return net
  }

  static func read(_ layer: Layer, _ shape: Shape, metadata: OrderedDictionary<String, String> = [:]) throws
    -> ONNXModelProto
  {
    try withFolder { folder in
      let url = folder.appending(path: "model.onnx")
      try exportONNX(layer, sampleShape: shape, metadata: metadata, to: url)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
      return try ONNXModelProto(serializedBytes: [UInt8](Data(contentsOf: url)))
    }
  }

  @Test func header() throws {
    var rng = Generator(seed: 1)
    let model = try Self.read(
      Self.network(&rng), [1, 6, 6], metadata: ["classes": "[\"a\", \"b\", \"c\"]", "config": "name: x\n"])
    #expect(model.irVersion == ONNX.formatVersion)
    #expect(model.producerName == "swift-steerable")
    #expect(model.opsetImport.map(\.version) == [18])
    #expect(model.opsetImport.map(\.domain) == [""])
    #expect(model.metadataProps.map(\.key) == ["classes", "config"])
    #expect(model.metadataProps.map(\.value) == ["[\"a\", \"b\", \"c\"]", "name: x\n"])
    #expect(model.unknownFields.data.isEmpty)
  }

  @Test func samplesStayOpen() throws {
    var rng = Generator(seed: 1)
    let graph = try Self.read(Self.network(&rng), [1, 6, 6]).graph
    #expect(graph.input.map(\.name) == ["input"] && graph.output.map(\.name) == ["output"])
    func shape(_ info: ONNXValueInfoProto) -> [String] {
      info.type.tensorType.shape.dim.map { $0.dimParam.isEmpty ? "\($0.dimValue)" : $0.dimParam }
    }
    #expect(shape(graph.input[0]) == ["N", "1", "6", "6"])
    #expect(shape(graph.output[0]) == ["N", "3"])
    #expect(graph.input[0].type.tensorType.elemType == Int32(ONNXTensorProto.DataType.float.rawValue))
  }

  @Test func tensorsHaveTheNamesOfTheStateDict() throws {
    var rng = Generator(seed: 1)
    let net = Self.network(&rng)
    let graph = try Self.read(net, [1, 6, 6]).graph
    let stored = Dictionary(uniqueKeysWithValues: graph.initializer.map { ($0.name, $0) })
    for (key, tensor) in net.stateDict().entries where key != "1.num_batches_tracked" {
      let found = try #require(stored[key], "\(key)")
      #expect(found.dims == tensor.shape.map(Int64.init))
      #expect(found.rawData == tensor.withContiguousBytes { Data($0) })
    }
    let used = Set(graph.node.flatMap(\.input))
    for name in stored.keys { #expect(used.contains(name), "\(name) is never used") }
    let operators = Set(graph.node.map(\.opType))
    #expect(operators.isSuperset(of: ["Conv", "BatchNormalization", "Elu", "Add", "ReduceMax", "Gemm"]))
    #expect(graph.node.contains { $0.name == "3.body/Conv" && $0.docString == "Conv2D" })
  }

  /// Every value is made once and before it is used.
  @Test(arguments: LayerCase.all)
  func graphsAreInOrder(_ example: LayerCase) throws {
    var rng = Generator(seed: 2)
    let layer = example.trained(&rng)
    let graph = try ONNX.model(of: layer, sampleShape: example.shape).graph
    var known: Set<String> = ["", "input"]
    for tensor in graph.initializer { #expect(known.insert(tensor.name).inserted, "\(tensor.name)") }
    for node in graph.node {
      for input in node.input { #expect(known.contains(input), "\(node.name) reads \(input)") }
      for output in node.output { #expect(known.insert(output).inserted, "\(output)") }
    }
    #expect(known.contains("output"))
    let shape = graph.output[0].type.tensorType.shape.dim.map { Int($0.dimValue) }
    #expect(shape.dropFirst() == Array(layer.outputShape(for: Shape([1] + example.shape))).dropFirst())
  }

  @Test func anInputThatIsTheOutput() throws {
    let graph = try Self.read(Sequential(Identity(), Flatten()), [3]).graph
    #expect(graph.node.map(\.opType) == ["Identity"])
  }

  @Test func twoTensorsOfOneName() throws {
    final class Twins: Layer {
      let input = Parameter(Tensor.ones([2]))
      override func callAsFunction(_ x: Tensor) -> Tensor { x * input.value + 1 }
      override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
        let first = graph.tensor(self.input, named: "input")
        let second = graph.tensor(Tensor.ones([2]), named: "input")
        return graph.add(.combine(graph.add(.combine(input, .multiply, first)), .add, second))
      }
    }
    let graph = try Self.read(Twins(), [2]).graph
    #expect(graph.initializer.count == 2)
    #expect(Set(graph.initializer.map(\.name)).count == 2)
    #expect(!graph.initializer.map(\.name).contains("input"))
  }

  @Test func aLayerThatIsUsedTwiceIsStoredOnce() throws {
    final class Twice: Layer {
      let layer: Linear
      init(_ layer: Linear) { self.layer = layer }
      override func callAsFunction(_ x: Tensor) -> Tensor { layer(layer(x)) }
      override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
        let once = graph.emit(layer, named: "layer", input: input)
        return graph.emit(layer, named: "layer", input: once)
      }
    }
    var rng = Generator(seed: 3)
    let graph = try Self.read(Twice(Linear(from: 3, to: 3, rng: &rng)), [3]).graph
    #expect(graph.initializer.map(\.name) == ["layer.weight", "layer.bias"])
    #expect(graph.node.map(\.opType) == ["Gemm", "Gemm"])
  }

  // MARK: - Errors

  final class Opaque: Layer {
    override func callAsFunction(_ x: Tensor) -> Tensor { x }
  }

  @Test func layersThatCannotBeWrittenAreNamed() throws {
    let net = Sequential(Activation(.relu), Residual(Sequential(Opaque())))
    let error = #expect(throws: ExportError.self) { try Self.read(net, [3]) }
    #expect(error?.path == "1.body.0")
    #expect(
      error?.description
        == "Opaque at \"1.body.0\": emit(into:input:) is not overridden, so this layer cannot be exported")
    #expect(throws: ExportError.self) { try torchScript(of: net) }
  }

  @Test func whatONNXCannotExpressIsNamed() throws {
    let net = Sequential(Activation(.relu), Flatten(from: 0))
    let error = #expect(throws: ExportError.self) { try ONNX.model(of: net, sampleShape: [3]) }
    #expect(
      error?.description
        == "Flatten at \"1\": an ONNX file keeps the number of samples open, so samples cannot be joined")
    let mixed = Sequential(Multiply(Tensor.ones([3])), Multiply(Tensor.ones([3], dtype: .float64)))
    let types = #expect(throws: ExportError.self) { try ONNX.model(of: mixed, sampleShape: [3]) }
    #expect(types?.description.contains("1.factor") == true && types?.description.contains("float64") == true)
  }

  @Test func foldersThatDoNotExist() throws {
    let error = #expect(throws: InterchangeError.self) {
      try exportONNX(Activation(.relu), sampleShape: [3], to: URL(filePath: "/nowhere/model.onnx"))
    }
    #expect(error?.path == "/nowhere/model.onnx")
  }
}
