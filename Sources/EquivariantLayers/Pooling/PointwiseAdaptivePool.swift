public import Layers
public import Tensors

/// What the pooling layers share whose windows divide the image into a given number of parts.
///
/// **Symmetry**: exact on the pixel grid for every size, because the windows lie symmetrically; on fields that the
/// group permutes.
open class PointwiseAdaptivePool: EquivariantModule {
  /// The edge of the output in pixels.
  public final let outputSize: Int

  /// Creates the layer.
  ///
  /// **Traps**: when a representation is not a permutation.
  public init(_ type: FieldType, outputSize: Int) {
    self.outputSize = outputSize
    super.init(from: type, to: type)
    require(outputSize >= 1, name, "output size \(outputSize) is not positive")
    Self.requirePointwise(type, name)
  }

  /// The shape of the output.
  open override func evaluateOutputShape(_ shape: Shape) -> Shape {
    checkShape(shape)
    return [shape[0], outputType.size, outputSize, outputSize]
  }

  /// Adds the size to the printed line.
  open override func describe(_ description: inout ModuleDescription) {
    super.describe(&description)
    description.add("outputSize", outputSize)
  }
}
