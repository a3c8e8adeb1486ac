public import Tensors

/// The maximum over windows chosen so that the output has a given size.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, outputSize[0], outputSize[1]]`.
///
/// **Symmetry**: rotations by 90° and flips for a square output; every permutation of pixels for size 1.
public final class AdaptiveMaxPool2D: Layer {
  /// The size of the output along each axis.
  public let outputSize: [Int]

  /// Creates a layer.
  public init(outputSize: any SpatialValues = 1) {
    self.outputSize = extents(outputSize, axes: 2, minimum: 1, "AdaptiveMaxPool2D", "outputSize")
  }

  /// Pools.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return x.adaptiveMaxPool2d(outputSize)
  }

  /// Emits the pooling.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.adaptiveMaxPool(input, size: outputSize))
  }

  /// The input's shape with the layer's size.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return Shape([shape[0], shape[1]] + outputSize)
  }

  /// Adds the size.
  public override func describe(_ description: inout ModuleDescription) { description.add(extentText(outputSize)) }
}
