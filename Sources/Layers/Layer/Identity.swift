public import Tensors

/// A layer that returns its input.
///
/// **Shapes**: any shape; the output has the input's.
///
/// **Symmetry**: exact for every group.
public final class Identity: Layer {
  /// Returns the input.
  public override func callAsFunction(_ x: Tensor) -> Tensor { x }

  /// Emits nothing.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value { input }

  /// The input's shape.
  public override func outputShape(for shape: Shape) -> Shape { shape }
}
