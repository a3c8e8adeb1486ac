import Tensors

/// Weights that were found for a filter, and what of it they leave out.
struct FilterProjection {
  /// The weights, in double precision.
  let weights: Tensor
  /// Whether both bases are one, so that the weights are the same numbers.
  let isDirect: Bool
  /// ‖filter − ours‖ / ‖filter‖; 0 for an empty filter.
  let residual: Double

  /// Two sampled bases are the same if no number differs by more than rounding to single precision.
  static let basisTolerance = 1e-4

  /// Their basis for one of our blocks, and where its weights begin in theirs.
  struct ForeignBlock {
    let basis: Tensor
    let offset: Int
  }

  /// Whether a basis of theirs is that of our block.
  static func isSame(_ basis: Tensor, _ block: FilterBlock) -> Bool {
    basis.shape == block.basis.shape && (basis - block.basis).abs().max().item() <= basisTolerance
  }

  /// The weights in our basis of weights in theirs, block by block.
  static func project(_ theirs: Tensor, bases: [ForeignBlock], onto blocks: [FilterBlock]) -> FilterProjection {
    var parts: [Tensor] = []
    var (lost, total) = (0.0, 0.0)
    var isDirect = true
    for (block, foreign) in zip(blocks, bases) {
      let basis = foreign.basis
      let values = theirs.narrow(0, start: foreign.offset, length: block.outCount * block.inCount * basis.shape[0])
      let rows = block.rows(of: values, in: basis)
      let isSame = isSame(basis, block)
      isDirect = isDirect && isSame
      let ours = isSame ? values : FilterBlock.weights(of: rows, in: block.basis)
      lost += (rows - block.rows(of: ours, in: block.basis)).square().sum().item()
      total += rows.square().sum().item()
      parts.append(ours.reshape([-1]))
    }
    return FilterProjection(
      weights: Tensor.concatenated(parts), isDirect: isDirect, residual: total > 0 ? (lost / total).squareRoot() : 0)
  }

  /// The weights in our basis of a filter `[out, in, k, k]`; what lies in blocks without kernels is lost.
  static func project(_ filter: Tensor, onto blocks: [FilterBlock]) -> FilterProjection {
    var parts: [Tensor] = []
    for block in blocks { parts.append(FilterBlock.weights(of: block.rows(of: filter), in: block.basis)) }
    let weights = Tensor.concatenated(parts)
    return FilterProjection(
      weights: weights, isDirect: false, residual: residual(of: weights, against: filter, blocks: blocks))
  }

  /// How well weights in our basis give a filter.
  static func residual(of weights: Tensor, against filter: Tensor, blocks: [FilterBlock]) -> Double {
    let (rows, columns) = (filter.shape[0], filter.shape[1])
    var uncovered = [Double](repeating: 1, count: rows * columns)
    var lost = 0.0
    for block in blocks {
      let part = weights.narrow(0, start: block.weights.lowerBound, length: block.weights.count)
      lost += (block.rows(of: filter) - block.rows(of: part, in: block.basis)).square().sum().item()
      for row in block.outChannels {
        for column in block.inChannels { uncovered[row * columns + column] = 0 }
      }
    }
    let energy = filter.square().sum(along: [2, 3])
    lost += (energy * Tensor(uncovered, shape: [rows, columns], dtype: .float64)).sum().item()
    let total: Double = energy.sum().item()
    return total > 0 ? (lost / total).squareRoot() : 0
  }
}
