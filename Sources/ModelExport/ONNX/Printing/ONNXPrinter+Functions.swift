internal import Layers

extension ONNXPrinter {
  /// A node whose result has the shape of its input.
  mutating func elementwise(
    _ type: String, _ x: ONNXValue, _ attributes: KeyValuePairs<String, ONNXAttribute> = [:]
  ) throws(ExportError) -> ONNXValue {
    add(type, [x], attributes, shape: x.shape)
  }

  mutating func apply(_ function: ExportGraph.Function, _ x: ONNXValue) throws(ExportError) -> ONNXValue {
    switch function {
    case .relu: try elementwise("Relu", x)
    case .elu(let alpha): try elementwise("Elu", x, ["alpha": .number(alpha)])
    case .leakyRelu(let slope): try elementwise("LeakyRelu", x, ["alpha": .number(slope)])
    case .sigmoid: try elementwise("Sigmoid", x)
    case .tanh: try elementwise("Tanh", x)
    case .softplus: try elementwise("Softplus", x)
    case .gelu: try gelu(x)
    case .silu: try combine(x, .multiply, elementwise("Sigmoid", x))
    case .abs: try elementwise("Abs", x)
    case .exp: try elementwise("Exp", x)
    case .log: try elementwise("Log", x)
    case .sqrt: try elementwise("Sqrt", x)
    case .square: try combine(x, .multiply, x)
    }
  }

  /// x Φ(x), with Φ from the error function.
  private mutating func gelu(_ x: ONNXValue) throws(ExportError) -> ONNXValue {
    let scaled = try combine(x, .multiply, number(0.5.squareRoot(), "root"))
    let shifted = try combine(elementwise("Erf", scaled), .add, number(1, "one"))
    return try combine(combine(x, .multiply, shifted), .multiply, number(0.5, "half"))
  }

  mutating func combine(
    _ a: ONNXValue, _ combination: ExportGraph.Combination, _ b: ONNXValue
  ) throws(ExportError) -> ONNXValue {
    let type =
      switch combination {
      case .add: "Add"
      case .subtract: "Sub"
      case .multiply: "Mul"
      case .divide: "Div"
      }
    return add(type, [a, b], shape: try broadcast(a.shape, b.shape))
  }

  mutating func clamp(_ x: ONNXValue, _ minimum: Double?, _ maximum: Double?) throws(ExportError) -> ONNXValue {
    let minimum = minimum.map { number($0, "Clip/minimum") }
    let maximum = maximum.map { number($0, "Clip/maximum") }
    return add("Clip", [x, minimum, maximum], shape: x.shape)
  }

  mutating func reduce(
    _ x: ONNXValue, _ reduction: ExportGraph.Reduction, axes: [Int], keepsAxes: Bool
  ) throws(ExportError) -> ONNXValue {
    let type =
      switch reduction {
      case .sum: "ReduceSum"
      case .mean: "ReduceMean"
      case .max: "ReduceMax"
      }
    var places: Set<Int> = []
    for axis in axes { places.insert(try place(axis, among: x.rank)) }
    let shape = x.shape.indices.compactMap { !places.contains($0) ? x.shape[$0] : keepsAxes ? 1 : nil }
    return add(
      type, [x, integers(places.sorted(), "\(type)/axes")], ["keepdims": .integer(keepsAxes ? 1 : 0)], shape: shape)
  }

  /// The shape of two values combined; an open size goes with itself and with 1.
  private func broadcast(_ a: [Int], _ b: [Int]) throws(ExportError) -> [Int] {
    let rank = max(a.count, b.count)
    func padded(_ shape: [Int]) -> [Int] { Array(repeating: 1, count: rank - shape.count) + shape }
    var result: [Int] = []
    for (x, y) in zip(padded(a), padded(b)) {
      guard x == y || x == 1 || y == 1 else { throw refusal("shapes \(a) and \(b) do not broadcast") }
      result.append(x == 1 ? y : x)
    }
    return result
  }
}
