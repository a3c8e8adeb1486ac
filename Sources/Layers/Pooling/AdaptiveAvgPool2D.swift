public import Tensors

/// The mean over windows chosen so that the output has a given size.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, outputSize[0], outputSize[1]]`.
///
/// **Symmetry**: rotations by 90° and flips for a square output; every permutation of pixels for size 1.
public final class AdaptiveAvgPool2D: AdaptivePool2D {
  /// Pools.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return x.adaptiveAvgPool2d(outputSize)
  }

  /// Emits the pooling.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.adaptiveAvgPool(input, size: outputSize))
  }
}
