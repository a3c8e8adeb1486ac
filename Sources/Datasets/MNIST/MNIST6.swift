public import Foundation

/// Sixes of MNIST and turned or mirrored copies of them, to be told apart.
///
/// A network that is invariant under the change between the classes cannot do better than chance; one that learns to be
/// less symmetric can.
///
/// **Reference**: Romero and Lohit, "Learning Partial Equivariances From Data", NeurIPS 2022.
public enum MNIST6 {
  /// What makes the second class of the first.
  public enum Change: Hashable, Sendable {
    /// Half a turn, which makes a nine of a six.
    case halfTurn
    /// Left and right swapped.
    case mirror

    /// The names of the two classes.
    public var classNames: [String] {
      switch self {
      case .halfTurn: ["6", "6 turned by 180°"]
      case .mirror: ["6", "6 mirrored"]
      }
    }
  }

  /// The numbers of images, both classes together.
  public static let counts = (training: 11_836, test: 1_916)

  /// Reads a part of MNIST and returns its sixes, each followed by its changed copy.
  ///
  /// - Parameters:
  ///   - rotation: Each six is first rotated by an angle drawn uniformly from ± this many degrees; the copy is of the
  ///     rotated one.
  ///   - seed: The seed of these angles.
  ///
  /// **Throws**: `DatasetError` when a file is missing or broken.
  public static func load(
    _ part: MNIST.Part, change: Change, rotation: Double = 0, seed: UInt64 = 0, from folder: URL
  ) throws(DatasetError) -> ImageDataset {
    let all = try MNIST.load(part, from: folder)
    let sixes = all.gathered(all.labels.indices.filter { all.labels[$0] == 6 })
    let shape = MNIST.imageShape
    let count = sixes.count / shape.count
    let upright: [Float]
    if rotation > 0 {
      var rng = SeededGenerator(seed: seed)
      let angles = (0..<count).map { _ in Double.random(in: -rotation...rotation, using: &rng) }
      upright = Parallel.floats(blocks: count, of: shape.count) { index, output in
        sixes.withUnsafeBufferPointer { input in
          let image = UnsafeBufferPointer(rebasing: input[(index * shape.count)..<((index + 1) * shape.count)])
          ImageRotation(degrees: angles[index], shape: shape).apply(image, into: output)
        }
      }
    } else {
      upright = sixes
    }
    let changed =
      switch change {
      case .halfTurn: rotated(upright, imageShape: shape, byDegrees: 180)
      case .mirror: mirrored(upright, shape)
      }
    // The first images of the set, however many, have both classes.
    let pairs = Parallel.floats(blocks: 2 * count, of: shape.count) { index, output in
      let source = index % 2 == 0 ? upright : changed
      for pixel in 0..<shape.count { output[pixel] = source[index / 2 * shape.count + pixel] }
    }
    return ImageDataset(
      uncheckedName: "mnist6-\(part.rawValue)", images: pairs, labels: (0..<(2 * count)).map { $0 % 2 },
      classNames: change.classNames, imageShape: shape)
  }

  private static func mirrored(_ images: [Float], _ shape: ImageShape) -> [Float] {
    Parallel.floats(blocks: images.count / shape.width, of: shape.width) { row, output in
      for column in 0..<shape.width { output[column] = images[(row + 1) * shape.width - 1 - column] }
    }
  }
}
