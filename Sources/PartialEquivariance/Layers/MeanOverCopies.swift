public import Layers
public import Tensors

/// The mean over copies of a batch that stand one after another, as `TransformedCopies` makes them.
///
/// **Shapes**: `[N·B, F]` to `[B, F]`.
///
/// **Symmetry**: invariant under permutations of the copies.
public final class MeanOverCopies: Layer {
  /// The number of copies, `N`.
  public let count: Int

  /// Creates a layer.
  public init(count: Int) {
    guard count > 0 else { Torch.fail(op: "MeanOverCopies", "needs a copy or more, got \(count)") }
    self.count = count
  }

  /// The mean.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    let shape = outputShape(for: x.shape)
    return x.reshape([count, shape[0], shape[1]]).mean(along: 0)
  }

  /// Emits the mean.
  public override func emitScript(_ emitter: inout ScriptEmitter, input: String) -> String {
    let copies = emitter.assign("torch.reshape(\(input), [\(count), -1, \(input).size(1)])")
    return emitter.assign("torch.mean(\(copies), [0])")
  }

  /// The input's shape with fewer rows.
  public override func outputShape(for shape: Shape) -> Shape {
    guard shape.count == 2, shape[0] % count == 0 else { Torch.fail(op: "MeanOverCopies", "expected an input [\(count)·B, F], got \(shape)") }
    return [shape[0] / count, shape[1]]
  }

  /// Adds the number of copies.
  public override func describe(_ description: inout ModuleDescription) { description.add("count", count) }
}
