public import Tensors

/// Keeps, in each window of pixels, each run of channels from the pixel where its norm is largest.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C, H', W']` as for `MaxPool2D`, where the runs fill C exactly.
///
/// **Symmetry**: commutes with orthogonal maps of the channels within each run; translations by multiples of the
/// stride; rotations by 90° where the windows fill the image symmetrically.
public final class NormMaxPool2D: Layer {
  /// The number of channels in each run.
  public var sizes: [Int] { groups.sizes }
  /// The size of the window along each axis.
  public let kernelSize: [Int]
  /// The step between windows along each axis.
  public let stride: [Int]
  /// The padding on both sides of each axis, from which nothing is taken.
  public let padding: [Int]
  /// The distance between the window's pixels along each axis.
  public let dilation: [Int]
  /// Whether windows that begin inside the image but end outside count.
  public let roundsUp: Bool

  private let groups: ChannelGroups

  /// Creates a layer with a run of channels for each size; without a stride, windows do not overlap.
  ///
  /// **Traps**: when a size is not positive or the padding exceeds half the window.
  public init(
    sizes: [Int], kernelSize: any SpatialValues, stride: (any SpatialValues)? = nil, padding: any SpatialValues = 0,
    dilation: any SpatialValues = 1, roundsUp: Bool = false
  ) {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "NormMaxPool2D", "needs positive sizes, got \(sizes)")
    }
    groups = ChannelGroups(sizes: sizes)
    self.kernelSize = extents(kernelSize, axes: 2, minimum: 1, "NormMaxPool2D", "kernelSize")
    self.stride = extents(stride ?? kernelSize, axes: 2, minimum: 1, "NormMaxPool2D", "stride")
    self.padding = extents(padding, axes: 2, minimum: 0, "NormMaxPool2D", "padding")
    self.dilation = extents(dilation, axes: 2, minimum: 1, "NormMaxPool2D", "dilation")
    self.roundsUp = roundsUp
    checkPadding("NormMaxPool2D", self.padding, self.kernelSize)
  }

  /// Pools.
  ///
  /// **Traps**: unless the input has four axes and the runs' channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    checkInput(x.shape, ranks: [4], channels: groups.channels, layout: "[N, \(groups.channels), H, W]")
    // Only the positions depend on the norms, so no gradient passes through them.
    let positions = withoutGradient {
      groups.norms(x).maxPool2dWithIndices(
        kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp
      ).indices
    }
    let (n, c, h, w) = (x.shape[0], x.shape[1], positions.shape[2], positions.shape[3])
    let places = groups.spread(positions)
    if x.isContiguous() {
      return x.reshape([n, c, x.shape[2] * x.shape[3]]).gather(2, places.reshape([n, c, h * w])).reshape([n, c, h, w])
    }
    let pixels = x.permute([0, 2, 3, 1]).reshape([n, x.shape[2] * x.shape[3], c])
    let taken = pixels.gather(1, places.permute([0, 2, 3, 1]).reshape([n, h * w, c]))
    return taken.reshape([n, h, w, c]).permute([0, 3, 1, 2])
  }

  /// Emits the pooling.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let squares = graph.add(.apply(.square, groups.emitView(into: &graph, input: input)))
    let norms = graph.add(.reduce(squares, .sum, axes: [2], keepsAxes: false))
    let positions = graph.add(
      .maxPoolPositions(
        norms, size: kernelSize, stride: stride, padding: padding, dilation: dilation, roundsUp: roundsUp))
    return graph.add(.gatherPixels(input, positions: groups.emitSpread(into: &graph, input: positions)))
  }

  /// The shape by the formula of `MaxPool2D`.
  public override func outputShape(for shape: Shape) -> Shape {
    checkInput(shape, ranks: [4], channels: groups.channels, layout: "[N, \(groups.channels), H, W]")
    return pooledShape(
      shape, layer: "NormMaxPool2D", kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
      roundsUp: roundsUp)
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) {
    describeGroups(groups, &description)
    description.add("kernelSize", extentText(kernelSize))
    description.add("stride", extentText(stride))
    if padding != [0, 0] { description.add("padding", extentText(padding)) }
    if dilation != [1, 1] { description.add("dilation", extentText(dilation)) }
    if roundsUp { description.add("roundsUp", true) }
  }
}
