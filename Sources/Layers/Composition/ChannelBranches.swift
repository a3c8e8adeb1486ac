public import Tensors

/// Layers side by side, each on channels of its own, with their outputs joined.
///
/// **Shapes**: `[N, C, …]` to `[N, C', …]`: the first layer takes the first `sizes[0]` channels, the next those that
/// follow. All outputs must have the same pixels.
///
/// **Symmetry**: whatever all branches have.
///
/// **State**: keys begin with the branch's index (`0.weight`).
public final class ChannelBranches: Layer {
  /// The number of channels of each branch.
  public let sizes: [Int]
  /// The layer of each branch.
  public let layers: [Layer]

  /// Creates a layer with one number of channels for each branch.
  ///
  /// **Traps**: without branches, or when there is not one positive size for each.
  public init(sizes: [Int], _ layers: [Layer]) {
    guard !sizes.isEmpty, sizes.count == layers.count, sizes.allSatisfy({ $0 > 0 }) else {
      Torch.fail(op: "ChannelBranches", "needs a positive size for each layer, got \(sizes) for \(layers.count)")
    }
    self.sizes = sizes
    self.layers = layers
  }

  /// Leaves the name of the array out of keys.
  public override class var stateKeys: [String: String] { ["layers": ""] }

  /// The number of channels of the input.
  public var channels: Int { sizes.reduce(0, +) }

  /// The first channel of each branch.
  private var starts: [Int] {
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return start
    }
  }

  /// Applies every branch and joins the outputs.
  ///
  /// **Traps**: when the input has another number of channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    let outputs = zip(layers, zip(starts, sizes)).map { layer, range in
      layer(x.narrow(1, start: range.0, length: range.1))
    }
    return outputs.count == 1 ? outputs[0] : Tensor.concatenated(outputs, along: 1)
  }

  /// A layer with copies of all branches.
  public override func copy() -> Layer { ChannelBranches(sizes: sizes, layers.map { $0.copy() }) }

  /// Emits all branches.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let ranges = zip(starts, sizes).map { Array($0..<($0 + $1)) }
    let outputs = layers.enumerated().map { index, layer in
      let table = graph.indices(ranges[index], named: "channels")
      return graph.emit(layer, named: "\(index)", input: graph.add(.gather(input, axis: 1, indices: table)))
    }
    return graph.add(.concatenate(outputs, axis: 1))
  }

  /// The shape of the first branch's output with the channels of all.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    let shapes = zip(layers, sizes).map { layer, size in
      layer.outputShape(for: Shape([shape[0], size] + shape.dropFirst(2)))
    }
    guard shapes.allSatisfy({ $0.dropFirst(2).elementsEqual(shapes[0].dropFirst(2)) }) else {
      fail("the branches give \(shapes)")
    }
    return Shape([shape[0], shapes.reduce(0) { $0 + $1[1] }] + shapes[0].dropFirst(2))
  }

  /// Adds the sizes.
  public override func describe(_ description: inout ModuleDescription) { description.add("sizes", sizes) }

  private func check(_ shape: Shape) {
    if shape.count < 2 || shape[1] != channels { fail("expected an input [N, \(channels), …], got \(shape)") }
  }
}
