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
    /// Sixes and sixes turned upside down, to be told apart.
    case mnist6Turned = "mnist6-180"
    /// Sixes and mirrored sixes, to be told apart.
    case mnist6Mirrored = "mnist6-m"
    /// Small photographs of ten classes, from the files of the binary version or others like them.
    case cifar10
    /// Small photographs of a hundred classes, from the files of the binary version or others like them.
    case cifar100
    /// Larger photographs of ten classes, few of them labeled.
    case stl10
    /// Patches of lymph nodes with and without tumor, from folders of PNG files.
    case pcam
    /// FR I and FR II radio galaxies from the built-in simulator; needs no files.
    case simulatedGalaxies = "simulated-galaxies"
    /// Radio galaxies of the FIRST survey, by default the confident FR I and FR II sources.
    case miraBest = "mirabest"
    /// The earlier batches of MiraBest, of two classes.
    case miraBest2019 = "mirabest-2019"
    /// FR I and FR II radio galaxies, each in the FIRST and the NVSS survey.
    case frDEEP = "fr-deep"
    /// Periodic unit cells with their elasticity tensors, from a file or generated and homogenized here.
    case metamaterials
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
  /// Files of CIFAR's binary format to train and validate with; nil for the published ones.
  public var trainingFiles: [String]?
  /// Files of CIFAR's binary format to test with; nil for the published ones.
  public var testFiles: [String]?
  /// The largest angle in degrees by which digits are rotated, or sixes before they are copied.
  public var rotation: Double
  /// Whether sixes are validated with the test images, as in the original, rather than with some of the training images.
  public var validateOnTest: Bool
  /// Whether networks see images with the data set's mean and deviation of each channel removed.
  public var normalize: Bool
  /// The mean of each channel to remove; nil for the published one of the data set.
  public var mean: [Double]?
  /// The deviation of each channel to divide by; nil for the published one of the data set.
  public var deviation: [Double]?
  /// What only published images of radio galaxies have.
  public var galaxies: RadioGalaxyOptions

  /// What only metamaterials have.
  public var cells: MetamaterialOptions?

  /// Creates options.
  public init(
    kind: Kind, seed: UInt64 = 2007, training: Int? = nil, validation: Int = 0, test: Int? = nil, imageSide: Int = 41,
    trainingFiles: [String]? = nil, testFiles: [String]? = nil, rotation: Double? = nil,
    validateOnTest: Bool = false, normalize: Bool? = nil, galaxies: RadioGalaxyOptions? = nil
  ) {
    let galaxies = galaxies ?? RadioGalaxyOptions(crop: kind == .frDEEP ? 50 : 150)
    let sizes = Self.defaults(kind, galaxies)
    self.kind = kind
    self.seed = seed
    self.training = training ?? (kind.isOfRadioGalaxies ? sizes.training - validation : sizes.training)
    self.validation = validation
    self.test = test ?? sizes.test
    self.galaxies = galaxies
    self.imageSide = imageSide
    self.trainingFiles = trainingFiles
    self.testFiles = testFiles
    self.rotation = rotation ?? Self.defaultRotation(kind)
    self.validateOnTest = validateOnTest
    self.normalize = normalize ?? Self.isNormalized(kind)
  }

  /// Reads the `data` section.
  public init(_ node: ConfigurationNode) throws(ConfigurationError) {
    kind = try node.choice("kind", of: Kind.self)
    if kind == .metamaterials {
      self = try Self.metamaterials(node)
      return
    }
    galaxies = try RadioGalaxyOptions(node, kind: kind)
    var sizes = Self.defaults(kind, galaxies)
    var most = Self.most(kind, sizes)
    trainingFiles = nil
    testFiles = nil
    if Self.hasFiles(kind) {
      if node.has("trainingFiles") { trainingFiles = try node.strings("trainingFiles") }
      if node.has("testFiles") { testFiles = try node.strings("testFiles") }
      // How many images other files hold shows when they are loaded.
      if trainingFiles != nil { (most.training, most.validation) = (Self.mostImages, Self.mostImages) }
      if testFiles != nil { most.test = Self.mostImages }
      for (key, files) in [("trainingFiles", trainingFiles), ("testFiles", testFiles)] {
        if files?.isEmpty == true { throw node.invalid(key, "must name at least one file, or be left out") }
      }
    }
    seed = UInt64(try node.int("seed", default: 2007, in: .atLeast(0)))
    if kind.isOfRadioGalaxies {
      validation = try Self.validation(node, of: sizes.training)
      sizes.training -= validation
    } else {
      validation = try node.int("validation", default: 0, in: .within(0...most.validation))
    }
    training = try node.int("training", default: sizes.training, in: .within(1...most.training))
    test = try node.int("test", default: sizes.test, in: .within(1...most.test))
    imageSide = kind == .simulatedGalaxies ? try node.int("imageSide", default: 41, in: .within(17...257)) : 28
    rotation =
      Self.isOfSixes(kind) || kind == .rotatedMNIST
      ? try node.double("rotation", default: Self.defaultRotation(kind), in: .within(0...180)) : 0
    normalize =
      kind == .simulatedGalaxies ? false : try node.bool("normalize", default: Self.isNormalized(kind))
    validateOnTest = Self.isOfSixes(kind) ? try node.bool("validateOnTest", default: false) : false
    if validateOnTest, validation > 0 {
      throw node.invalid(
        anyOf: ["validateOnTest", "validation"],
        "cannot be used: validateOnTest and validation exclude each other; leave one of them out")
    }
    mean = node.has("mean") ? try node.doubles("mean") : nil
    deviation = node.has("deviation") ? try node.doubles("deviation", in: .moreThan(0)) : nil
    for (key, values) in [("mean", mean), ("deviation", deviation)] {
      guard let values else { continue }
      guard normalize else { throw node.invalid(key, "needs normalize: true") }
      let channels = imageShape.channels
      if values.count != channels {
        throw node.invalid(key, "must have \(channels) values, one a channel, found \(values.count)")
      }
    }
    if imageSide % 2 == 0, kind == .simulatedGalaxies {
      throw node.invalid("imageSide", "must be odd, so that a pixel lies at the center, found \(imageSide)")
    }
    try checkNumbers(node)
  }

  /// How many images are validated with: a number, or a fraction of all that are not for the test, by default a fifth.
  private static func validation(_ node: ConfigurationNode, of all: Int) throws(ConfigurationError) -> Int {
    guard node.has("validation") else {
      let fraction = try node.double("validationFraction", default: 0.2, in: .from(0, below: 1))
      // A resolved configuration holds the number, too.
      return try node.int("validation", default: Int(fraction * Double(all)))
    }
    let fraction = try node.optionalDouble("validationFraction", in: .from(0, below: 1))
    let count = try node.int("validation", in: .within(0...(all - 1)))
    if let fraction, Int(fraction * Double(all)) != count {
      throw node.invalid(
        "validationFraction",
        "of \(all) images is \(Int(fraction * Double(all))), but data.validation is \(count); "
          + "leave one of them out")
    }
    return count
  }

  /// Parts that come from one source may not ask for more images together than it has.
  private func checkNumbers(_ node: ConfigurationNode) throws(ConfigurationError) {
    let published = Self.defaults(kind, galaxies)
    switch kind {
    case .mnist, .rotatedMNISTOriginal, .mnist6Turned, .mnist6Mirrored, .cifar10, .cifar100, .stl10, .miraBest,
      .miraBest2019, .frDEEP:
      guard trainingFiles != nil || training + validation <= published.training else {
        throw node.invalid(
          anyOf: ["training", "validation"],
          "cannot be used: training and validation ask for \(training + validation) images of the "
            + "\(published.training) for training")
      }
    case .pcam: break
    case .rotatedMNIST:
      guard training + validation + test <= published.all else {
        throw node.invalid(
          anyOf: ["training", "validation", "test"],
          "cannot be used: training, validation and test ask for \(training + validation + test) images of "
            + "\(published.all)")
      }
    case .metamaterials: break
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

  /// More images than any set of files has.
  private static let mostImages = 10_000_000

  private static func hasFiles(_ kind: Kind) -> Bool { kind == .cifar10 || kind == .cifar100 }

  private static func isOfPhotographs(_ kind: Kind) -> Bool { hasFiles(kind) || kind == .stl10 || kind == .pcam }

  private static func defaultRotation(_ kind: Kind) -> Double { kind == .rotatedMNIST ? 180 : 0 }

  private static func isNormalized(_ kind: Kind) -> Bool { isOfPhotographs(kind) || kind.isOfRadioGalaxies }

  private static func isOfSixes(_ kind: Kind) -> Bool { kind == .mnist6Turned || kind == .mnist6Mirrored }

  /// The most images that each part can have.
  private static func most(
    _ kind: Kind, _ sizes: (training: Int, test: Int, all: Int)
  ) -> (training: Int, validation: Int, test: Int) {
    switch kind {
    case .pcam: (sizes.training, PCam.counts[.validation] ?? 0, sizes.test)
    // The parts are drawn from all images.
    case .rotatedMNIST, .simulatedGalaxies, .metamaterials: (sizes.all, sizes.all, sizes.all)
    default: (sizes.training, sizes.training, sizes.test)
    }
  }

  private static func defaults(
    _ kind: Kind, _ galaxies: RadioGalaxyOptions
  ) -> (training: Int, test: Int, all: Int) {
    switch kind {
    case .mnist: (60_000, 10_000, 70_000)
    case .rotatedMNIST: (12_000, 50_000, 70_000)
    case .rotatedMNISTOriginal: (12_000, 50_000, 62_000)
    case .mnist6Turned, .mnist6Mirrored:
      (MNIST6.counts.training, MNIST6.counts.test, MNIST6.counts.training + MNIST6.counts.test)
    case .cifar10, .cifar100: (50_000, 10_000, 60_000)
    case .stl10: (5_000, 8_000, 13_000)
    case .pcam: (PCam.counts[.training] ?? 0, PCam.counts[.test] ?? 0, PCam.counts.values.reduce(0, +))
    case .simulatedGalaxies: (2_000, 1_000, 1_000_000)
    case .miraBest, .miraBest2019, .frDEEP: galaxies.sizes(kind)
    case .metamaterials: (2_400, 600, 100_000)
    }
  }
}
