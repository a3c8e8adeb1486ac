public import Tensors

/// The common part of `AdaptiveAvgPool2D` and `AdaptiveMaxPool2D`.
///
/// **Symmetry**: rotations by 90° and flips for a square output; every permutation of pixels for size 1.
public class AdaptivePool2D: Layer {
  /// The size of the output along each axis.
  public final let outputSize: [Int]

  /// Creates a layer.
  public init(outputSize: any SpatialValues = 1) {
    self.outputSize = extents(outputSize, axes: 2, minimum: 1, "\(Self.self)", "outputSize")
  }

  final func check(_ shape: Shape) { checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]") }

  /// The input's shape with the layer's size.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return Shape([shape[0], shape[1]] + outputSize)
  }

  /// Adds the size.
  public override func describe(_ description: inout ModuleDescription) { description.add(extentText(outputSize)) }
}
