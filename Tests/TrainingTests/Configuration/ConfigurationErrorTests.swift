import Testing
import Training

/// A section with one number, to stand for the parts that other targets decode.
struct SampleSection: ConfigurationSection {
  var size: Int
  var group: String?
  var widths: [Int]

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    size = try node.int("size", default: 3, in: .within(1...9))
    group = try node.optionalString("group")
    widths = try node.ints("widths", default: [8, 16], in: .atLeast(1))
  }
}

typealias SampleExperiment = ExperimentConfiguration<SampleSection, SampleSection>

func read(_ yaml: String, _ overrides: [String] = []) throws(ConfigurationError) -> SampleExperiment {
  try SampleExperiment(ConfigurationNode.parse(yaml: yaml, source: "a.yaml", overrides: overrides))
}

/// Texts that are wrong in one way each, with the one line that says so.
private let wrongTexts: [(yaml: String, message: String)] = [
  ("", "a.yaml: missing key \"name\""),
  ("- 1\n- 2\n", "a.yaml:1: the file must hold keys and values, as in \"name: demo\""),
  ("hello", "a.yaml:1: the file must hold keys and values, as in \"name: demo\""),
  ("name: [1\n", "a.yaml:2: not valid YAML: did not find expected ',' or ']'"),
  ("name: a\n  seed: 1\n", "a.yaml:2: not valid YAML: mapping values are not allowed in this context"),
  ("name: a\nseed: 1\nseed: 2\n", "a.yaml:2: the key \"seed\" is given twice"),
  ("name: a\n---\nname: b\n", "a.yaml:2: not valid YAML: but found another document"),
  ("name: *other\n", "a.yaml:1: not valid YAML: found undefined alias"),
  ("nmae: a\n", "a.yaml:1: unknown key \"nmae\"; did you mean \"name\"?"),
  ("name:\nseed: 1\n", "a.yaml:1: name needs a value"),
  ("name: 5\n", "a.yaml:1: name must be a text, found 5; quote it if it is one"),
  ("name: [a]\n", "a.yaml:1: name must be a text, found a list"),
  ("name: a\nseed: -1\n", "a.yaml:2: seed must be at least 0, found -1"),
  ("name: a\nseed: 1.5\n", "a.yaml:2: seed must be a whole number, found 1.5"),
  ("name: a\nseed: \"7\"\n", "a.yaml:2: seed must be a whole number, found \"7\""),
  ("name: a\nseed: 99999999999999999999\n", "a.yaml:2: seed must be a whole number, found 99999999999999999999"),
  (
    "name: a\nepochs: 3\n",
    "a.yaml:2: unknown key \"epochs\"; known keys are data, model, name, output, seed, training"
  ),
  ("name: a\ntraining: 3\n", "a.yaml:2: training must be a section with keys of its own, found 3"),
  ("name: a\ntraining: [1]\n", "a.yaml:2: training must be a section with keys of its own, found a list"),
  (
    "name: a\n\ntraining:\n  epochs: 2\n  optimizer:\n    # a comment\n    learning_rat: 0.1\n",
    "a.yaml:7: unknown key \"learning_rat\" in training.optimizer; did you mean \"learningRate\"?"
  ),
  ("name: a\ntraining: {epohcs: 2}\n", "a.yaml:2: unknown key \"epohcs\" in training; did you mean \"epochs\"?"),
  ("name: a\ntraining: {epochs: 0}\n", "a.yaml:2: training.epochs must be at least 1, found 0"),
  ("name: a\ntraining:\n  epochs: ten\n", "a.yaml:3: training.epochs must be a whole number, found \"ten\""),
  ("name: a\ntraining:\n  epochs: 1e3\n", "a.yaml:3: training.epochs must be a whole number, found 1e3"),
  (
    "name: a\ntraining:\n  epochs: 5\n  minutes: 2\n",
    "a.yaml:4: training.minutes and training.epochs exclude each other; give one of them"
  ),
  ("name: a\ntraining:\n  minutes: 0\n", "a.yaml:3: training.minutes must be more than 0.0, found 0"),
  (
    "name: a\ntraining:\n  minutes: 1\n  schedule: {kind: step}\n",
    "a.yaml:3: training.minutes fits only the schedules constant and cosine, not step"
  ),
  (
    "name: a\ntraining:\n  epochs: 3\n  schedule:\n    warmupEpochs: 3\n",
    "a.yaml:5: training.schedule has 3 warmupEpochs, which leaves none of 3 epochs"
  ),
  (
    "name: a\ntraining:\n  schedule: {kind: milestones, milestones: [60, 60]}\n",
    "a.yaml:3: training.schedule.milestones must be ascending numbers of epochs, as in [60, 120, 160], found [60, 60]"
  ),
  ("name: a\ntraining:\n  schedule: {kind: milestones}\n", "a.yaml:3: missing key \"milestones\" in training.schedule"),
  (
    "name: a\ntraining:\n  schedule: {kind: step, milestones: [1]}\n",
    "a.yaml:3: unknown key \"milestones\" in training.schedule; known keys are every, factor, kind, warmupEpochs"
  ),
  (
    "name: a\ntraining:\n  augmentation: {cutout: -1}\n",
    "a.yaml:3: training.augmentation.cutout must be between 0 and 512, found -1"
  ),
  ("name: a\ntraining:\n  shuffle: yes\n", "a.yaml:3: training.shuffle must be true or false, found \"yes\""),
  ("name: a\ntraining:\n  batchSize: 0\n", "a.yaml:3: training.batchSize must be at least 1, found 0"),
  (
    "name: a\ntraining:\n  optimizer:\n    kind: adamm\n",
    "a.yaml:4: training.optimizer.kind must be one of sgd, adam, adamw, found \"adamm\"; did you mean \"adam\"?"
  ),
  (
    "name: a\ntraining:\n  optimizer:\n    kind: adam\n    momentum: 0.9\n",
    "a.yaml:5: unknown key \"momentum\" in training.optimizer; known keys are betas, epsilon, kind, learningRate, "
      + "weightDecay"
  ),
  (
    "name: a\ntraining:\n  optimizer: {betas: [0.9]}\n",
    "a.yaml:3: training.optimizer.betas must have 2 values, found 1"
  ),
  (
    "name: a\ntraining:\n  optimizer: {betas: [0.9, 1]}\n",
    "a.yaml:3: training.optimizer.betas.1 must be at least 0.0 and less than 1.0, found 1"
  ),
  (
    "name: a\ntraining:\n  optimizer: {betas: 0.9}\n",
    "a.yaml:3: training.optimizer.betas must be a list, as in [1, 2], found 0.9"
  ),
  (
    "name: a\ntraining:\n  optimizer: {learningRate: .nan}\n",
    "a.yaml:3: training.optimizer.learningRate must be a number, found .nan"
  ),
  (
    "name: a\ntraining:\n  optimizer: {kind: sgd, nesterov: true}\n",
    "a.yaml:3: training.optimizer.nesterov needs a momentum above 0"
  ),
  (
    "name: a\ntraining:\n  precision: float16\n",
    "a.yaml:3: training.precision must be one of float32, bfloat16, found \"float16\"; did you mean \"bfloat16\"?"
  ),
  (
    "name: a\ntraining:\n  augmentation:\n    rotation: 360\n",
    "a.yaml:4: training.augmentation.rotation must be between 0.0 and 180.0, found 360"
  ),
  (
    "name: a\ntraining:\n  augmentation:\n    rotation: full\n",
    "a.yaml:4: training.augmentation.rotation must be one of none, found \"full\""
  ),
  (
    "name: a\ntraining:\n  earlyStopping:\n    metric: loss\n",
    "a.yaml:3: missing key \"patience\" in training.earlyStopping"
  ),
  (
    "name: a\ntraining:\n  earlyStopping:\n    patienc: 3\n",
    "a.yaml:4: unknown key \"patienc\" in training.earlyStopping; did you mean \"patience\"?"
  ),
  ("name: a\nmodel:\n  size: 10\n", "a.yaml:3: model.size must be between 1 and 9, found 10"),
  ("name: a\nmodel:\n  widths: [8, x]\n", "a.yaml:3: model.widths.1 must be a whole number, found \"x\""),
  ("name: a\noutput:\n  logEvery: -1\n", "a.yaml:3: output.logEvery must be at least 0, found -1"),
]

