public import Layers
public import Tensors

/// A linear map of the coordinates or features of each point of a kernel.
///
/// **Shapes**: `[inputs, P]` to `[outputs, P]` for `P` points: the columns are points, so that the last map of a kernel
/// writes each weight of a convolution as one row.
///
/// **Symmetry**: acts on each point by itself.
///
/// **State**: `weight` `[outputs, inputs]` and `bias` `[outputs]`; with weight norm `gain` `[outputs, 1]` and `direction`
/// in place of the weight.
///
/// **Reference**: for weight norm, Salimans and Kingma (2016).
public final class PointwiseLinear: Module {
  /// The matrix; nil with weight norm.
  public let weight: Parameter?
  /// The matrix before its rows are given their lengths; nil without weight norm.
  public let direction: Parameter?
  /// The lengths of the rows; nil without weight norm.
  public let gain: Parameter?
  /// The bias.
  public let bias: Parameter

  /// Creates a map with copies of the given values.
  public init(weight: Tensor, bias: Tensor, hasWeightNorm: Bool = false) {
    self.weight = hasWeightNorm ? nil : Parameter(weight)
    direction = hasWeightNorm ? Parameter(weight) : nil
    gain = hasWeightNorm ? Parameter(weight.norm(2, along: 1, keepingDimensions: true)) : nil
    self.bias = Parameter(bias)
  }

  /// Creates a map with weights and biases uniform in ±1/√inputs.
  public convenience init(from inputs: Int, to outputs: Int, hasWeightNorm: Bool = false, rng: inout Generator) {
    let weight = Initializer.torchDefault([outputs, inputs], using: &rng)
    let bias = Initializer.torchDefaultBias(fanIn: inputs)([outputs], using: &rng)
    self.init(weight: weight, bias: bias, hasWeightNorm: hasWeightNorm)
  }

  /// The matrix in use.
  public var matrix: Tensor {
    if let weight { return weight.value }
    guard let direction, let gain else { Torch.fail(op: "PointwiseLinear", "has no weight") }
    return direction.value * (gain.value / direction.value.norm(2, along: 1, keepingDimensions: true))
  }

  /// Maps each point; with `rows` only to those outputs.
  public func callAsFunction(_ x: Tensor, rows: Range<Int>? = nil) -> Tensor {
    var matrix = matrix
    var shift = bias.value
    if let rows {
      matrix = matrix.slice(0, from: rows.lowerBound, to: rows.upperBound)
      shift = shift.slice(0, from: rows.lowerBound, to: rows.upperBound)
    }
    return affine(matrix, x, shift)
  }

  /// Multiplies the map by a factor.
  func scale(by factor: Double) {
    scaleWeight(by: factor)
    bias.update { $0 * factor }
  }

  /// Multiplies the matrix by a factor.
  func scaleWeight(by factor: Double) {
    weight?.update { $0 * factor }
    gain?.update { $0 * factor }
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    let shape = (weight ?? direction)?.shape ?? [0, 0]
    description.add("from", shape[1])
    description.add("to", shape[0])
    if direction != nil { description.add("hasWeightNorm", true) }
  }
}

/// `matrix · x + shift` with one value of the shift a row, in one call.
func affine(_ matrix: Tensor, _ x: Tensor, _ shift: Tensor) -> Tensor {
  guard
    let result = Torch.call("aten::addmm", [.tensor(shift.unsqueeze(1)), .tensor(matrix), .tensor(x)]).first?.tensor
  else { Torch.fail(op: "addmm", "returned no tensor") }
  return result
}
