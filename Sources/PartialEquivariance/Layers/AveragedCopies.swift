public import Layers
internal import Symmetry
public import Tensors

/// The mean of a network's results for copies of the image that are turned by fixed group elements.
///
/// **Shapes**: `[B, channels, side, side]` to what the network gives.
///
/// **Symmetry**: none that is exact, unless the elements are a whole group that maps the pixel grid to itself.
///
/// **State**: that of `network`, and the elements' `matrices`.
public final class AveragedCopies: Layer {
  /// The network that sees each copy.
  public let network: Sequential
  /// The maps from places in a copy to places in the image, `[N, 2, 3]`.
  public let matrices: Buffer
  /// How pixels are matched.
  public let alignment: AugerinoNetwork.Alignment
  /// The image's channels.
  public let channels: Int
  /// The image's side in pixels.
  public let side: Int

  /// Creates a layer.
  public init(
    _ network: Sequential, samples: GroupSamples, channels: Int, side: Int,
    alignment: AugerinoNetwork.Alignment = .centered
  ) {
    self.network = network
    matrices = Buffer(withoutGradient { TurnedCopies.matrices(samples).to(.float32) })
    self.alignment = alignment
    self.channels = channels
    self.side = side
  }

  private init(copying other: AveragedCopies) {
    network = Sequential(other.network.layers.map { $0.copy() })
    matrices = Buffer(other.matrices.value)
    alignment = other.alignment
    channels = other.channels
    side = other.side
  }

  /// A layer with a copy of the network, for the same elements.
  public override func copy() -> Layer { AveragedCopies(copying: self) }

  /// The mean of the results.
  ///
  /// **Traps**: for images of another shape.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    let results = network(TurnedCopies.make(x, matrices.value, alignment))
    return results.reshape([matrices.shape[0], x.shape[0], results.shape[1]]).mean(along: 0)
  }

  /// Emits the network once for each copy; turning is a linear map of pixels.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let pixels = side * side
    let columns = graph.add(.flatten(input, from: 2, through: 3))
    let basis = Tensor.eye(pixels).reshape([pixels, 1, side, side])
    let moved = withoutGradient { TurnedCopies.make(basis, matrices.value, alignment) }
      .reshape([matrices.shape[0], pixels, pixels])
    var sum: ExportGraph.Value?
    for copy in 0..<matrices.shape[0] {
      let turn = graph.tensor(moved[copy].transpose(0, 1), named: "turn")
      let turned = graph.add(.linear(columns, weight: turn, bias: nil))
      let image = graph.add(.reshape(turned, sample: [channels, side, side]))
      let result = graph.emit(network, named: "network", input: image)
      sum = sum.map { graph.add(.combine($0, .add, result)) } ?? result
    }
    return graph.add(.combine(sum ?? input, .multiply, .number(1 / Double(matrices.shape[0]))))
  }

  /// The network's.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return network.outputShape(for: shape)
  }

  /// Adds the number of copies.
  public override func describe(_ description: inout ModuleDescription) {
    description.add("\(matrices.shape[0]) elements")
    if alignment != .centered { description.add("alignment", ".\(alignment)") }
  }

  private func check(_ shape: Shape) {
    guard shape.count == 4, Array(shape.dropFirst()) == [channels, side, side] else {
      Torch.fail(op: "AveragedCopies", "expected images [B, \(channels), \(side), \(side)], got \(shape)")
    }
  }
}
