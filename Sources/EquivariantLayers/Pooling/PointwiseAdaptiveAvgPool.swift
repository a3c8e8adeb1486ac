public import Layers
public import Tensors

/// The mean of each channel in windows that divide the image into a given number of parts.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, outputSize, outputSize]`.
///
/// **Symmetry**: exact on the pixel grid for every size, because the windows lie symmetrically; on fields that the
/// group permutes.
///
/// **Traps**: when a representation is not a permutation.
///
/// **escnn**: `PointwiseAdaptiveAvgPool`.
public final class PointwiseAdaptiveAvgPool: EquivariantModule {
  /// The edge of the output in pixels.
  public let outputSize: Int

  /// Creates the layer.
  public init(_ type: FieldType, outputSize: Int) {
    self.outputSize = outputSize
    super.init(from: type, to: type)
    require(outputSize >= 1, name, "output size \(outputSize) is not positive")
    Self.requirePointwise(type, name)
  }

  /// Pools the values.
  public override func forward(_ input: Tensor) -> Tensor {
    input.adaptiveAvgPool2d(outputSize)
  }

  /// The shape of the output.
  public override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return [shape[0], outputType.size, outputSize, outputSize]
  }

  /// A plain adaptive pool.
  public override func export() -> Layer { AdaptiveAvgPool2D(outputSize: outputSize) }
}
