/// A batch of images in memory, ready for a network.
public struct LoadedBatch: Hashable, Sendable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The number of the batch in its epoch, from 0.
  public let batch: Int
  /// Which images of the data set these are.
  public let indices: [Int]
  /// The values, augmented and normalized, image after image.
  public let values: [Float]
  /// What is to be predicted of each image.
  public let targets: ImageBatch.Targets
  /// The size of each image.
  public let imageShape: ImageShape
  /// The images of the batch in all processes that share it.
  public let total: Int
  /// The parts that follow one another; their images, in order, are these.
  public let pieces: [BatchDivision.Piece]

  /// The number of images.
  public var count: Int { indices.count }

  /// The class of each image; empty where quantities are predicted.
  public var classLabels: [Int] {
    if case .classes(let labels) = targets { labels } else { [] }
  }

  /// The images of each piece as a batch of its own.
  public var parts: [LoadedBatch] {
    guard pieces.count > 1 else { return [self] }
    var start = 0
    return pieces.map { piece in
      let range = start..<start + piece.images.count
      start = range.upperBound
      return LoadedBatch(
        epoch: epoch, batch: batch, indices: Array(indices[range]), values: slice(values, range),
        targets: slice(targets, range), imageShape: imageShape, total: total, pieces: [piece])
    }
  }

  private func slice<Element>(_ values: [Element], _ images: Range<Int>) -> [Element] {
    let each = count == 0 ? 0 : values.count / count
    return Array(values[images.lowerBound * each..<images.upperBound * each])
  }

  private func slice(_ targets: ImageBatch.Targets, _ images: Range<Int>) -> ImageBatch.Targets {
    switch targets {
    case .classes(let labels): .classes(slice(labels, images))
    case .quantities(let values): .quantities(slice(values, images))
    }
  }
}
