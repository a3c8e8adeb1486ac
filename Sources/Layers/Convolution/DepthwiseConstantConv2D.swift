public import Tensors

/// A convolution of every channel with the same fixed kernel, such as the blur of an antialiased pooling layer.
///
/// **Shapes**: `[N, C, H, W]` for any C to `[N, C, H', W']` as for `Conv2D`.
///
/// **Symmetry**: that of the kernel, where padding and stride keep it.
///
/// **State**: `weight` `[1, 1, kH, kW]`, not trained.
public final class DepthwiseConstantConv2D: Layer {
  /// The kernel, `[1, 1, kH, kW]`.
  public let weight: Buffer
  /// The step between outputs along each axis.
  public let stride: [Int]
  /// The padding with zeros on both sides of each axis.
  public let padding: [Int]

  /// Creates a layer with a kernel `[kH, kW]`.
  ///
  /// **Traps**: when the kernel does not have two axes.
  public init(kernel: Tensor, stride: any SpatialValues = 1, padding: any SpatialValues = 0) {
    guard kernel.rank == 2 else {
      Torch.fail(op: "DepthwiseConstantConv2D", "expected a kernel [kH, kW], got \(kernel.shape)")
    }
    weight = Buffer(kernel.reshape([1, 1, kernel.shape[0], kernel.shape[1]]))
    self.stride = extents(stride, axes: 2, minimum: 1, "DepthwiseConstantConv2D", "stride")
    self.padding = extents(padding, axes: 2, minimum: 0, "DepthwiseConstantConv2D", "padding")
  }

  /// The size of the kernel along each axis.
  public var kernelSize: [Int] { Array(weight.shape.dropFirst(2)) }

  /// Convolves.
  ///
  /// **Traps**: unless the input has four axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    let channels = x.shape[1]
    let kernel = weight.value.expand(to: [channels, 1, kernelSize[0], kernelSize[1]])
    return x.conv2d(kernel, bias: nil, stride: stride, padding: padding, dilation: [1, 1], groups: channels)
  }

  /// A layer with a copy of the kernel.
  public override func copy() -> Layer { replacing(padding: padding) }

  func replacing(padding: [Int]) -> DepthwiseConstantConv2D {
    DepthwiseConstantConv2D(
      kernel: weight.value.reshape(Shape(kernelSize)), stride: stride, padding: padding)
  }

  /// Emits the convolution.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(
      .depthwiseConvolution(
        input, kernel: graph.tensor(weight, named: "weight"), stride: stride, padding: padding))
  }

  /// The shape as for `Conv2D`.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: nil, layout: "[N, C, H, W]")
    let sizes = (0..<2).map { axis -> Int in
      let room = shape[axis + 2] + 2 * padding[axis] - kernelSize[axis]
      if room < 0 { fail("the kernel spans \(kernelSize[axis]) pixels, more than the padded input \(shape) has") }
      return room / stride[axis] + 1
    }
    return Shape([shape[0], shape[1]] + sizes)
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("kernelSize", extentText(kernelSize))
    description.add("stride", extentText(stride))
    description.add("padding", extentText(padding))
  }
}
