public import Tensors

/// Gives each sample another shape.
///
/// **Shapes**: `[N, …]` to `[N, shape]`.
///
/// **Symmetry**: none.
public final class Reshape: Layer {
  /// The shape of one sample.
  public let shape: Shape

  /// Creates a layer.
  public init(_ shape: Shape) {
    guard shape.allSatisfy({ $0 >= 0 }) else { Torch.fail(op: "Reshape", "needs sizes of at least 0, got \(shape)") }
    self.shape = shape
  }

  /// Reshapes.
  ///
  /// **Traps**: when a sample has another number of elements.
  public override func callAsFunction(_ x: Tensor) -> Tensor { x.reshape(outputShape(for: x.shape)) }

  /// Emits the reshaping.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.reshape(input, sample: Array(shape)))
  }

  /// The number of samples, then the layer's shape.
  public override func outputShape(for shape: Shape) -> Shape {
    guard let samples = shape.first, shape.dropFirst().reduce(1, *) == self.shape.reduce(1, *) else {
      fail("cannot give the samples of \(shape) the shape \(self.shape)")
    }
    return Shape([samples] + self.shape)
  }

  /// Adds the shape.
  public override func describe(_ description: inout ModuleDescription) { description.add(shape) }
}
