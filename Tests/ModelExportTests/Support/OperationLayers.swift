import Layers
import Tensors

/// The values of the image at the places of the largest sums over channels, as norm pooling takes them.
final class PooledByBrightness: Layer {
  override func callAsFunction(_ x: Tensor) -> Tensor {
    let brightness = x.sum(along: 1, keepingDimensions: true).expand(to: x.shape)
    let places = brightness.maxPool2dWithIndices([2, 3], stride: [2, 2], padding: [1, 1], roundsUp: true).indices
    let rows = x.reshape([x.shape[0], x.shape[1], -1])
    let columns = places.reshape([x.shape[0], x.shape[1], -1])
    return rows.gather(2, columns).reshape(places.shape)
  }

  override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let sum = graph.add(.reduce(input, .sum, axes: [1], keepsAxes: true))
    let zero = graph.add(.combine(input, .multiply, .number(0)))
    let brightness = graph.add(.combine(zero, .add, sum))
    let places = graph.add(
      .maxPoolPositions(
        brightness, size: [2, 3], stride: [2, 2], padding: [1, 1], dilation: [1, 1], roundsUp: true))
    return graph.add(.gatherPixels(input, positions: places))
  }
}

/// The row of a table for the brightest of several channels, at every pixel.
final class RowOfBrightestChannel: Layer {
  let table: Buffer
  init(_ table: Tensor) { self.table = Buffer(table) }

  override func callAsFunction(_ x: Tensor) -> Tensor {
    let rows = table.value.indexSelect(0, x.argmax(along: 1).reshape([-1]))
    return rows.reshape([x.shape[0], x.shape[2], x.shape[3], table.shape[1]]).permute([0, 3, 1, 2])
  }

  override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    graph.add(.rowOfMaximum(input, axis: 1, table: graph.tensor(table, named: "table")))
  }
}

/// Each field of two channels scaled by a function of its norm.
final class NormScaled: Layer {
  override func callAsFunction(_ x: Tensor) -> Tensor {
    let fields = x.reshape([x.shape[0], x.shape[1] / 2, 2, x.shape[2], x.shape[3]])
    let norms = (fields * fields).sum(along: 2, keepingDimensions: true).sqrt().clamp(min: 0.1)
    let factors = ((norms + 0.5).log() - (norms * -1).exp()) / norms
    let flat = norms.reshape([x.shape[0], -1, x.shape[2], x.shape[3]])
    return Tensor.concatenated([(fields * factors).reshape(x.shape), flat], along: 1)
  }

  override func emit(into graph: inout ExportGraph, input: ExportGraph.Value) -> ExportGraph.Value {
    let fields = graph.add(.unflatten(input, axis: 1, sizes: [2, 2]))
    let squares = graph.add(.reduce(graph.add(.apply(.square, fields)), .sum, axes: [2], keepsAxes: true))
    let norms = graph.add(.clamp(graph.add(.apply(.sqrt, squares)), minimum: 0.1, maximum: nil))
    let raised = graph.add(.apply(.log, graph.add(.combine(norms, .add, .number(0.5)))))
    let falling = graph.add(.apply(.exp, graph.add(.combine(.number(-1), .multiply, norms))))
    let factors = graph.add(.combine(graph.add(.combine(raised, .subtract, falling)), .divide, norms))
    let scaled = graph.add(.flatten(graph.add(.combine(fields, .multiply, factors)), from: 1, through: 2))
    return graph.add(.concatenate([scaled, graph.add(.flatten(norms, from: 1, through: 2))], axis: 1))
  }
}
