import Layers
package import Symmetry
package import Tensors

/// The invariant part of every field: the coefficients of its trivial irreps, and the vector that they make.
package final class TrivialProjection: SelfContained {
  private let type: FieldType
  private let expansion: BiasExpansion
  private var kept: (matrix: Tensor, dtype: DType, device: Device)?

  package init(_ type: FieldType) {
    self.type = type
    expansion = BiasExpansion(type)
  }

  /// The number of trivial irreps.
  package var count: Int { expansion.count }

  /// The matrices P of the projection, one for each different representation.
  package static func matrices(_ type: FieldType) -> [Matrix] {
    type.distinctRepresentations.map { representation in
      let mask = representation.irreps.flatMap { irrep in Array(repeating: irrep.isTrivial ? 1.0 : 0, count: irrep.size)
      }
      return representation.changeOfBasis * .diagonal(mask) * representation.changeOfBasisInverse
    }
  }

  /// The value of each channel `[C]` for coefficients `[count]`.
  package func expand(_ coefficients: Tensor) -> Tensor { expansion(coefficients) }

  /// The coefficients `[count]` of the invariant part of one value for each channel, `[C]`.
  package func coefficients(of values: Tensor) -> Tensor { matrix(like: values).matmul(values) }

  private func matrix(like values: Tensor) -> Tensor {
    if let kept, kept.dtype == values.dtype, kept.device == values.device { return kept.matrix }
    var entries = [Double](repeating: 0, count: count * type.size)
    var coefficient = 0
    for (representation, channels) in zip(type.representations, type.channels) {
      var row = 0
      for irrep in representation.irreps {
        if irrep.isTrivial {
          for column in 0..<representation.size {
            entries[coefficient * type.size + channels.lowerBound + column] =
              representation.changeOfBasisInverse[row, column]
          }
          coefficient += 1
        }
        row += irrep.size
      }
    }
    let matrix = Tensor(entries, shape: [count, type.size], dtype: values.dtype, device: values.device)
    kept = (matrix, values.dtype, values.device)
    return matrix
  }
}
