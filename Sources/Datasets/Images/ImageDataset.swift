/// Labeled images in memory.
///
/// **Shapes**: `images` holds N×C×H×W values, the columns of a row fastest.
public struct ImageDataset: Hashable, Sendable {
  /// The name, for messages and reports.
  public let name: String
  /// All values, image after image.
  public let images: [Float]
  /// The class of each image.
  public let labels: [Int]
  /// The names of the classes.
  public let classNames: [String]
  /// The size of each image.
  public let imageShape: ImageShape

  /// Creates a data set from its parts.
  ///
  /// **Throws**: `DatasetError.invalid` unless values and labels fit together, every label has a class, and every value
  /// is finite.
  public init(
    name: String, images: [Float], labels: [Int], classNames: [String], imageShape: ImageShape
  ) throws(DatasetError) {
    guard images.count == labels.count * imageShape.count else {
      throw .invalid(
        "\(name): \(images.count) values for \(labels.count) labels of \(imageShape) images; "
          + "expected \(labels.count * imageShape.count)")
    }
    if let index = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
      throw .invalid(
        "\(name): image \(index) has the label \(labels[index]); expected 0 to \(classNames.count - 1)")
    }
    let bad = images.withUnsafeBufferPointer { values in values.indices.first { !values[$0].isFinite } }
    if let bad {
      throw .invalid(
        "\(name): image \(bad / imageShape.count) holds the value \(images[bad]); expected finite numbers")
    }
    self.init(uncheckedName: name, images: images, labels: labels, classNames: classNames, imageShape: imageShape)
  }

  /// Creates a data set from parts that are known to fit together.
  init(uncheckedName name: String, images: [Float], labels: [Int], classNames: [String], imageShape: ImageShape) {
    self.name = name
    self.images = images
    self.labels = labels
    self.classNames = classNames
    self.imageShape = imageShape
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The number of images of each class.
  public var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classNames.count)) { $0[$1] += 1 }
  }

  /// Returns the values of one image.
  ///
  /// **Traps**: unless `index` is in 0..<count.
  public func image(_ index: Int) -> [Float] {
    precondition(labels.indices.contains(index), "\(name): there is no image \(index) among \(count)")
    return Array(images[(index * imageShape.count)..<((index + 1) * imageShape.count)])
  }

  /// Returns the images with the given indices, in their order; an index may occur more than once.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func subset(_ indices: [Int], name: String? = nil) -> ImageDataset {
    let values = gathered(indices)
    return ImageDataset(
      uncheckedName: name ?? self.name, images: values, labels: indices.map { labels[$0] }, classNames: classNames,
      imageShape: imageShape)
  }

  /// Returns the first images, at most `count`.
  public func prefix(_ count: Int) -> ImageDataset { subset(Array(0..<min(count, self.count))) }

  /// Returns the values of the images with the given indices, one after the other.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func gathered(_ indices: [Int]) -> [Float] {
    images.rows(indices, of: imageShape.count, in: name)
  }

  /// Divides the images at random, keeping the share of every class (to within one image), and returns both parts.
  ///
  /// The division depends on nothing but the labels, the fraction and the seed; each part keeps the original order.
  ///
  /// **Traps**: unless 0 <= fraction <= 1.
  public func split(fraction: Double, seed: UInt64) -> (first: ImageDataset, second: ImageDataset) {
    precondition((0...1).contains(fraction), "\(name): a split at \(fraction); expected 0 to 1")
    var rng = SeededGenerator(seed: seed)
    var isFirst = [Bool](repeating: false, count: count)
    for label in classNames.indices {
      var members = labels.indices.filter { labels[$0] == label }
      rng.shuffle(&members)
      for index in members.prefix(Int((Double(members.count) * fraction).rounded())) { isFirst[index] = true }
    }
    return (
      subset(labels.indices.filter { isFirst[$0] }), subset(labels.indices.filter { !isFirst[$0] })
    )
  }

  /// Returns the images of both data sets, those of `other` last.
  ///
  /// **Throws**: `DatasetError.invalid` if image sizes or classes differ.
  public func appending(_ other: ImageDataset) throws(DatasetError) -> ImageDataset {
    guard imageShape == other.imageShape, classNames == other.classNames else {
      throw .invalid(
        "\(name) has \(imageShape) images of \(classNames.count) classes and \(other.name) \(other.imageShape) of "
          + "\(other.classNames.count); expected equal sizes and classes")
    }
    return ImageDataset(
      uncheckedName: name, images: images + other.images, labels: labels + other.labels, classNames: classNames,
      imageShape: imageShape)
  }
}
