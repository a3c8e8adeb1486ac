internal import Layers
internal import Tensors

extension ONNXPrinter {
  mutating func batchNorm(
    _ x: ONNXValue, _ mean: ONNXValue?, _ variance: ONNXValue?, _ weight: ONNXValue?, _ bias: ONNXValue?,
    _ epsilon: Double
  ) throws(ExportError) -> ONNXValue {
    let channels = x.shape[1]
    guard let mean, let variance else { return try batchStatistics(x, weight, bias, epsilon) }
    return add(
      "BatchNormalization",
      [x, weight ?? filled(1, channels, "scale"), bias ?? filled(0, channels, "shift"), mean, variance],
      ["epsilon": .number(epsilon)], shape: x.shape)
  }

  /// Normalization by the batch's own mean and variance, for layers that track none.
  private mutating func batchStatistics(
    _ x: ONNXValue, _ weight: ONNXValue?, _ bias: ONNXValue?, _ epsilon: Double
  ) throws(ExportError) -> ONNXValue {
    let axes = [0] + Array(2..<x.rank)
    let mean = try reduce(x, .mean, axes: axes, keepsAxes: true)
    let centered = try combine(x, .subtract, mean)
    let variance = try reduce(combine(centered, .multiply, centered), .mean, axes: axes, keepsAxes: true)
    let deviation = try apply(.sqrt, combine(variance, .add, number(epsilon, "epsilon")))
    return try affine(combine(centered, .divide, deviation), weight, bias)
  }

  mutating func layerNorm(
    _ x: ONNXValue, _ sizes: [Int], _ weight: ONNXValue?, _ bias: ONNXValue?, _ epsilon: Double
  ) throws(ExportError) -> ONNXValue {
    let scale = weight ?? numbers(Array(repeating: 1, count: sizes.reduce(1, *)), shape: Shape(sizes), "scale")
    return add(
      "LayerNormalization", [x, scale, bias], ["axis": .integer(-sizes.count), "epsilon": .number(epsilon)],
      shape: x.shape)
  }

  /// Every group becomes one channel, which is normalized for itself; ONNX's own operator scales whole groups at once.
  mutating func groupNorm(
    _ x: ONNXValue, _ groups: Int, _ weight: ONNXValue?, _ bias: ONNXValue?, _ epsilon: Double
  ) throws(ExportError) -> ONNXValue {
    let size = x.shape.dropFirst().reduce(1, *) / groups
    let grouped = try reshape(x, to: [x.shape[0], groups, size])
    let normalized = try instanceNorm(grouped, nil, nil, epsilon)
    return try affine(reshape(normalized, to: x.shape), weight, bias)
  }

  mutating func instanceNorm(
    _ x: ONNXValue, _ weight: ONNXValue?, _ bias: ONNXValue?, _ epsilon: Double
  ) throws(ExportError) -> ONNXValue {
    let channels = x.shape[1]
    return add(
      "InstanceNormalization",
      [x, weight ?? filled(1, channels, "scale"), bias ?? filled(0, channels, "shift")],
      ["epsilon": .number(epsilon)], shape: x.shape)
  }

  /// Scales and shifts every channel.
  private mutating func affine(
    _ x: ONNXValue, _ weight: ONNXValue?, _ bias: ONNXValue?
  ) throws(ExportError) -> ONNXValue {
    let column: [Int] = [x.shape[1]] + Array(repeating: 1, count: x.rank - 2)
    var result = x
    if let weight { result = try combine(result, .multiply, reshapeConstant(weight, to: column)) }
    if let bias { result = try combine(result, .add, reshapeConstant(bias, to: column)) }
    return result
  }

  private mutating func filled(_ value: Double, _ count: Int, _ role: String) -> ONNXValue {
    numbers(Array(repeating: value, count: count), shape: [count], role)
  }
}
