import Homogenization

/// Random changes of periodic unit cells that act on image and elasticity tensor together.
///
/// Each step moves pixels without interpolation, and the tensor follows exactly: what a homogenizer says of the changed
/// image is the changed tensor. What happens to an image depends on the seed, the epoch and the index of the image alone:
/// never on the batch it is in, or on threads.
///
/// **Symmetry**: Q(g·image) = g·Q(image), to the rounding of the homogenizer.
public struct CellAugmentation: Hashable, Codable, Sendable {
  /// One random change.
  public enum Step: Hashable, Codable, Sendable {
    /// Exchanges top and bottom with the given probability; Q₀₂ and Q₁₂ change their signs.
    case verticalFlip(probability: Double = 0.5)
    /// Exchanges left and right with the given probability; Q₀₂ and Q₁₂ change their signs.
    case horizontalFlip(probability: Double = 0.5)
    /// Exchanges rows and columns with the given probability, in square images; Q₀₀ and Q₁₁, Q₀₂ and Q₁₂ change places.
    case transposition(probability: Double = 0.5)
    /// Turns by 0, 90, 180 or 270 degrees, square images only.
    case quarterTurns
    /// Turns by 180 degrees with the given probability; the tensor stays.
    case halfTurn(probability: Double = 0.5)
    /// Moves cyclically by any number of rows and columns, all equally likely; the tensor stays.
    case roll
  }

  /// The changes in the order in which they are made.
  public let steps: [Step]

  /// Creates a sequence of changes; an empty one leaves cells as they are.
  ///
  /// **Traps**: for a probability outside 0...1.
  public init(_ steps: [Step] = []) {
    for step in steps {
      switch step {
      case .verticalFlip(let probability), .horizontalFlip(let probability), .transposition(let probability),
        .halfTurn(let probability):
        precondition(
          (0...1).contains(probability), "CellAugmentation: a probability of \(probability); expected 0 to 1")
      case .quarterTurns, .roll: break
      }
    }
    self.steps = steps
  }

  /// Leaves cells as they are.
  public static let none = CellAugmentation()

  /// All symmetries of the square, each with probability 1/8, and cyclic shifts.
  public static let all = CellAugmentation([.roll, .quarterTurns, .horizontalFlip()])

  /// Changes a batch of images and tensors in memory.
  ///
  /// **Shapes**: `images` holds `indices.count` images of `imageShape`, `targets` six numbers for each: Q₀₀, Q₀₁, Q₀₂, Q₁₁,
  /// Q₁₂, Q₂₂.
  ///
  /// **Traps**: if the numbers of values are others, or a transposition or quarter turn meets images that are not square.
  ///
  /// **Complexity**: O(values); all cores take part.
  public func apply(
    to images: inout [Float], targets: inout [Float], imageShape: ImageShape, indices: [Int], seed: UInt64, epoch: Int
  ) {
    let size = imageShape.count
    precondition(
      images.count == indices.count * size && targets.count == indices.count * 6,
      "CellAugmentation: \(images.count) values and \(targets.count) targets for \(indices.count) images of \(imageShape)"
    )
    guard !steps.isEmpty else { return }
    let moves = indices.map { index in
      var rng = SeededGenerator(seed: seed, stream: epoch, index)
      return move(height: imageShape.height, width: imageShape.width, &rng)
    }
    precondition(
      imageShape.isSquare || !moves.contains { $0.symmetry.transposes },
      "CellAugmentation: transpositions and quarter turns of \(imageShape) images; expected square ones")
    for (index, move) in moves.enumerated() {
      let tensor = ElasticityTensor(components: targets[(6 * index)..<(6 * index + 6)].map(Double.init))
      targets.replaceSubrange(
        (6 * index)..<(6 * index + 6), with: tensor.transformed(by: move.symmetry).components.map { Float($0) })
    }
    let input = images
    images = Parallel.floats(blocks: indices.count, of: size, grain: 16) { block, output in
      input.withUnsafeBufferPointer {
        moves[block].apply($0.baseAddress! + block * size, into: output.baseAddress!, imageShape)
      }
    }
  }

  /// A symmetry of the square, followed by a cyclic shift.
  private struct Move: Sendable {
    var symmetry = SquareSymmetry.identity
    var rows = 0
    var columns = 0

    mutating func follow(with next: SquareSymmetry, height: Int, width: Int) {
      symmetry = next * symmetry
      // A map of the square carries the shift along.
      if next.transposes { (rows, columns) = (columns, rows) }
      if next.reversesRows { rows = (height - rows) % height }
      if next.reversesColumns { columns = (width - columns) % width }
    }

    func apply(_ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ shape: ImageShape) {
      let (height, width) = (shape.height, shape.width)
      for channel in 0..<shape.channels {
        let start = channel * height * width
        for row in 0..<height {
          let unrolledRow = (row - rows + height) % height
          for column in 0..<width {
            let source = symmetry.source(
              row: unrolledRow, column: (column - columns + width) % width, height: height, width: width)
            output[start + row * width + column] = input[start + source.row * width + source.column]
          }
        }
      }
    }
  }

  private func move(height: Int, width: Int, _ rng: inout SeededGenerator) -> Move {
    var move = Move()
    func draw(_ probability: Double, _ symmetry: SquareSymmetry) {
      if rng.uniform() < probability { move.follow(with: symmetry, height: height, width: width) }
    }
    for step in steps {
      switch step {
      case .verticalFlip(let probability): draw(probability, .verticalFlip)
      case .horizontalFlip(let probability): draw(probability, .horizontalFlip)
      case .transposition(let probability): draw(probability, .transposition)
      case .halfTurn(let probability): draw(probability, .quarterTurns(2))
      case .quarterTurns:
        move.follow(with: .quarterTurns(rng.integer(below: 4)), height: height, width: width)
      case .roll:
        move.rows = (move.rows + rng.integer(below: height)) % height
        move.columns = (move.columns + rng.integer(below: width)) % width
      }
    }
    return move
  }
}
