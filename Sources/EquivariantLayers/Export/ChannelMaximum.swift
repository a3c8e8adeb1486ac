public import Layers
public import Tensors

/// The largest channel of each of several ranges: what group pooling is without group theory.
///
/// **Shapes**: `[N, C, H, W]` to `[N, ranges, H, W]`.
/// **Symmetry**: invariant to permutations within the ranges.
/// **Traps**: when the number of channels is not the sum of the ranges' sizes.
/// **escnn**: `MaxPoolChannels`, for ranges of several sizes too.
public final class ChannelMaximum: Layer {
  /// The number of channels of each range, in order.
  public let sizes: [Int]

  private let maximum: FieldMaximum

  /// Creates the layer.
  public init(sizes: [Int]) {
    self.sizes = sizes
    maximum = FieldMaximum(sizes: sizes)
  }

  private func check(_ shape: Shape) {
    let channels = sizes.reduce(0, +)
    require(
      shape.count == 4 && shape[1] == channels, "ChannelMaximum", "expected [N, \(channels), H, W], got \(shape)")
  }

  /// The maxima.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    check(x.shape)
    return maximum(x)
  }

  /// Emits one maximum for each run of ranges of equal size.
  public override func emitScript(_ emitter: inout ScriptEmitter, input: String) -> String {
    let parts = maximum.scriptRuns.map { run in
      let part = emitter.assign("torch.narrow(\(input), 1, \(run.start), \(run.size * run.count))")
      let view = emitter.assign(
        "\(part).reshape([\(part).size(0), \(run.count), \(run.size), \(part).size(2), \(part).size(3)])")
      return emitter.assign("torch.amax(\(view), [2])")
    }
    return parts.count == 1 ? parts[0] : emitter.assign("torch.cat([\(parts.joined(separator: ", "))], 1)")
  }

  /// The shape with one channel for each range.
  public override func outputShape(for shape: Shape) -> Shape {
    check(shape)
    return [shape[0], sizes.count, shape[2], shape[3]]
  }

  /// Adds the ranges.
  public override func describe(_ description: inout ModuleDescription) { description.add("sizes", "\(sizes)") }
}
