import Datasets
import Experiments
import Foundation
import TestSupport
import Testing
import Training

/// The `data` section of MiraBest and FR-DEEP: parts, crops and what networks see.
struct GalaxyDataTests {
  private static let text = """
    name: galaxies
    data:
    DATA
    model: {kind: vanilla-lenet}
    training: {epochs: 1}
    """

  private func experiment(_ data: String) throws -> Experiment {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "c.yaml")
      let lines = data.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
      try Self.text.replacing("DATA", with: lines).write(to: file, atomically: true, encoding: .utf8)
      return try Experiment(path: file.path)
    }
  }

  @Test(arguments: [
    ("kind: mirabest", [584, 145, 104], 151, 0.0031, 0.0350),
    ("kind: mirabest\nselection: uncertain\nvalidation: 40", [300, 40, 49], 151, 0.0031, 0.0350),
    ("kind: mirabest\nselection: full\nvalidationFraction: 0.1", [990, 109, 157], 151, 0.0031, 0.0350),
    ("kind: mirabest\ntraining: 100\nvalidation: 50\ntest: 20\ncrop: 50", [100, 50, 20], 51, 0.0031, 0.0350),
    ("kind: mirabest\npadding: 0", [584, 145, 104], 150, 0.0031, 0.0350),
    ("kind: mirabest-2019", [564, 140, 88], 151, 0.0028, 0.0326),
    ("kind: fr-deep", [440, 110, 50], 51, 0.0019, 0.0270),
    ("kind: fr-deep\nsurvey: nvss\nmean: [0.01]", [440, 110, 50], 51, 0.01, 0.0224),
  ])
  func numbersAndSizesAreKnownBeforeLoading(
    _ data: String, _ counts: [Int], _ side: Int, _ mean: Double, _ deviation: Double
  ) throws {
    let experiment = try experiment(data)
    let found = experiment.configuration.data
    #expect([found.training, found.validation, found.test] == counts)
    #expect(found.imageShape == ImageShape(height: side, width: side))
    #expect(found.statistics == ImageStatistics(mean: [mean], standardDeviation: [deviation]))
    // What is written beside a run is read back to the same.
    try Samples.withFolder { folder in
      let file = folder.appending(path: "config.yaml")
      try experiment.resolved.yaml.write(to: file, atomically: true, encoding: .utf8)
      let again = try Experiment(path: file.path)
      #expect(again.configuration == experiment.configuration && again.resolved == experiment.resolved)
    }
  }

  @Test(arguments: [
    ("kind: mirabest\nselection: sure", "c.yaml:4", "selection"),
    ("kind: mirabest\nsurvey: first", "c.yaml:4", "survey"),
    ("kind: fr-deep\nsurvey: vlass", "c.yaml:4", "survey"),
    ("kind: mirabest\ncrop: 151", "c.yaml:4", "crop"),
    ("kind: mirabest\npadding: -1", "c.yaml:4", "padding"),
    ("kind: mirabest\nvalidationSplit: last", "c.yaml:4", "validationSplit"),
    ("kind: mirabest\nvalidationFraction: 1", "c.yaml:4", "validationFraction"),
    ("kind: mirabest\nvalidation: 729", "c.yaml:4", "validation"),
    ("kind: mirabest\nvalidation: 100\nvalidationFraction: 0.2", "c.yaml:5", "leave one of them out"),
    ("kind: mirabest\ntraining: 600", "c.yaml:4", "745"),
    ("kind: mirabest\ntest: 105", "c.yaml:4", "104"),
    ("kind: mnist\ncrop: 20", "c.yaml:4", "crop"),
  ])
  func wrongSettingsNameTheirLine(_ data: String, _ place: String, _ word: String) {
    do {
      _ = try experiment(data)
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains(place) && "\(error)".contains(word), "\(error)")
    }
  }

  @Test(.enabled(if: TestData.miraBest != nil, "\(TestData.miraBestIsAbsent)")) func bothSplits() throws {
    let folder = TestData.miraBest?.path
    var configuration = DataConfiguration(kind: .miraBest, validation: 145)
    let sane = try configuration.load(folder: folder)
    #expect([sane.training, sane.validation, sane.test].map(\.count) == [584, 145, 104])
    // 348 : 381 of 145 are 69 : 76.
    #expect(sane.validation.classCounts == [69, 76] && sane.training.classCounts == [279, 305])
    #expect(try configuration.load(folder: folder) == sane)
    #expect(sane.training.imageShape == configuration.imageShape)
    configuration.galaxies.validationSplit = .first
    let published = try configuration.load(folder: folder)
    #expect(published.validation.classCounts == [90, 55] && published.training.classCounts == [258, 326])
    #expect(published.test.classCounts == [49, 55])
    configuration.galaxies.crop = 24
    configuration.training = 60
    configuration.test = 21
    #expect(try configuration.load(folder: folder).training.count == 60)
    configuration.galaxies.validationSplit = .stratified
    #expect(try configuration.load(folder: folder).test.classCounts == [10, 11])
    #expect(try configuration.release(folder: folder)?.checksum != nil)
  }

  @Test(.enabled(if: TestData.miraBest != nil, "\(TestData.miraBestIsAbsent)")) func theFolderOfTheConfiguration()
    throws
  {
    let folder = try #require(TestData.miraBest?.path)
    var configuration = DataConfiguration(
      kind: .miraBest, training: 20, validation: 8, test: 4, galaxies: RadioGalaxyOptions(folder: folder, crop: 16))
    #expect(try configuration.load(folder: nil).training.count == 20)
    configuration.galaxies.folder = "/nowhere"
    #expect(try configuration.load(folder: folder).training.count == 20)
  }
}
