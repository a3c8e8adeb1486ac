public import Tensors

/// Joins all axes from a given one on.
///
/// **Shapes**: `[N, C, H, W]` to `[N, C H W]` by default.
///
/// **Symmetry**: none; pixels become features.
public final class Flatten: Layer {
  /// The first axis that is joined.
  public let start: Int

  /// Creates a layer.
  public init(from start: Int = 1) {
    guard start >= 0 else { Torch.fail(op: "Flatten", "needs a start of at least 0, got \(start)") }
    self.start = start
  }

  /// Joins the axes.
  ///
  /// **Traps**: when there are fewer axes.
  public override func callAsFunction(_ x: Tensor) -> Tensor { x.reshape(outputShape(for: x.shape)) }

  /// Emits the reshaping.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.flatten(input, from: start, through: -1))
  }

  /// The joined shape.
  public override func outputShape(for shape: Shape) -> Shape {
    guard shape.count > start else { fail("expected an input with more than \(start) axes, got \(shape)") }
    return Shape(shape.prefix(start) + [shape.dropFirst(start).reduce(1, *)])
  }

  /// Adds the axis.
  public override func describe(_ description: inout ModuleDescription) {
    if start != 1 { description.add("from", start) }
  }
}
