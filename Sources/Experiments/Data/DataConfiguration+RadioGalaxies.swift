public import Datasets
internal import Foundation

extension DataConfiguration.Kind {
  /// Whether these are published images of radio galaxies.
  var isOfRadioGalaxies: Bool { self == .miraBest || self == .miraBest2019 || self == .frDEEP }
}

extension DataConfiguration {
  /// Which files the images are read from, and the release that they are of; nil for data of other kinds, and where
  /// nothing is found.
  ///
  /// **Throws**: `DatasetError` if there is no folder, or the archive is damaged.
  public func release(folder: String?) throws(DatasetError) -> RadioGalaxyRelease? {
    switch kind {
    case .miraBest: try MiraBest.release(in: dataFolder(folder))
    case .miraBest2019: try MiraBest2019.release(in: dataFolder(folder))
    case .frDEEP: try FRDEEP.release(of: galaxies.survey, in: dataFolder(folder))
    default: nil
    }
  }

  private func dataFolder(_ explicit: String?) throws(DatasetError) -> URL {
    let configured = galaxies.folder.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    let folder = explicit ?? configured
    switch kind {
    case .miraBest: return try DataFolder.resolve(folder, dataset: "MiraBest", source: MiraBest.source)
    case .miraBest2019: return try DataFolder.resolve(folder, dataset: "MiraBest of 2019", source: MiraBest2019.source)
    default: return try DataFolder.resolve(folder, dataset: "FR-DEEP", source: galaxies.survey.source)
    }
  }

  /// Reads radio galaxies and divides those for training.
  func loadRadioGalaxies(folder: String?) throws(DatasetError) -> DatasetSplits {
    let folder = try dataFolder(folder)
    let (crop, padding) = (galaxies.crop, galaxies.padding)
    let (all, rest) =
      switch kind {
      case .miraBest: try MiraBest.load(galaxies.selection, crop: crop, padding: padding, from: folder)
      case .miraBest2019: try MiraBest2019.load(crop: crop, padding: padding, from: folder)
      default: try FRDEEP.load(galaxies.survey, crop: crop, padding: padding, from: folder)
      }
    try Self.check(training + validation, of: all.count, "training and validation")
    try Self.check(test, of: rest.count, "test")
    if galaxies.validationSplit == .first {
      return DatasetSplits(
        training: all.subset(Array(validation..<(validation + training))), validation: all.prefix(validation),
        test: rest.prefix(test))
    }
    let (validating, others) = all.stratified(count: validation, seed: seed)
    return DatasetSplits(
      training: others.stratified(count: training, seed: seed &+ 1).first, validation: validating,
      test: rest.stratified(count: test, seed: seed &+ 2).first)
  }
}