/// Flags that are wrong in one way each.
private let wrongFlags: [(flag: String, message: String)] = [
  ("training", "--set training: expected key=value, as in training.epochs=10"),
  ("=3", "--set =3: expected key=value, as in training.epochs=10"),
  ("training..epochs=3", "--set training..epochs=3: the key has an empty part"),
  (
    "training.epochz=3", "--set training.epochz=3: unknown key \"epochz\" in training; did you mean \"epochs\"?"
  ),
  (
    "trainin.epochs=3", "--set trainin.epochs=3: unknown key \"trainin\"; did you mean \"training\"?"
  ),
  ("training.epochs=x", "--set training.epochs=x: training.epochs must be a whole number, found \"x\""),
  ("name.first=x", "--set name.first=x: name is a single value and has no \"first\""),
  (
    "model.widths.5=1",
    "--set model.widths.5=1: model.widths is a list of 3; \"5\" is not one of its positions 0 to 2"
  ),
  ("seed=[1", "--set seed=[1: not valid YAML: did not find expected ',' or ']'"),
]

@Suite struct ConfigurationErrorTests {
  @Test(arguments: wrongTexts.indices)
  func wrongTextIsToldInOneLine(index: Int) {
    let (yaml, message) = wrongTexts[index]
    let error = #expect(throws: ConfigurationError.self) { try read(yaml) }
    #expect(error?.description == message)
  }

  @Test(arguments: wrongFlags.indices)
  func wrongFlagIsToldInOneLine(index: Int) {
    let (flag, message) = wrongFlags[index]
    let error = #expect(throws: ConfigurationError.self) {
      try read("name: a\nmodel:\n  widths: [1, 2, 3]\n", [flag])
    }
    #expect(error?.description == message)
  }

  @Test func missingFileAndFolderAreErrors() {
    let missing = #expect(throws: ConfigurationError.self) { try SampleExperiment.load(path: "/nowhere/x.yaml") }
    #expect(missing?.description == "/nowhere/x.yaml: no such file")
    let folder = #expect(throws: ConfigurationError.self) { try SampleExperiment.load(path: "/tmp") }
    #expect(folder?.description == "/tmp: is a folder, not a configuration file")
  }
}
