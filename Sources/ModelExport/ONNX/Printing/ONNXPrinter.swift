internal import Layers
internal import OrderedCollections
internal import SwiftProtobuf
internal import Tensors

/// Prints a graph as an ONNX graph; where ONNX lacks an operation, several nodes compute it.
struct ONNXPrinter {
  private let source: ExportGraph
  private let sampleShape: [Int]
  /// The type of the network's values.
  let dtype: DType
  /// ONNX's code of that type.
  let type: ONNXTensorProto.DataType

  private var graph = ONNXGraphProto()
  private var names = ONNXNames()
  private var stored: [String: ONNXValue] = [:]
  private var results: [ONNXValue] = []
  /// The node that is being printed; errors and names refer to its layer.
  private var current: ExportGraph.Node?
  /// The shape of the output, once the graph is printed.
  private(set) var outputShape: [Int] = []

  init(_ source: ExportGraph, sampleShape: [Int]) {
    self.source = source
    self.sampleShape = sampleShape
    dtype = source.tensors.values.first { $0.value.dtype.isFloatingPoint }?.value.dtype ?? .float32
    type = ONNXTensorProto.DataType(dtype) ?? .float
  }

  /// Prints the whole graph.
  mutating func makeGraph() throws(ExportError) -> ONNXGraphProto {
    graph.name = "network"
    for (name, tensor) in source.tensors { try store(tensor.value, as: name) }
    for node in source.nodes {
      current = node
      results.append(try translate(node.operation))
    }
    let input = value(.input) as ONNXValue
    let result = value(source.output) as ONNXValue
    let output = ONNXValue(name: "output", type: result.type, shape: result.shape)
    if graph.node.contains(where: { $0.output.contains(result.name) }) {
      rename(result.name, to: output.name)
    } else {
      graph.node.append(node("Identity", named: names.unique("Identity"), inputs: [result.name], output: output.name))
    }
    graph.input = [info(input)]
    graph.output = [info(output)]
    outputShape = output.shape
    return graph
  }

