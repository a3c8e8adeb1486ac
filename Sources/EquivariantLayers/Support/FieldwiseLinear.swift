package import Layers
package import Symmetry
package import Tensors

/// Multiplies the channels of every field by a matrix that its representation decides, square or not.
///
/// Runs of fields with one representation are one matrix product, in either memory layout without copies of the input.
package final class FieldwiseLinear: SelfContained {
  private let runs: [(matrix: Matrix, count: Int)]
  private let factors: [ConstantMatrix]

  /// A map for a type with one matrix for each of its different representations.
  package convenience init(_ type: FieldType, matrices: [Matrix]) {
    var runs: [(index: Int, count: Int)] = []
    for index in type.storage.distinctIndex {
      if let last = runs.last, last.index == index {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((index, 1))
      }
    }
    self.init(runs: runs.map { (matrices[$0.index], $0.count) })
  }

  /// A map of fields that come in runs with one matrix each.
  package init(runs: [(matrix: Matrix, count: Int)]) {
    self.runs = runs
    factors = runs.map { ConstantMatrix($0.matrix) }
  }

  /// Whether nothing changes.
  package var isIdentity: Bool { runs.allSatisfy { $0.matrix == .identity($0.matrix.rows) } }

  /// Applies the map to `[N, C, H, W]`.
  package func callAsFunction(_ input: Tensor) -> Tensor {
    if isIdentity { return input }
    var parts: [Tensor] = []
    var start = 0
    for (run, factor) in zip(runs, factors) {
      let channels = run.count * run.matrix.columns
      let part = runs.count == 1 ? input : input.narrow(1, start: start, length: channels)
      parts.append(product(part, factor.tensor(input.dtype, input.device), count: run.count))
      start += channels
    }
    return parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
  }

  private func product(_ x: Tensor, _ factor: Tensor, count: Int) -> Tensor {
    let (n, h, w) = (x.shape[0], x.shape[2], x.shape[3])
    let (rows, columns) = (factor.shape[0], factor.shape[1])
    if x.isContiguous() {
      let product = factor.matmul(x.reshape([n * count, columns, h * w]))
      return product.reshape([n, count * rows, h, w])
    }
    let fields = x.permute([0, 2, 3, 1]).reshape([n * h * w * count, columns])
    return fields.matmul(factor.transpose()).reshape([n, h, w, count * rows]).permute([0, 3, 1, 2])
  }

  /// The weight of the 1 × 1 convolution that computes the map, and its number of groups.
  ///
  /// - Parameter transform: Changes the matrix of the field at a position.
  package func kernel(_ transform: (Int, Matrix) -> Matrix = { $1 }) -> (weight: Matrix, groups: Int) {
    var matrices: [Matrix] = []
    for run in runs {
      for _ in 0..<run.count { matrices.append(transform(matrices.count, run.matrix)) }
    }
    let (rows, columns) = (matrices[0].rows, matrices[0].columns)
    guard matrices.allSatisfy({ $0.rows == rows && $0.columns == columns }) else {
      return (Matrix.blockDiagonal(matrices), 1)
    }
    return (Matrix(rows: rows * matrices.count, columns: columns, matrices.flatMap(\.values)), matrices.count)
  }

  /// The plain 1 × 1 convolution that computes the map.
  package func layer(dtype: DType) -> Layer {
    if isIdentity { return Identity() }
    let (weight, groups) = kernel()
    return Conv2D(
      weight: Tensor(weight.values, shape: [weight.rows, weight.columns, 1, 1], dtype: dtype), bias: nil,
      groups: groups)
  }
}
