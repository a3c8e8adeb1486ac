import Layers
import Symmetry
package import Tensors

/// Turns one bias for each trivial part of a type into one for each channel.
package final class BiasExpansion: SelfContained {
  private let size: Int
  private let columns: [[(channel: Int, value: Double)]]
  private var kept: (matrix: Tensor, dtype: DType, device: Device)?

  package init(_ type: FieldType) {
    size = type.size
    var columns: [[(channel: Int, value: Double)]] = []
    for (representation, range) in zip(type.representations, type.channels) {
      var column = 0
      for irrep in representation.irreps {
        if irrep.isTrivial {
          columns.append(
            (0..<representation.size).compactMap { row in
              let value = representation.changeOfBasis[row, column]
              return abs(value) < 1e-14 ? nil : (range.lowerBound + row, value)
            })
        }
        column += irrep.size
      }
    }
    self.columns = columns
  }

  /// The number of biases: one for each trivial irrep.
  package var count: Int { columns.count }

  /// The bias of each channel, `[C]`; gradients flow to `bias`.
  package func callAsFunction(_ bias: Tensor) -> Tensor { matrix(like: bias).matmul(bias) }

  private func matrix(like bias: Tensor) -> Tensor {
    if let kept, kept.dtype == bias.dtype, kept.device == bias.device { return kept.matrix }
    var values = [Double](repeating: 0, count: size * count)
    for (index, column) in columns.enumerated() {
      for entry in column { values[entry.channel * count + index] = entry.value }
    }
    let matrix = Tensor(values, shape: [size, count], dtype: bias.dtype, device: bias.device)
    kept = (matrix, bias.dtype, bias.device)
    return matrix
  }
}
