import Experiments
import Foundation
import Layers
import TestSupport
import Testing
import Training

/// The INI files of the original study, and the published configurations beside them.
struct OriginalConfigurationTests {
  private func experiment(_ changes: [(String, String)] = [], overrides: [String] = []) throws -> Experiment {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "config_mb_lenet.txt")
      var text = OriginalConfiguration.text
      for (old, new) in changes {
        try #require(text.contains(old))
        text = text.replacing(old, with: new)
      }
      try text.write(to: file, atomically: true, encoding: .utf8)
      return try Experiment(path: file.path, overrides: overrides)
    }
  }

  private func published(_ name: String) throws -> Experiment {
    try Experiment(path: Samples.root.appending(path: "Configs/radio_galaxies/published/\(name).yaml").path)
  }

  @Test(arguments: [
    ("mirabest_lenet", [(String, String)]()),
    ("mirabest_cn16", [("'VanillaLeNet'", "'CNSteerableLeNet'"), ("nrot: None", "nrot: 16")]),
    ("mirabest_dn16", [("'VanillaLeNet'", "'DNSteerableLeNet'"), ("nrot: None", "nrot: 16")]),
    ("mirabest_dn16_restricted", [("'VanillaLeNet'", "'DNRestrictedLeNet'"), ("nrot: None", "nrot: 16  # N")]),
    (
      "frdeep_first_lenet",
      [("'MBFRConfident'", "\"FRDEEPF\""), ("imsize: 150", "imsize = 50"), ("0.0031", "0.0019"), ("0.0350", "0.0270")]
    ),
  ])
  func theOriginalFilesSayWhatThePublishedOnesSay(_ name: String, _ changes: [(String, String)]) throws {
    let original = try experiment(changes).configuration
    let ours = try published(name).configuration
    #expect(original.name == "mb_lenet" && original.model == ours.model)
    var training = original.training
    #expect(training == ours.training)
    training.augmentation.validation = false
    #expect(training != ours.training)
    var data = original.data
    #expect(data.galaxies.folder == "mirabest")
    data.galaxies.folder = nil
    #expect(data.statistics == ours.data.statistics)
    (data.mean, data.deviation) = (nil, nil)
    #expect(data == ours.data)
    #expect(original.output.csv == "mirabest_lenet.csv")
  }

  @Test(arguments: [
    ("MBFRUncertain", 340, 49), ("MBHybrid", 30, 4), ("MiraBest_full", 1099, 157), ("FRDEEPN", 550, 50),
  ])
  func everyDataSet(_ name: String, _ training: Int, _ test: Int) throws {
    let classes = name == "MiraBest_full" ? "num_classes: 10" : "num_classes: 2"
    let data = try experiment([("MBFRConfident", name), ("num_classes: 2", classes)]).configuration.data
    #expect(data.training + data.validation == training && data.test == test)
    #expect(data.validation == Int(0.2 * Double(training)) && data.galaxies.validationSplit == .first)
  }

  @Test func overridesAndOptionalKeys() throws {
    let experiment = try experiment(
      [
        ("early_stopping: True", "early_stopping: False"), ("csvfile: 'mirabest_lenet.csv'", "gpu: None"),
        ("outputdir: 'mb_lenet'", ""),
      ],
      overrides: ["training.epochs=2", "data.validationSplit=stratified"])
    let configuration = experiment.configuration
    #expect(configuration.name == "config_mb_lenet" && configuration.output.csv == nil)
    #expect(configuration.training.keep == .last && configuration.training.epochs == 2)
    #expect(configuration.data.galaxies.validationSplit == .stratified)
    #expect(try experiment.makeModel().parameterCount == 2_501_346)
  }
}
