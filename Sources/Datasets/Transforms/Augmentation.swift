/// Random changes of training images.
///
/// What happens to an image depends on the seed, the epoch and the index of the image alone: never on the batch it is
/// in, on threads, or on what was loaded before. A resumed run therefore sees the same images.
public struct Augmentation: Hashable, Codable, Sendable {
  /// One random change.
  public enum Step: Hashable, Codable, Sendable {
    /// Turns by an angle drawn evenly from ±`maximumDegrees` (180: any angle), bilinearly.
    case rotation(maximumDegrees: Double)
    /// Turns by an angle from ±`rotation` degrees, magnifies by a factor whose logarithm is drawn from ±`scale`, slants by
    /// ±`shear` along a random axis and moves by ±`shift` pixels; all at once, so that the image is resampled one time only.
    case affine(AffineRange)
    /// Turns by 0, 90, 180 or 270 degrees, exactly; square images only.
    case quarterTurns
    /// Mirrors left and right with the given probability.
    case horizontalFlip(probability: Double)
    /// Mirrors top and bottom with the given probability.
    case verticalFlip(probability: Double)
    /// Pads by so many pixels on each side and crops the original size at a random place.
    case crop(padding: Int)
    /// Covers a square with one value for each channel; its center lies anywhere in the image, so parts may lie outside.
    ///
    /// **Reference**: DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout".
    case cutout(side: Int, values: [Float])
  }

  /// The changes in the order in which they are made.
  public var steps: [Step]
  /// The value outside the image.
  public var background: Float

  /// Creates a sequence of changes; an empty one leaves images as they are.
  ///
  /// **Traps**: for a probability outside 0...1, an angle outside 0...180, a padding below 0 or a square without pixels.
  public init(_ steps: [Step] = [], background: Float = 0) {
    for step in steps {
      switch step {
      case .rotation(let degrees):
        precondition((0...180).contains(degrees), "Augmentation: rotation by ±\(degrees)°; expected 0 to 180")
      case .affine(let range): range.check()
      case .horizontalFlip(let probability), .verticalFlip(let probability):
        precondition((0...1).contains(probability), "Augmentation: flip probability \(probability); expected 0 to 1")
      case .crop(let padding):
        precondition(padding >= 0, "Augmentation: crop with padding \(padding); expected 0 or more")
      case .cutout(let side, let values):
        precondition(side >= 1 && !values.isEmpty, "Augmentation: cutout of side \(side) with the values \(values)")
      case .quarterTurns: break
      }
    }
    self.steps = steps
    self.background = background
  }

  /// Leaves images as they are.
  public static let none = Augmentation()

  /// Changes a batch of images in memory.
  ///
  /// **Shapes**: `images` holds `indices.count` images of `imageShape`.
  ///
  /// **Traps**: if the number of values is another, or quarter turns meet images that are not square.
  ///
  /// **Complexity**: O(values); all cores take part.
  public func apply(
    to images: inout [Float], imageShape: ImageShape, indices: [Int], seed: UInt64, epoch: Int
  ) {
    let size = imageShape.count
    precondition(
      images.count == indices.count * size,
      "Augmentation: \(images.count) values for \(indices.count) images of \(imageShape)")
    precondition(
      imageShape.isSquare || !steps.contains(.quarterTurns), "Augmentation: quarter turns of \(imageShape) images")
    guard !steps.isEmpty else { return }
    let input = images
    images = Parallel.floats(blocks: indices.count, of: size, grain: 16) { block, output in
      var rng = SeededGenerator(seed: seed, stream: epoch, indices[block])
      input.withUnsafeBufferPointer { input in
        transform(
          UnsafeBufferPointer(rebasing: input[(block * size)..<((block + 1) * size)]), into: output, imageShape, &rng)
      }
    }
  }

  private func transform(
    _ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, _ shape: ImageShape,
    _ rng: inout SeededGenerator
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: shape.count) { current in
      _ = current.initialize(from: input)
      _ = output.update(from: input)
      for step in steps {
        let source = UnsafeBufferPointer(current)
        switch step {
        case .rotation(let degrees):
          let angle = rng.uniform(-degrees, degrees)
          ImageRotation(degrees: angle, shape: shape, background: background).apply(source, into: output)
        case .affine(let range):
          range.warp(shape: shape, background: background, rng: &rng).apply(source, into: output)
        case .quarterTurns:
          let turns = rng.integer(below: 4)
          ImageRotation(degrees: 90 * Double(turns), shape: shape).apply(source, into: output)
        case .horizontalFlip(let probability):
          let isFlipped = rng.uniform() < probability
          move(source, into: output, shape) { isFlipped ? ($0, shape.width - 1 - $1) : ($0, $1) }
        case .verticalFlip(let probability):
          let isFlipped = rng.uniform() < probability
          move(source, into: output, shape) { isFlipped ? (shape.height - 1 - $0, $1) : ($0, $1) }
        case .crop(let padding):
          let down = rng.integer(below: 2 * padding + 1) - padding
          let right = rng.integer(below: 2 * padding + 1) - padding
          move(source, into: output, shape) { ($0 + down, $1 + right) }
        case .cutout(let side, let values):
          let top = rng.integer(below: shape.height) - side / 2
          let left = rng.integer(below: shape.width) - side / 2
          for channel in 0..<shape.channels {
            for row in max(0, top)..<max(0, min(shape.height, top + side)) {
              for column in max(0, left)..<max(0, min(shape.width, left + side)) {
                output[(channel * shape.height + row) * shape.width + column] = values[channel % values.count]
              }
            }
          }
        }
        _ = current.update(from: output)
      }
    }
  }

  /// Fills each output pixel from the input row and column that `source` names, or with the background.
  @inline(__always)
  private func move(
    _ input: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Float>, _ shape: ImageShape,
    _ source: (Int, Int) -> (Int, Int)
  ) {
    for channel in 0..<shape.channels {
      let start = channel * shape.height * shape.width
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          let (fromRow, fromColumn) = source(row, column)
          let isInside = fromRow >= 0 && fromRow < shape.height && fromColumn >= 0 && fromColumn < shape.width
          output[start + row * shape.width + column] =
            isInside ? input[start + fromRow * shape.width + fromColumn] : background
        }
      }
    }
  }
}
