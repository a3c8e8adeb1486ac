public import Layers
public import Tensors

/// The base class of continuous kernels: small networks that give a convolution's weights at any point.
///
/// **Shapes**: coordinates `[dimensions, P]` to weights `[outputs, P]`.
///
/// **Symmetry**: acts on each point by itself; what turns a kernel turns the coordinates.
open class KernelNetwork: Module {
  /// The number of coordinates of a point.
  public final let dimensions: Int
  /// The number of hidden features.
  public final let hidden: Int
  /// The last, linear map to the weights.
  public final let output: PointwiseLinear

  /// Creates the common part.
  ///
  /// **Traps**: unless all numbers are positive.
  public init(dimensions: Int, hidden: Int, output: PointwiseLinear) {
    guard dimensions > 0, hidden > 0 else {
      Torch.fail(op: "\(Self.self)", "needs positive sizes, got \(dimensions) dimensions and \(hidden) features")
    }
    self.dimensions = dimensions
    self.hidden = hidden
    self.output = output
  }

  /// The hidden features of points, `[dimensions, P]` to `[hidden, P]`.
  ///
  /// **Traps**: in the base class.
  open func features(_ points: Tensor) -> Tensor {
    Torch.fail(op: "\(type(of: self))", "features(_:) is not overridden")
  }

  /// An estimate of the highest angular frequency of the kernel along its first `axes` coordinates.
  ///
  /// **Traps**: in the base class.
  ///
  /// **Units**: radians per unit of the coordinates.
  open func bandwidth(axes: Int) -> Double {
    Torch.fail(op: "\(type(of: self))", "bandwidth(axes:) is not overridden")
  }

  /// Scales the frequencies down, if need be, until `bandwidth` is at most `limit`.
  ///
  /// **Traps**: in the base class.
  open func limitBandwidth(to limit: Double, axes: Int) {
    Torch.fail(op: "\(type(of: self))", "limitBandwidth(to:axes:) is not overridden")
  }

  /// The weights at points.
  ///
  /// **Traps**: when points have another number of coordinates.
  public final func callAsFunction(_ points: Tensor) -> Tensor {
    guard points.rank == 2, points.shape[0] == dimensions else {
      Torch.fail(op: "\(type(of: self))", "expected points [\(dimensions), P], got \(points.shape)")
    }
    return output(features(points))
  }

  /// Adds the sizes.
  open override func describe(_ description: inout ModuleDescription) {
    description.add("dimensions", dimensions)
    description.add("hidden", hidden)
  }
}
