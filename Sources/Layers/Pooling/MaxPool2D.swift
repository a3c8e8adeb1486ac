public import Tensors

/// The maximum over windows of pixels.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']` with `H' = (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1`.
///
/// **Symmetry**: translations by multiples of the stride; rotations by 90° where the windows fill the image
/// symmetrically.
public final class MaxPool2D: Layer {
  /// The size of the window along each axis.
  public let kernelSize: [Int]
  /// The step between windows along each axis.
  public let stride: [Int]
  /// The padding (with -∞) on both sides of each axis.
  public let padding: [Int]
  /// The distance between the window's pixels along each axis.
  public let dilation: [Int]
  /// Whether windows that begin inside the image but end outside count.
  public let roundsUp: Bool

  /// Creates a layer; without a stride, windows do not overlap.
  ///
  /// **Traps**: when the padding exceeds half the window.
  public init(
    kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) {
    self.kernelSize = extents(kernelSize, axes: 2, minimum: 1, "MaxPool2D", "kernelSize")
    self.stride = extents(stride ?? kernelSize, axes: 2, minimum: 1, "MaxPool2D", "stride")
    self.padding = extents(padding, axes: 2, minimum: 0, "MaxPool2D", "padding")
    self.dilation = extents(dilation, axes: 2, minimum: 1, "MaxPool2D", "dilation")
    self.roundsUp = roundsUp
    checkPadding("MaxPool2D", self.padding, self.kernelSize)
  }

  /// Pools.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return x.maxPool2d(
      kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp)
  }

  /// Emits the pooling.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .maxPool(
        input, size: kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
  }

  /// The shape by the formula above.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    return pooledShape(
      shape, layer: "MaxPool2D", kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
      roundsUp: roundsUp)
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("kernelSize", extentText(kernelSize))
    description.add("stride", extentText(stride))
    if padding != [0, 0] { description.add("padding", extentText(padding)) }
    if dilation != [1, 1] { description.add("dilation", extentText(dilation)) }
    if roundsUp { description.add("roundsUp", true) }
  }
}

func checkPadding(_ layer: String, _ padding: [Int], _ kernelSize: [Int]) {
  for (padding, size) in zip(padding, kernelSize) where 2 * padding > size {
    Torch.fail(op: layer, "padding \(padding) exceeds half of the window's size \(size)")
  }
}

/// The shape after pooling over windows along the two last axes.
func pooledShape(
  _ shape: Shape, layer: String, kernelSize: [Int], stride: [Int], padding: [Int], dilation: [Int], roundsUp: Bool
) -> Shape {
  let sizes = (0..<2).map { axis -> Int in
    let size = shape[axis + 2]
    let span = dilation[axis] * (kernelSize[axis] - 1) + 1
    let room = size + 2 * padding[axis] - span
    if room < 0 {
      Torch.fail(op: layer, "the window spans \(span) pixels, more than the padded input \(shape) has")
    }
    let rounded = roundsUp ? room + stride[axis] - 1 : room
    var count = rounded / stride[axis] + 1
    // The last window must begin inside the image or its near padding.
    if roundsUp, (count - 1) * stride[axis] >= size + padding[axis] { count -= 1 }
    return count
  }
  return Shape([shape[0], shape[1]] + sizes)
}
