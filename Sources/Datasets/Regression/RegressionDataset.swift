/// Images in memory, each with a vector of numbers to predict.
///
/// **Shapes**: `images` holds N×C×H×W values, the columns of a row fastest; `targets` holds N×T.
public struct RegressionDataset: Hashable, Sendable {
  /// The name, for messages and reports.
  public let name: String
  /// All values, image after image.
  public let images: [Float]
  /// All numbers to predict, image after image.
  public let targets: [Float]
  /// The names of the numbers of each image.
  public let targetNames: [String]
  /// The size of each image.
  public let imageShape: ImageShape

  /// Creates a data set from its parts.
  ///
  /// **Throws**: `DatasetError.invalid` unless images and targets are equally many and every value is finite.
  public init(
    name: String, images: [Float], targets: [Float], targetNames: [String], imageShape: ImageShape
  ) throws(DatasetError) {
    guard !targetNames.isEmpty else { throw .invalid("\(name): no targets; expected at least one for each image") }
    guard images.count % imageShape.count == 0 else {
      throw .invalid("\(name): \(images.count) values are no whole number of \(imageShape) images")
    }
    let count = images.count / imageShape.count
    guard targets.count == count * targetNames.count else {
      throw .invalid(
        "\(name): \(targets.count) targets for \(count) images with \(targetNames.count) each; expected "
          + "\(count * targetNames.count)")
    }
    if let bad = images.firstIndex(where: { !$0.isFinite }) {
      throw .invalid(
        "\(name): image \(bad / imageShape.count) holds the value \(images[bad]); expected finite numbers")
    }
    if let bad = targets.firstIndex(where: { !$0.isFinite }) {
      let (image, target) = bad.quotientAndRemainder(dividingBy: targetNames.count)
      throw .invalid("\(name): \(targetNames[target]) of image \(image) is \(targets[bad]); expected a finite number")
    }
    self.init(
      uncheckedName: name, images: images, targets: targets, targetNames: targetNames, imageShape: imageShape)
  }

  /// Creates a data set from parts that are known to fit together.
  init(uncheckedName name: String, images: [Float], targets: [Float], targetNames: [String], imageShape: ImageShape) {
    self.name = name
    self.images = images
    self.targets = targets
    self.targetNames = targetNames
    self.imageShape = imageShape
  }

  /// The number of images.
  public var count: Int { targets.count / targetNames.count }

  /// The numbers to predict for one image.
  ///
  /// **Traps**: unless `index` is in 0..<count.
  public func target(_ index: Int) -> [Float] {
    precondition((0..<count).contains(index), "\(name): there is no image \(index) among \(count)")
    return Array(targets[(index * targetNames.count)..<((index + 1) * targetNames.count)])
  }

  /// Returns the values of one image.
  ///
  /// **Traps**: unless `index` is in 0..<count.
  public func image(_ index: Int) -> [Float] { gathered([index]).images }

  /// Returns the values and targets of the images with the given indices, one after the other.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func gathered(_ indices: [Int]) -> (images: [Float], targets: [Float]) {
    (images.rows(indices, of: imageShape.count, in: name), targets.rows(indices, of: targetNames.count, in: name))
  }

  /// Returns the images with the given indices, in their order; an index may occur more than once.
  ///
  /// **Traps**: unless all indices are in 0..<count.
  public func subset(_ indices: [Int], name: String? = nil) -> RegressionDataset {
    let (images, targets) = gathered(indices)
    return RegressionDataset(
      uncheckedName: name ?? self.name, images: images, targets: targets, targetNames: targetNames,
      imageShape: imageShape)
  }

  /// Returns the first images, at most `count`.
  public func prefix(_ count: Int) -> RegressionDataset { subset(Array(0..<min(count, self.count))) }

  /// Divides the images at random and returns both parts, the first with `fraction` of them to the nearest image.
  ///
  /// The division depends on nothing but the number of images, the fraction and the seed; each part keeps the original
  /// order.
  ///
  /// **Traps**: unless 0 <= fraction <= 1.
  public func split(fraction: Double, seed: UInt64) -> (first: RegressionDataset, second: RegressionDataset) {
    precondition((0...1).contains(fraction), "\(name): a split at \(fraction); expected 0 to 1")
    var rng = SeededGenerator(seed: seed)
    let order = rng.permutation(count)
    let boundary = Int((Double(count) * fraction).rounded())
    return (subset(order[..<boundary].sorted()), subset(order[boundary...].sorted()))
  }

  /// Returns the images of both data sets, those of `other` last.
  ///
  /// **Throws**: `DatasetError.invalid` if image sizes or targets differ.
  public func appending(_ other: RegressionDataset) throws(DatasetError) -> RegressionDataset {
    guard imageShape == other.imageShape, targetNames == other.targetNames else {
      throw .invalid(
        "\(name) has \(imageShape) images with \(targetNames) and \(other.name) \(other.imageShape) with "
          + "\(other.targetNames); expected equal sizes and targets")
    }
    return RegressionDataset(
      uncheckedName: name, images: images + other.images, targets: targets + other.targets, targetNames: targetNames,
      imageShape: imageShape)
  }
}
