import Layers
package import Symmetry
package import Tensors

/// Multiplies the channels of every field by a square matrix that its representation decides.
package final class FiberMap: SelfContained {
  private let type: FieldTypeStorage
  private let matrices: [Matrix]

  /// Where each channel is read from, when all matrices are permutations.
  package let selection: FieldSelection?

  package init(_ type: FieldType, matrices: [Matrix]) {
    self.type = type.storage
    self.matrices = matrices
    selection = Self.sources(type.storage, matrices).map { FieldSelection($0, of: type.size) }
  }

  /// The whole matrix.
  package var matrix: Matrix { Matrix.blockDiagonal(type.distinctIndex.map { matrices[$0] }) }

  /// Applies the map to `[N, C, H, W]`.
  package func callAsFunction(_ tensor: Tensor) -> Tensor {
    if let selection { return selection(tensor) }
    let working: DType = tensor.dtype == .float64 ? .float64 : .float32
    let source = tensor.dtype == working ? tensor : tensor.to(working)
    let (n, h, w) = (tensor.shape[0], tensor.shape[2], tensor.shape[3])
    var parts: [Tensor] = []
    var field = 0
    while field < type.distinctIndex.count {
      let index = type.distinctIndex[field]
      let end = type.distinctIndex[field...].firstIndex { $0 != index } ?? type.distinctIndex.count
      let size = matrices[index].rows
      let block = source.narrow(1, start: type.channels[field].lowerBound, length: (end - field) * size)
      let factor = Tensor(matrices[index].values, shape: [size, size], dtype: working, device: tensor.device)
      let product = factor.matmul(block.reshape([n * (end - field), size, h * w]))
      parts.append(product.reshape([n, (end - field) * size, h, w]))
      field = end
    }
    let result = parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
    return tensor.dtype == working ? result : result.to(tensor.dtype)
  }

  private static func sources(_ type: FieldTypeStorage, _ matrices: [Matrix]) -> [Int]? {
    var sourcesOfDistinct: [[Int]] = []
    for matrix in matrices {
      var sources: [Int] = []
      for row in 0..<matrix.rows {
        let entries = (0..<matrix.columns).filter { abs(matrix[row, $0]) > 1e-12 }
        guard entries.count == 1, abs(matrix[row, entries[0]] - 1) < 1e-12 else { return nil }
        sources.append(entries[0])
      }
      sourcesOfDistinct.append(sources)
    }
    return zip(type.channels, type.distinctIndex).flatMap { range, index in
      sourcesOfDistinct[index].map { range.lowerBound + $0 }
    }
  }
}
