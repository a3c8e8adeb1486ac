import Experiments
import Foundation
import Layers
import Testing
import Training

/// Configurations of partial networks that cannot work, each with one sentence about what is wrong, before any work.
@Suite struct PartialConfigurationTests {
  static let valid = """
    name: partial
    data: {kind: mnist6-180, normalize: true}
    model:
      kind: ck-resnet
      hidden: 4
      widths: [1, 1]
      poolBlocks: [0, 1]
      group: {name: SE2, samples: 8, sampling: random, partial: true}
      kernel: {kind: siren, hidden: 8, size: 7}
    training: {epochs: 1}
    """

  /// What is replaced in the valid file, by what, and a part of the error that has to follow.
  static let mistakes: [(from: String, to: String, error: String)] = [
    ("kind: ck-resnet", "kind: ck-resnett", "did you mean \"ck-resnet\"?"),
    ("hidden: 4", "hidden: 0", "model.hidden must be between 1 and 4096"),
    ("hidden: 4", "width: 4", "missing key \"hidden\" in model"),
    ("widths: [1, 1]", "widths: []", "at least one block"),
    ("widths: [1, 1]", "widths: [1, -2]", "model.widths.1"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 5]", "there are blocks 1 to 2"),
    ("poolBlocks: [0, 1]", "poolBlocks: [1, 1, 2], dropoutBlocks: [1]", "poolBlocks"),
    ("name: SE2", "name: SE3", "must be one of SE2, E2"),
    ("samples: 8", "samples: 0", "between 1 and 1024"),
    ("{name: SE2, samples: 8", "{name: E2, samples: 7", "choose an even number"),
    ("sampling: random", "sampling: gaussian", "must be one of deterministic, random"),
    ("partial: true", "partial: true, perLayer: false", "set perLayer: true"),
    ("sampling: random, partial: true", "perLayer: true", "gives every layer the same elements"),
    ("sampling: random, partial: true", "perBatchElement: true", "gives every image the same elements"),
    ("samples: 8, sampling: random", "samples: 1", "nothing to leave out"),
    ("partial: true", "partial: true, finalTemperature: 0", "finalTemperature must be more than 0"),
    ("partial: true", "partial: true, initialTemperature: 1e-5", "temperatures must fall"),
    ("partial: true", "partial: true, evaluation: seeded, evaluationSeed: -1", "at least 0"),
    ("partial: true", "partial: true, supportGradient: none", "must be one of reparametrized"),
    ("kind: siren", "kind: sirenn", "must be one of siren"),
    ("kind: siren", "kind: siren, omega0: -3", "omega0 must be more than 0"),
    ("kind: siren", "kind: siren, inputScale: 3", "inputScale"),
    ("kind: siren", "kind: siren, layers: 1", "needs layers of at least 2"),
    ("size: 7", "size: 6", "choose an odd size"),
    ("size: 7", "size: large", "must be same, full or a number of pixels"),
    ("size: 7", "size: 15", "does not fit a map of 7 pixels"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 1], pooling: learned", "a partial network's elements move"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 1], dropout: 1", "less than 1"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 1], losses: {kernelNorm: -1}", "losses.kernelNorm must be at least 0"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 1], rates: {support: 0}", "rates.support must be more than 0"),
    ("kind: ck-resnet", "kind: augerino-ck-resnet", "Augerino's convolutions have no group"),
    ("kind: ck-resnet", "kind: gcnn\n  lastOutputs: identity", "lastOutputs"),
    ("normalize: true", "normalize: false, mean: [0.1]", "needs normalize: true"),
    ("normalize: true", "normalize: true, mean: [0.1, 0.2]", "must have 1 values"),
    ("normalize: true", "normalize: true, validateOnTest: true, validation: 10", "exclude each other"),
    ("normalize: true", "normalize: true, rotation: 400", "rotation must be between 0.0 and 180.0"),
    ("normalize: true", "normalize: true, training: 20000", "training"),
    ("kind: mnist6-180, normalize: true", "kind: camelyon", "must be one of"),
  ]

  /// The text with flow-style additions put on lines of their own where the file is in block style.
  private func text(_ mistake: (from: String, to: String, error: String)) -> String {
    let isBlock = mistake.from.hasPrefix("poolBlocks") || mistake.from.hasPrefix("widths")
    let to = isBlock ? mistake.to.replacing("], ", with: "]\n  ") : mistake.to
    return Self.valid.replacing(mistake.from, with: to)
  }

  @Test func theFileItselfIsValid() throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "valid.yaml")
      try Self.valid.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Experiment(path: file.path).makeModel().parameterCount > 1000)
    }
  }

  @Test(arguments: mistakes.indices) func eachMistakeIsToldInOneSentence(_ index: Int) throws {
    let mistake = Self.mistakes[index]
    try Samples.withFolder { folder in
      let file = folder.appending(path: "bad.yaml")
      let text = text(mistake)
      #expect(text != Self.valid)
      try text.write(to: file, atomically: true, encoding: .utf8)
      let output = folder.appending(path: "run")
      do {
        _ = try Experiment(path: file.path).train(folder: folder.path, output: output.path)
        Issue.record("\(mistake.to) was accepted")
      } catch {
        let message = "\(error)"
        #expect(message.contains(mistake.error), "\(message)")
        #expect(message.split(separator: "\n").count == 1, "\(message)")
      }
      #expect(!FileManager.default.fileExists(atPath: output.path), "nothing is left behind")
    }
  }

  @Test func missingDataIsToldWithItsSource() throws {
    try Samples.withFolder { folder in
      let file = folder.appending(path: "valid.yaml")
      try Self.valid.write(to: file, atomically: true, encoding: .utf8)
      let output = folder.appending(path: "run")
      #expect {
        _ = try Experiment(path: file.path).train(folder: folder.path, output: output.path)
      } throws: { "\($0)".contains("train-images-idx3-ubyte") }
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }
}
