public import Layers
public import Tensors

/// A function of one variable that is applied to every value.
public enum PointwiseFunction: Hashable, Sendable {
  /// max(x, 0).
  case relu
  /// x for positive x, else α (eˣ − 1).
  case elu(alpha: Double)
  /// x for positive x, else slope · x.
  case leakyRelu(slope: Double)
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// The hyperbolic tangent.
  case tanh

  /// The values of the function.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    switch self {
    case .relu: input.relu()
    case .elu(let alpha): input.elu(alpha: alpha)
    case .leakyRelu(let slope): input.leakyRelu(slope: slope)
    case .sigmoid: input.sigmoid()
    case .tanh: input.tanh()
    }
  }

  /// The plain layer that computes the function.
  public var layer: Layer {
    switch self {
    case .relu: Activation(.relu)
    case .elu(let alpha): Activation(.elu(alpha))
    case .leakyRelu(let slope): Activation(.leakyRelu(slope))
    case .sigmoid: Activation(.sigmoid)
    case .tanh: Activation(.tanh)
    }
  }
}
