internal import Datasets
public import Training

/// The `data` section of an experiment: which images, how many, and from where.
public struct DataConfiguration: ConfigurationSection {
  /// The data sets that a configuration can name.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Digits, upright, as they come.
    case mnist
    /// 12,000 + 50,000 digits made from MNIST, each rotated by its own random angle.
    case rotatedMNIST = "rotated-mnist"
    /// The original benchmark's `.amat` files.
    case rotatedMNISTOriginal = "rotated-mnist-original"
    /// FR I and FR II radio galaxies from the built-in simulator; needs no files.
    case simulatedGalaxies = "simulated-galaxies"
  }

  /// The data set.
  public var kind: Kind
  /// The seed of simulated images and of rotations.
  public var seed: UInt64
  /// How many images are trained on.
  public var training: Int
  /// How many images are validated with.
  public var validation: Int
  /// How many images are tested with.
  public var test: Int
  /// Side of simulated images in pixels.
  public var imageSide: Int

  /// Creates options.
  public init(
    kind: Kind, seed: UInt64 = 2007, training: Int? = nil, validation: Int = 0, test: Int? = nil, imageSide: Int = 41
  ) {
    self.kind = kind
    self.seed = seed
    self.training = training ?? Self.defaults(kind).training
    self.validation = validation
    self.test = test ?? Self.defaults(kind).test
    self.imageSide = imageSide
  }

  /// Reads the `data` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    kind = try node.choice("kind", of: Kind.self)
    let sizes = Self.defaults(kind)
    seed = UInt64(try node.int("seed", default: 2007, in: .atLeast(0)))
    training = try node.int("training", default: sizes.training, in: .within(1...sizes.all))
    validation = try node.int("validation", default: 0, in: .within(0...sizes.all))
    test = try node.int("test", default: sizes.test, in: .within(1...sizes.all))
    imageSide = kind == .simulatedGalaxies ? try node.int("imageSide", default: 41, in: .within(17...257)) : 28
    if imageSide % 2 == 0, kind == .simulatedGalaxies {
      throw node.invalid("imageSide", "must be odd, so that a pixel lies at the center, found \(imageSide)")
    }
    try checkNumbers(node)
  }

  /// No part may ask for more images than its source has.
  private func checkNumbers(_ node: ConfigurationNode) throws(ConfigurationError) {
    let all = Self.defaults(kind).all
    switch kind {
    case .mnist, .rotatedMNISTOriginal:
      let published = Self.defaults(kind)
      guard training + validation <= published.training else {
        throw node.invalid(
          "training", "and validation ask for \(training + validation) images of the \(published.training) for training"
        )
      }
      guard test <= published.test else {
        throw node.invalid("test", "asks for \(test) images of the \(published.test) for testing")
      }
    case .rotatedMNIST:
      guard training + validation + test <= all else {
        throw node.invalid(
          "training", "with validation and test asks for \(training + validation + test) images of \(all)")
      }
    case .simulatedGalaxies:
      let gigabytes = Double((training + validation + test) * imageSide * imageSide * 4) / 1e9
      guard gigabytes <= Self.largestGigabytes else {
        throw node.invalid(
          "training",
          "with validation and test takes \(Int(gigabytes.rounded())) GB of memory at \(imageSide)x\(imageSide) pixels, "
            + "allowed are \(Int(Self.largestGigabytes)) GB")
      }
    }
  }

  /// The most memory that simulated images may take.
  private static let largestGigabytes = 8.0

  private static func defaults(_ kind: Kind) -> (training: Int, test: Int, all: Int) {
    switch kind {
    case .mnist: (60_000, 10_000, 70_000)
    case .rotatedMNIST: (12_000, 50_000, 70_000)
    case .rotatedMNISTOriginal: (12_000, 50_000, 62_000)
    case .simulatedGalaxies: (2_000, 1_000, 1_000_000)
    }
  }
}
