public import Tensors

/// An elementwise function.
///
/// **Shapes**: any shape; the output has the input's.
///
/// **Symmetry**: commutes with every permutation of pixels and channels, hence with regular representations.
public final class Activation: Layer {
  /// Which function.
  public enum Kind: Hashable, Sendable {
    /// max(x, 0).
    case relu
    /// x for positive x, else α (exp(x) - 1).
    case elu(Double)
    /// x for positive x, else the slope times x.
    case leakyRelu(Double)
    /// 1 / (1 + exp(-x)).
    case sigmoid
    /// The hyperbolic tangent.
    case tanh
    /// log(1 + exp(x)).
    case softplus
    /// x Φ(x) with the normal distribution function Φ.
    case gelu
    /// x sigmoid(x).
    case silu
    /// The absolute value.
    case abs
    /// Softmax along axis 1.
    case softmax
    /// The logarithm of the softmax along axis 1.
    case logSoftmax
  }

  /// Which function.
  public let kind: Kind

  /// Creates a layer that applies the function.
  public init(_ kind: Kind) { self.kind = kind }

  /// Applies the function.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    switch kind {
    case .relu: x.relu()
    case .elu(let alpha): x.elu(alpha: alpha)
    case .leakyRelu(let slope): x.leakyRelu(slope: slope)
    case .sigmoid: x.sigmoid()
    case .tanh: x.tanh()
    case .softplus: x.softplus()
    case .gelu: x.gelu()
    case .silu: x.silu()
    case .abs: x.abs()
    case .softmax: x.softmax(along: 1)
    case .logSoftmax: x.logSoftmax(along: 1)
    }
  }

  /// Emits the function.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    switch kind {
    case .relu: graph.add(.apply(.relu, input))
    case .elu(let alpha): graph.add(.apply(.elu(alpha), input))
    case .leakyRelu(let slope): graph.add(.apply(.leakyRelu(slope), input))
    case .sigmoid: graph.add(.apply(.sigmoid, input))
    case .tanh: graph.add(.apply(.tanh, input))
    case .softplus: graph.add(.apply(.softplus, input))
    case .gelu: graph.add(.apply(.gelu, input))
    case .silu: graph.add(.apply(.silu, input))
    case .abs: graph.add(.apply(.abs, input))
    case .softmax: graph.add(.softmax(input, axis: 1))
    case .logSoftmax: graph.add(.logSoftmax(input, axis: 1))
    }
  }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape { shape }

  /// Adds the function's name.
  public override func describe(_ description: inout ModuleDescription) { description.add(".\(kind)") }
}
