public import Tensors

/// The mean over windows of pixels.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']` with `H' = (H + 2 padding - kernel) / stride + 1`.
///
/// **Symmetry**: translations by multiples of the stride; rotations by 90° where the windows fill the image
/// symmetrically.
public final class AvgPool2D: Layer {
  /// The size of the window along each axis.
  public let kernelSize: [Int]
  /// The step between windows along each axis.
  public let stride: [Int]
  /// The padding with zeros on both sides of each axis.
  public let padding: [Int]
  /// Whether windows that begin inside the image but end outside count.
  public let roundsUp: Bool
  /// Whether zeros of the padding count in the mean.
  public let countsPadding: Bool

  /// Creates a layer; without a stride, windows do not overlap.
  ///
  /// **Traps**: when the padding exceeds half the window.
  public init(
    kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    roundsUp: Bool = false, countsPadding: Bool = true
  ) {
    self.kernelSize = extents(kernelSize, axes: 2, minimum: 1, "AvgPool2D", "kernelSize")
    self.stride = extents(stride ?? kernelSize, axes: 2, minimum: 1, "AvgPool2D", "stride")
    self.padding = extents(padding, axes: 2, minimum: 0, "AvgPool2D", "padding")
    self.roundsUp = roundsUp
    self.countsPadding = countsPadding
    checkPadding("AvgPool2D", self.padding, self.kernelSize)
  }

  /// Pools.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return x.avgPool2d(
      kernelSize, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: countsPadding)
  }

  /// Emits the pooling.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .avgPool(
        input, size: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: countsPadding))
  }

  /// The shape by the formula above.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return pooledShape(
      shape, layer: "AvgPool2D", kernelSize: kernelSize, stride: stride, padding: padding, dilation: [1, 1],
      roundsUp: roundsUp)
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("kernelSize", extentText(kernelSize))
    description.add("stride", extentText(stride))
    if padding != [0, 0] { description.add("padding", extentText(padding)) }
    if roundsUp { description.add("roundsUp", true) }
    if !countsPadding { description.add("countsPadding", false) }
  }
}
