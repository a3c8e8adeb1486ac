public import Tensors

/// The largest channel of each run, as the length of a vector in the direction that belongs to its place.
///
/// Negative maxima give zero.
///
/// **Shapes**: `[N, C, …]` to `[N, C / places · axes, …]` for directions `[places, axes]`.
///
/// **Symmetry**: shifting the channels of each run by one place turns the vectors by one direction.
///
/// **State**: `directions` `[places, axes]`, not trained.
public final class DirectionOfMaximum: Layer {
  /// The direction of each place, `[places, axes]`.
  public let directions: Buffer

  /// Creates a layer.
  ///
  /// **Traps**: unless the directions have two axes.
  public init(_ directions: Tensor) {
    guard directions.rank == 2 else {
      Torch.fail(op: "DirectionOfMaximum", "expected directions [places, axes], got \(directions.shape)")
    }
    self.directions = Buffer(directions)
  }

  private var places: Int { directions.shape[0] }
  private var axes: Int { directions.shape[1] }

  /// Computes the vectors.
  ///
  /// **Traps**: when the places do not divide the channels.
  public override func callAsFunction(_ x: Tensor) -> Tensor {
    _ = outputShape(for: x.shape)
    return Self.vectors(of: x, directions: directions.value.to(x.dtype))
  }

  /// The vectors for directions `[places, axes]` of the input's type.
  package static func vectors(of x: Tensor, directions: Tensor) -> Tensor {
    let shape = x.shape
    let (places, axes) = (directions.shape[0], directions.shape[1])
    // The channels come last here, whatever the layout.
    let order = [0] + Array(2..<shape.count) + [1]
    let view = x.permute(order)
    let outer = Array(view.shape.dropLast())
    let fields = x.shape[1] / places
    let (maxima, positions) = view.reshape(Shape(outer + [fields, places])).maxWithIndices(along: outer.count + 1)
    let vectors = directions.indexSelect(0, positions.reshape([positions.count])).reshape(
      Shape(outer + [fields, axes]))
    let result = (maxima.relu().unsqueeze(outer.count + 1) * vectors).reshape(Shape(outer + [fields * axes]))
    return result.permute([0, shape.count - 1] + Array(1..<shape.count - 1))
  }

  /// A layer with a copy of the table.
  public override func copy() -> Layer { DirectionOfMaximum(directions.value) }

  /// Emits the vectors.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let view = graph.add(.unflatten(input, axis: 1, sizes: [-1, places]))
    let maxima = graph.add(.apply(.relu, graph.add(.reduce(view, .max, axes: [2], keepsAxes: true))))
    let table = graph.tensor(directions, named: "directions")
    let vectors = graph.add(.rowOfMaximum(view, axis: 2, table: table))
    return graph.add(.flatten(graph.add(.combine(maxima, .multiply, vectors)), from: 1, through: 2))
  }

  /// The input's shape with `axes` channels in the place of `places`.
  public override func outputShape(for shape: Shape) -> Shape {
    if shape.count < 2 || shape[1] % places != 0 {
      fail("expected an input [N, C, …] with C divisible by \(places), got \(shape)")
    }
    return Shape([shape[0], shape[1] / places * axes] + shape.dropFirst(2))
  }

  /// Adds the directions' shape.
  public override func describe(_ description: inout ModuleDescription) { description.add(directions.shape) }
}
