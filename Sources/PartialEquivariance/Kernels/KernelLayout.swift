internal import Tensors

/// The numbers of a layer's weights, and how they are read from the hidden features of its kernel.
struct KernelLayout {
  /// Sets of elements, one for all images or one for each.
  let sets: Int
  /// Output elements of a set.
  let outputs: Int
  /// Input elements of a set.
  let inputs: Int
  let inChannels: Int
  let outChannels: Int
  let grid: KernelGrid

  /// Weights that are generated together.
  struct Part: Hashable {
    let sets: Range<Int>
    /// Output channels.
    let rows: Range<Int>
  }

  /// Everything at once.
  var whole: Part { Part(sets: 0..<sets, rows: 0..<outChannels) }

  /// Parts of at most `limit` weights, if one output channel of one set has no more: first images, then channels.
  func parts(limit: Int) -> [Part] {
    let each = outputs * inputs * inChannels * grid.size * grid.size
    let rowCount = min(outChannels, max(1, limit / each))
    let setCount = rowCount == outChannels ? min(sets, max(1, limit / (each * outChannels))) : 1
    return stride(from: 0, to: sets, by: setCount).flatMap { set in
      stride(from: 0, to: outChannels, by: rowCount).map { row in
        Part(sets: set..<min(sets, set + setCount), rows: row..<min(outChannels, row + rowCount))
      }
    }
  }

  /// What the weights of a part are made of, cut out of the kernel's features `[hidden, S·M·T·N]` and its last map.
  func operands(_ part: Part, features: Tensor, matrix: Tensor, shift: Tensor) -> [Tensor] {
    let points = features.shape[1] / sets
    let isWhole = part == whole
    let rows = (part.rows.lowerBound * inChannels, part.rows.upperBound * inChannels)
    return isWhole
      ? [features, matrix, shift]
      : [
        features.slice(1, from: part.sets.lowerBound * points, to: part.sets.upperBound * points),
        matrix.slice(0, from: rows.0, to: rows.1), shift.slice(0, from: rows.0, to: rows.1),
      ]
  }

  /// The weights of a part, one tensor a piece, as ordinary convolutions have them, in channels-last layout.
  ///
  /// **Shapes**: `[S·O·M, C·N, rows, columns]` for the part's S sets and O output channels.
  func weights(_ part: Part, operands: [Tensor], pieces: [KernelPiece]) -> [Tensor] {
    let values = affine(operands[1], operands[0], operands[2])
    // [O, C, S, M, T, N] to [S, O, M, T, C, N].
    let spread = values.reshape([part.rows.count, inChannels, part.sets.count, outputs, grid.taps.count, inputs])
      .permute([2, 0, 3, 4, 1, 5])
    let kernels = part.sets.count * part.rows.count * outputs
    return pieces.map { piece in
      var own = spread
      if piece.taps.count < grid.taps.count {
        own = spread.slice(3, from: piece.taps.lowerBound, to: piece.taps.upperBound)
      }
      if !piece.isFull { own = padded(own, values) }
      return own.reshape([kernels, piece.size.rows, piece.size.columns, inChannels * inputs]).permute([0, 3, 1, 2])
    }
  }

  /// Zeros for the places of the square outside of the disk.
  private func padded(_ spread: Tensor, _ values: Tensor) -> Tensor {
    var shape = spread.shape
    shape[3] = grid.size * grid.size
    let zeros = Tensor.zeros(shape, dtype: values.dtype, device: values.device)
    return Torch.call(
      "aten::index_copy",
      [.tensor(zeros), .int(3), .tensor(grid.index(on: values.device)), .tensor(spread)]
    )[0].tensor ?? zeros
  }

  /// The 2-norm of all weights, from the products of the features with each other: the weights are never made.
  static func norm(features: Tensor, matrix: Tensor, shift: Tensor) -> Tensor {
    let gram = features.matmul(features.transpose(0, 1))
    let sums = features.sum(along: 1)
    let squares = (matrix.matmul(gram) * matrix).sum() + 2.0 * (shift * matrix.matmul(sums)).sum()
    return (squares + shift.square().sum() * Double(features.shape[1])).clamp(min: 0).sqrt()
  }
}
