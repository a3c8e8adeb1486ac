import Experiments
import Foundation
import Layers
import TestSupport
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
    ("name: SE2", "name: T2", "the translations alone are SE2 with samples: 1 and partial: false"),
    ("samples: 8", "samples: 0", "between 1 and 1024"),
    (
      "{name: SE2, samples: 8", "{name: E2, samples: 7",
      "7 elements are no pairs of a rotation and a reflection; choose an even number"
    ),
    ("sampling: random", "sampling: gaussian", "must be one of deterministic, random"),
    ("partial: true", "partial: true, perLayer: false", "set perLayer: true"),
    ("sampling: random, partial: true", "perLayer: true", "gives every layer the same elements"),
    ("sampling: random, partial: true", "perBatchElement: true", "gives every image the same elements"),
    ("samples: 8, sampling: random", "samples: 1", "nothing to leave out of a single element"),
    ("samples: 8, sampling: random, partial: true", "samples: 1, sampling: random", "SE2 with samples: 1 and"),
    ("partial: true", "partial: true, gateGradient: presence", "SE2 with random samples narrows their range"),
    ("partial: true", "gateGradient: presence", "model.group.gateGradient has no effect: the network is not partial"),
    ("partial: true", "partial: true, initialTemperature: 0.7", "initialTemperature has no effect"),
    ("partial: true", "supportRange: unconstrained", "model.group.supportRange has no effect: the network is not"),
    ("sampling: random, partial: true", "partial: true, supportGradient: shift-and-jitter", "have no range of angles"),
    ("partial: true", "partial: true, inclusion: double-sigmoid", "only SE2 with deterministic samples has it"),
    ("partial: true", "partial: true, jitter: full-count", "only E2 with random samples has it"),
    ("poolBlocks: [0, 1]", "poolBlocks: [0, 1], rates: {frequency: 0.1}", "set kernel.learnsOmega0: true"),
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
    ("normalize: true", "normalize: true, training: 11837", "data.training must be between 1 and 11836, found 11837"),
    ("normalize: true", "normalize: true, test: 1917", "data.test must be between 1 and 1916, found 1917"),
    ("normalize: true", "normalize: true, training: 11836, validation: 1", "ask for 11837 images of the 11836"),
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

  /// Settings given by flags that are wrong together with the file, and the flag and the message that have to follow.
  static let flags: [(flags: [String], error: String)] = [
    (["model.group.samples=1", "model.group.sampling=deterministic"], "model.group.samples=1: model.group.samples"),
    (["model.group.perLayer=false"], "model.group.perLayer=false: model.group.perLayer"),
    (["model.group.sampling=deterministic", "model.group.perLayer=true"], "model.group.perLayer=true: "),
    (["model.group.name=E2", "model.group.samples=7"], "model.group.samples=7: model.group.samples cannot be used"),
    (["model.group.name=T2"], "model.group.name=T2: model.group.name must be one of SE2, E2, found T2"),
    (["model.kernel.size=15"], "model.kernel.size=15: model.kernel.size cannot be used: the last convolution"),
    (["model.kernel.size=4"], "model.kernel.size=4: model.kernel.size cannot be used"),
    (["model.poolBlocks=[0,1,2]"], "model.poolBlocks=[0,1,2]: model.poolBlocks cannot be used"),
    (["model.pooling=learned"], "model.pooling=learned: model.pooling cannot be used"),
    (["model.kind=augerino-ck-resnet"], "model.kind=augerino-ck-resnet: model.kind cannot be used"),
    (["model.group.gateGradient=presence"], "model.group.gateGradient=presence: model.group.gateGradient has"),
    (["model.rates.frequency=1e-3"], "model.rates.frequency=1e-3: model.rates.frequency has no effect"),
    (["data.validation=11836"], "data.validation=11836: data.validation cannot be used"),
  ]

  @Test(arguments: flags.indices) func flagsAreNamed(_ index: Int) throws {
    let (flags, error) = Self.flags[index]
    try Samples.withFolder { folder in
      let file = folder.appending(path: "valid.yaml")
      try Self.valid.write(to: file, atomically: true, encoding: .utf8)
      let thrown = #expect(throws: ConfigurationError.self) { try Experiment(path: file.path, overrides: flags) }
      #expect(thrown?.description.hasPrefix("--set " + error) == true, "\(thrown?.description ?? "")")
      #expect(thrown?.description.contains("O2") == false)
    }
  }

  /// A resolved configuration holds the defaults of what its network does not use, and can be read again.
  @Test(arguments: [
    "name: SE2, samples: 1", "name: SE2, samples: 8, sampling: random, perLayer: true", "name: E2, samples: 8",
  ])
  func defaultsAreNoMistakes(group: String) throws {
    let text = Self.valid.replacing("name: SE2, samples: 8, sampling: random, partial: true", with: group)
    let experiment = try Experiment(yaml: text, source: "full.yaml")
    #expect(try Experiment(yaml: experiment.resolved.yaml, source: "config.yaml").resolved == experiment.resolved)
    #expect(experiment.configuration.model.notices.isEmpty)
  }

  /// What the original's commands give without effect is told of, in our configurations and in others.
  @Test func settingsOfTheOriginalAreToldOf() throws {
    let folder = Checkout.root.appending(path: "Configs/partial")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    var notices: [String: [String]] = [:]
    for file in files where file.hasSuffix(".yaml") {
      let experiment = try Experiment(path: folder.appending(path: file).path)
      for notice in experiment.configuration.model.notices {
        notices[file, default: []].append(String(notice.prefix { $0 != " " }))
      }
    }
    #expect(
      notices == [
        "rotmnist/ck_t2.yaml": ["model.rates.support"], "rotmnist/ck_e2_full.yaml": ["model.rates.support"],
        "rotmnist/ck_se2_full.yaml": ["model.losses.monotonicity"], "study/rotmnist_t2.yaml": ["model.kernel.angle"],
        "study/rotmnist_augerino.yaml": ["model.kernel.angle"], "study/cifar10_t2.yaml": ["model.kernel.angle"],
      ])
    #expect(throws: ConfigurationError.self) {
      try Experiment(
        path: folder.appending(path: "rotmnist/ck_augerino_se2.yaml").path, overrides: ["model.rates.support=1e-4"])
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
