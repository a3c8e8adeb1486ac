public import Datasets
internal import Training

/// The keys of the `data` section that only published images of radio galaxies have.
public struct RadioGalaxyOptions: Codable, Hashable, Sendable {
  /// How the images for validation are chosen among those for training.
  public enum ValidationSplit: String, Codable, CaseIterable, Hashable, Sendable {
    /// At random, with the share of each class kept.
    case stratified
    /// The first ones, in the order of the files: with MiraBest, whose batches are sorted by class, 90 FR I and 55 FR II.
    case first
  }

  /// Where the files lie unless `--data` names a folder; the environment variable `STEERABLE_DATA` if it is not there.
  public var folder: String?
  /// Which classes of MiraBest are told apart.
  public var selection: MiraBest.Selection
  /// Which images of FR-DEEP's sources.
  public var survey: FRDEEP.Survey
  /// The side of the square that is cut from the center of each image.
  public var crop: Int
  /// The rows and columns of zeros added below and at the right, by which an even side becomes odd.
  public var padding: Int
  /// How the images for validation are chosen.
  public var validationSplit: ValidationSplit

  /// Creates options.
  public init(
    folder: String? = nil, selection: MiraBest.Selection = .confident, survey: FRDEEP.Survey = .first, crop: Int = 150,
    padding: Int = 1,
    validationSplit: ValidationSplit = .stratified
  ) {
    self.folder = folder
    self.selection = selection
    self.survey = survey
    self.crop = crop
    self.padding = padding
    self.validationSplit = validationSplit
  }

  /// Reads the keys that data of a kind have; other data have none of them.
  init(_ node: ConfigurationNode, kind: DataConfiguration.Kind) throws(ConfigurationError) {
    self.init(crop: kind == .frDEEP ? 50 : 150)
    guard kind.isOfRadioGalaxies else { return }
    folder = try node.optionalString("folder")
    if kind == .miraBest { selection = try node.choice("selection", default: selection) }
    if kind == .frDEEP { survey = try node.choice("survey", default: survey) }
    crop = try node.int("crop", default: crop, in: .within(16...MiraBest.imageShape.width))
    padding = try node.int("padding", default: padding, in: .within(0...50))
    validationSplit = try node.choice("validationSplit", default: validationSplit)
  }

  /// The side of the images that a network gets.
  public var side: Int { crop + padding }

  /// The published numbers of images.
  func sizes(_ kind: DataConfiguration.Kind) -> (training: Int, test: Int, all: Int) {
    let counts =
      switch kind {
      case .miraBest: selection.counts
      case .miraBest2019: MiraBest2019.counts
      default: FRDEEP.counts
      }
    let (training, test) = (counts[.training] ?? 0, counts[.test] ?? 0)
    return (training, test, training + test)
  }

  /// The names of the classes, in the order of their labels.
  func classNames(_ kind: DataConfiguration.Kind) -> [String] {
    kind == .miraBest ? selection.classNames : FRDEEP.classNames
  }

  /// The published mean and deviation.
  func statistics(_ kind: DataConfiguration.Kind) -> ImageStatistics {
    switch kind {
    case .frDEEP: survey.statistics
    case .miraBest2019: MiraBest2019.statistics
    default: MiraBest.statistics
    }
  }
}
