#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
public import Tensors

/// A rule for the first values of a parameter.
///
/// The fans of a weight are those of PyTorch: `shape[1]` (in) and `shape[0]` (out), each times the kernel's size.
public struct Initializer: Sendable {
  /// Which number of connections decides the scale.
  public enum Fan: Hashable, Sendable {
    /// Inputs of one output.
    case inputs
    /// Outputs of one input.
    case outputs
  }

  private let make: @Sendable (Shape, DType, inout Generator) -> Tensor

  /// Creates a rule from a function that makes a new tensor in each call.
  ///
  /// The compiler sees to it: a `Sendable` function cannot hold a tensor.
  public init(_ make: @escaping @Sendable (Shape, DType, inout Generator) -> Tensor) { self.make = make }

  /// Makes a tensor of the given shape, which nobody else has.
  public func callAsFunction(_ shape: Shape, dtype: DType = .float32, using rng: inout Generator) -> Tensor {
    make(shape, dtype, &rng)
  }

  /// All zeros.
  public static let zeros = constant(0)
  /// All ones.
  public static let ones = constant(1)
  /// One value everywhere.
  public static func constant(_ value: Double) -> Initializer {
    Initializer { shape, dtype, _ in Tensor.full(shape, value, dtype: dtype) }
  }

  /// Uniform between the bounds.
  public static func uniform(_ low: Double, _ high: Double) -> Initializer {
    Initializer { shape, dtype, rng in Tensor.hashedRand(shape, using: &rng, low: low, high: high, dtype: dtype) }
  }

  /// Normal with mean 0 and the given standard deviation.
  public static func normal(standardDeviation: Double) -> Initializer {
    Initializer { shape, dtype, rng in Tensor.randn(shape, using: &rng, dtype: dtype) * standardDeviation }
  }

  /// What `Linear` and convolutions use by default: uniform in ±1/√fanIn.
  public static let torchDefault = kaimingUniform(slope: 5.0.squareRoot())

  /// What biases get by default: uniform in ±1/√fanIn of the weight.
  public static func torchDefaultBias(fanIn: Int) -> Initializer {
    let bound = fanIn > 0 ? 1 / Double(fanIn).squareRoot() : 0
    return uniform(-bound, bound)
  }

  /// Uniform with variance 2 / ((1 + slope²) fan), for leaky rectifiers of that slope.
  ///
  /// **Reference**: He et al. (2015), "Delving deep into rectifiers".
  public static func kaimingUniform(fan: Fan = .inputs, slope: Double = 0) -> Initializer {
    Initializer { shape, dtype, rng in
      let bound = (6 / ((1 + slope * slope) * size(of: shape, fan))).squareRoot()
      return Tensor.hashedRand(shape, using: &rng, low: -bound, high: bound, dtype: dtype)
    }
  }

  /// Normal with variance 2 / ((1 + slope²) fan), for leaky rectifiers of that slope.
  ///
  /// **Reference**: He et al. (2015), "Delving deep into rectifiers".
  public static func kaimingNormal(fan: Fan = .inputs, slope: Double = 0) -> Initializer {
    Initializer { shape, dtype, rng in
      Tensor.randn(shape, using: &rng, dtype: dtype)
        * (2 / ((1 + slope * slope) * size(of: shape, fan))).squareRoot()
    }
  }

  /// Uniform with variance 2 gain² / (fanIn + fanOut).
  ///
  /// **Reference**: Glorot and Bengio (2010).
  public static func xavierUniform(gain: Double = 1) -> Initializer {
    Initializer { shape, dtype, rng in
      let bound = gain * (6 / (size(of: shape, .inputs) + size(of: shape, .outputs))).squareRoot()
      return Tensor.hashedRand(shape, using: &rng, low: -bound, high: bound, dtype: dtype)
    }
  }

  /// Normal with variance 2 gain² / (fanIn + fanOut).
  ///
  /// **Reference**: Glorot and Bengio (2010).
  public static func xavierNormal(gain: Double = 1) -> Initializer {
    Initializer { shape, dtype, rng in
      Tensor.randn(shape, using: &rng, dtype: dtype)
        * (gain * (2 / (size(of: shape, .inputs) + size(of: shape, .outputs))).squareRoot())
    }
  }

  /// A matrix `[shape[0], rest]` with orthonormal rows or columns, whichever are fewer, times the gain.
  ///
  /// **Reference**: Saxe et al. (2013).
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer { shape, dtype, rng in
      guard shape.count >= 2 else { Torch.fail(op: "Initializer.orthogonal", "needs two axes or more, got \(shape)") }
      let rows = shape[0]
      let columns = shape.dropFirst().reduce(1, *)
      let random = Tensor.randn([max(rows, columns), min(rows, columns)], using: &rng, dtype: .float64)
      let (q, r) = random.qr()
      // With the signs of r's diagonal the distribution is uniform over orthogonal matrices.
      let signed = q * r.diagonal().sign()
      let matrix = rows < columns ? signed.transpose(0, 1) : signed
      return (matrix.reshape(shape) * gain).to(dtype)
    }
  }

  private static func size(of shape: Shape, _ fan: Fan) -> Double {
    guard shape.count >= 2 else { Torch.fail(op: "Initializer", "fans need two axes or more, got \(shape)") }
    let kernel = shape.dropFirst(2).reduce(1, *)
    return Double(max(1, kernel * (fan == .inputs ? shape[1] : shape[0])))
  }
}
