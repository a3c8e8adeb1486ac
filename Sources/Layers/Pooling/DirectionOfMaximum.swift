public import Tensors

/// The largest channel of each run, as the length of a vector in the direction that belongs to its place.
///
/// Negative maxima give zero.
///
/// **Shapes**: `[N, runs · places, …]` to `[N, runs · axes, …]` for directions `[places, axes]`.
///
/// **Symmetry**: shifting the channels of each run by one place turns the vectors by one direction.
///
/// **State**: `directions` `[places, axes]`, not trained.
public final class DirectionOfMaximum: Layer {
  /// The direction of each place, `[places, axes]`.
  public let directions: Buffer
  /// The number of runs of channels.
  public let runs: Int

  /// Creates a layer for a number of runs of channels.
  ///
  /// **Traps**: unless the directions have two axes and there is a run.
  public init(_ directions: Tensor, runs: Int) {
    guard directions.rank == 2, runs > 0 else {
      Torch.fail(op: "DirectionOfMaximum", "expected directions [places, axes], got \(directions.shape); \(runs) runs")
    }
    self.directions = Buffer(directions)
    self.runs = runs
  }

  private var places: Int { directions.shape[0] }
  private var axes: Int { directions.shape[1] }

  /// Computes the vectors.
  ///
  /// **Traps**: when the input has another number of channels.
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
  public override func copy() -> Layer { DirectionOfMaximum(directions.value, runs: runs) }

  /// Emits the vectors.
  public override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let view = graph.add(.unflatten(input, axis: 1, sizes: [runs, places]))
    let maxima = graph.add(.apply(.relu, graph.add(.reduce(view, .max, axes: [2], keepsAxes: true))))
    let table = graph.tensor(directions, named: "directions")
    let vectors = graph.add(.rowOfMaximum(view, axis: 2, table: table))
    return graph.add(.flatten(graph.add(.combine(maxima, .multiply, vectors)), from: 1, through: 2))
  }

  /// The input's shape with `axes` channels in the place of the `places` of each run.
  public override func outputShape(for shape: Shape) -> Shape {
    if shape.count < 2 || shape[1] != runs * places {
      fail("expected an input [N, \(runs * places), …], got \(shape)")
    }
    return Shape([shape[0], runs * axes] + shape.dropFirst(2))
  }

  /// Adds the directions' shape and the number of runs.
  public override func describe(_ description: inout ModuleDescription) {
    description.add(directions.shape)
    description.add("runs", runs)
  }
}