  private mutating func translate(_ operation: ExportGraph.Operation) throws(ExportError) -> ONNXValue {
    switch operation {
    case .convolution(let x, let weight, let bias, let stride, let padding, let dilation, let groups):
      try convolution(
        value(x), value(weight), value(bias), stride: stride, padding: padding, dilation: dilation, groups: groups)
    case .transposedConvolution(
      let x, let weight, let bias, let stride, let padding, let outputPadding, let dilation, let groups):
      try transposedConvolution(
        value(x), value(weight), value(bias), stride: stride, padding: padding, outputPadding: outputPadding,
        dilation: dilation, groups: groups)
    case .depthwiseConvolution(let x, let kernel, let stride, let padding):
      try depthwiseConvolution(value(x), value(kernel), stride: stride, padding: padding)
    case .linear(let x, let weight, let bias): try linear(value(x), value(weight), value(bias))
    case .pad(let x, let amounts, let mode): try pad(value(x), amounts, mode)

    case .batchNorm(let x, let mean, let variance, let weight, let bias, let epsilon):
      try batchNorm(value(x), value(mean), value(variance), value(weight), value(bias), epsilon)
    case .layerNorm(let x, let sizes, let weight, let bias, let epsilon):
      try layerNorm(value(x), sizes, value(weight), value(bias), epsilon)
    case .groupNorm(let x, let groups, let weight, let bias, let epsilon):
      try groupNorm(value(x), groups, value(weight), value(bias), epsilon)
    case .instanceNorm(let x, let weight, let bias, let epsilon):
      try instanceNorm(value(x), value(weight), value(bias), epsilon)

    case .apply(let function, let x): try apply(function, value(x))
    case .combine(let a, let combination, let b): try combine(value(a), combination, value(b))
    case .clamp(let x, let minimum, let maximum): try clamp(value(x), minimum, maximum)
    case .softmax(let x, let axis): try elementwise("Softmax", value(x), ["axis": .integer(axis)])
    case .logSoftmax(let x, let axis): try elementwise("LogSoftmax", value(x), ["axis": .integer(axis)])
    case .reduce(let x, let reduction, let axes, let keepsAxes):
      try reduce(value(x), reduction, axes: axes, keepsAxes: keepsAxes)

    case .maxPool(let x, let size, let stride, let padding, let dilation, let roundsUp):
      try maxPool(
        value(x), Windows(size: size, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
    case .avgPool(let x, let size, let stride, let padding, let roundsUp, let countsPadding):
      try avgPool(
        value(x), Windows(size: size, stride: stride, padding: padding, dilation: [1, 1], roundsUp: roundsUp),
        countsPadding: countsPadding)
    case .adaptiveMaxPool(let x, let size): try adaptiveMaxPool(value(x), size)
    case .adaptiveAvgPool(let x, let size): try adaptiveAvgPool(value(x), size)
    case .resize(let x, let target, let mode, let alignsCorners):
      try resize(value(x), target, mode, alignsCorners: alignsCorners)

    case .gather(let x, let axis, let indices): try gather(value(x), axis: axis, value(indices))
    case .maxPoolPositions(let x, let size, let stride, let padding, let dilation, let roundsUp):
      try maxPoolPositions(
        value(x), Windows(size: size, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
    case .gatherPixels(let x, let positions): try gatherPixels(value(x), at: value(positions))
    case .rowOfMaximum(let x, let axis, let table): try rowOfMaximum(value(x), axis: axis, value(table))
    case .concatenate(let values, let axis):
      try concatenate(values.map { value($0) }, axis: axis)
    case .reshape(let x, let sample): try reshape(value(x), to: [ONNXValue.samples] + sample)
    case .flatten(let x, let start, let end): try flatten(value(x), from: start, through: end)
    case .unflatten(let x, let axis, let sizes): try unflatten(value(x), axis: axis, sizes)
    }
  }
}

// MARK: - What the parts of the printer are made of

extension ONNXPrinter {
  /// Adds a node with one result of the given shape and, unless another is given, the type of its first input.
  mutating func add(
    _ operation: String, _ inputs: [ONNXValue?], _ attributes: KeyValuePairs<String, ONNXAttribute> = [:],
    type: ONNXTensorProto.DataType? = nil, shape: [Int]
  ) -> ONNXValue {
    let name = names.unique(localName(operation))
    // Absent inputs at the end are left out, others are an empty name.
    var inputs = inputs
    while inputs.last == .some(nil) { inputs.removeLast() }
    var node = node(operation, named: name, inputs: inputs.map { $0?.name ?? "" }, output: name)
    node.attribute = attributes.map { $0.value.encoded($0.key) }
    graph.node.append(node)
    let value = ONNXValue(name: name, type: type ?? inputs.first??.type ?? self.type, shape: shape)
    graph.valueInfo.append(info(value))
    return value
  }

  /// Adds a second result, of integers, to the node that was added last.
  mutating func addSecondResult(_ role: String, shape: [Int]) -> ONNXValue {
    let value = ONNXValue(name: names.unique(localName(role)), type: .int64, shape: shape)
    graph.node[graph.node.count - 1].output.append(value.name)
    graph.valueInfo.append(info(value))
    return value
  }

  /// Adds a table of integers, such as a shape.
  mutating func integers(_ values: [Int], _ role: String) -> ONNXValue {
    constant(Tensor(values, shape: [values.count]), role)
  }

  /// Adds a number of the type of the network's values.
  mutating func number(_ value: Double, _ role: String = "number") -> ONNXValue {
    constant(Tensor.full([], value, dtype: dtype), role)
  }

  /// Adds numbers of the type of the network's values.
  mutating func numbers(_ values: [Double], shape: Shape, _ role: String) -> ONNXValue {
    constant(Tensor(values, shape: shape).to(dtype), role)
  }

  /// The error that the present layer cannot be expressed.
  func refusal(_ reason: String) -> ExportError {
    ExportError(path: current?.path ?? "", layer: current?.layer ?? "network", reason: reason)
  }

  /// A place among axes, counted from the start.
  func place(_ axis: Int, among count: Int) throws(ExportError) -> Int {
    let place = axis < 0 ? axis + count : axis
    guard (0..<count).contains(place) else { throw refusal("there is no axis \(axis) among \(count)") }
    return place
  }

  private mutating func value(_ value: ExportGraph.Value?) -> ONNXValue? {
    guard let value else { return nil }
    return self.value(value) as ONNXValue
  }

  private mutating func value(_ value: ExportGraph.Value) -> ONNXValue {
    switch value {
    case .input: ONNXValue(name: "input", type: type, shape: [ONNXValue.samples] + sampleShape)
    case .result(let index): results[index]
    case .tensor(let name): stored[name] ?? ONNXValue(name: name, type: type, shape: [])
    case .number(let value): number(value)
    }
  }

  private mutating func constant(_ tensor: Tensor, _ role: String) -> ONNXValue {
    let name = names.unique(localName(role))
    if let proto = ONNXTensorProto(tensor, named: name) { graph.initializer.append(proto) }
    return ONNXValue(name: name, type: .init(tensor.dtype) ?? type, shape: Array(tensor.shape))
  }

  private mutating func store(_ tensor: Tensor, as key: String) throws(ExportError) {
    guard !tensor.dtype.isFloatingPoint || tensor.dtype == dtype else {
      throw ExportError(
        path: key, layer: "tensor",
        reason: "is \(tensor.dtype) in a network of \(dtype); give the network one type with to(_:) first")
    }
    let name = names.unique(key)
    guard let proto = ONNXTensorProto(tensor, named: name) else {
      throw ExportError(path: key, layer: "tensor", reason: "ONNX has no counterpart of \(tensor.dtype)")
    }
    graph.initializer.append(proto)
    stored[key] = ONNXValue(name: name, type: .init(tensor.dtype) ?? type, shape: Array(tensor.shape))
  }

  /// A name that begins with the place of the present layer; no key of a state dict has a slash.
  private func localName(_ part: String) -> String {
    guard let current else { return part }
    return (current.path.isEmpty ? current.layer : current.path) + "/" + part
  }

  private func node(_ type: String, named name: String, inputs: [String], output: String) -> ONNXNodeProto {
    ONNXNodeProto.with {
      $0.opType = type
      $0.name = name
      $0.docString = current?.layer ?? ""
      $0.input = inputs
      $0.output = [output]
    }
  }

  private mutating func rename(_ name: String, to other: String) {
    for index in graph.node.indices {
      graph.node[index].input = graph.node[index].input.map { $0 == name ? other : $0 }
      graph.node[index].output = graph.node[index].output.map { $0 == name ? other : $0 }
    }
    graph.valueInfo.removeAll { $0.name == name }
  }

  private func info(_ value: ONNXValue) -> ONNXValueInfoProto {
    ONNXValueInfoProto.with {
      $0.name = value.name
      $0.type.tensorType.elemType = Int32(value.type.rawValue)
      $0.type.tensorType.shape.dim = value.shape.map { size in
        .with { size == ONNXValue.samples ? ($0.dimParam = "N") : ($0.dimValue = Int64(size)) }
      }
    }
  }
}
