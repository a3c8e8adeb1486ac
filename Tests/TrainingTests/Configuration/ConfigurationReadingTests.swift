import Datasets
import Foundation
import Testing
import Training

@Suite struct ConfigurationReadingTests {
  @Test func defaultsFillWhatIsLeftOut() throws {
    let experiment = try read("name: demo\n")
    #expect(experiment.training == TrainingConfiguration())
    #expect(experiment.output == OutputConfiguration())
    #expect(experiment.seed == 0)
    #expect(experiment.model.widths == [8, 16])
  }

  @Test func everyValueIsRead() throws {
    let experiment = try read(
      """
      name: full
      seed: 12
      model: {size: 5, group: C8, widths: [4]}
      training:
        minutes: 2.5
        batchSize: 32
        shuffle: false
        optimizer: {kind: sgd, learningRate: 1e-2, weightDecay: 5e-4, momentum: 0.9, nesterov: true}
        schedule: {kind: cosine, minimum: 0.01, warmupEpochs: 1}
        gradientClip: 1
        precision: bfloat16
        labelSmoothing: 0.1
        augmentation: {rotation: none, scale: 0.1, shear: 0.05, interpolation: bicubic, flips: true, crop: 4}
        earlyStopping: {patience: 3, metric: loss, minimumChange: 0.001}
        evaluateEvery: 2
        checkpointEvery: 100
        averageDecay: 0.999
        keep: best
        threads: 2
      output: {tensorBoard: false, logEvery: 0}
      """)
    let expected = TrainingConfiguration(
      epochs: nil, minutes: 2.5, batchSize: 32, shuffle: false,
      optimizer: OptimizerOptions(
        kind: .sgd, learningRate: 0.01, weightDecay: 5e-4, momentum: 0.9, nesterov: true),
      schedule: ScheduleOptions(kind: .cosine, minimum: 0.01, warmupEpochs: 1), gradientClip: 1,
      precision: .bfloat16, labelSmoothing: 0.1,
      augmentation: AugmentationOptions(scale: 0.1, shear: 0.05, interpolation: .bicubic, flips: true, crop: 4),
      earlyStopping: EarlyStoppingOptions(patience: 3, metric: .loss, minimumChange: 0.001), evaluateEvery: 2,
      checkpointEvery: 100, averageDecay: 0.999, keep: .best, threads: 2)
    #expect(experiment.training == expected)
    #expect(experiment.output == OutputConfiguration(tensorBoard: false, logEvery: nil))
    #expect(experiment.seed == 12)
    #expect(experiment.model.group == "C8")
  }

  @Test func overridesReplaceAndAdd() throws {
    let experiment = try read(
      "name: a\ntraining:\n  epochs: 5\nmodel:\n  widths: [1, 2]\n",
      [
        "training.epochs=7", "training.optimizer={kind: sgd, momentum: 0.5}", "model.widths.1=9", "model.group=\"5\"",
        "training.earlyStopping.patience=4", "training.optimizer.learningRate=3e-4", "name=other run",
      ])
    #expect(experiment.training.epochs == 7)
    #expect(experiment.training.optimizer.momentum == 0.5)
    #expect(experiment.training.optimizer.learningRate == 3e-4)
    #expect(experiment.training.earlyStopping?.patience == 4)
    #expect(experiment.model.widths == [1, 9])
    #expect(experiment.model.group == "5")
    #expect(experiment.name == "other run")
  }

  @Test func nullTakesTheDefault() throws {
    let experiment = try read("name: a\ntraining: {epochs: 5, gradientClip: 2}\n", ["training.gradientClip=null"])
    #expect(experiment.training.gradientClip == nil)
    #expect(try read("name: a\ntraining:\n").training == TrainingConfiguration())
  }

  @Test func resolvedConfigurationReadsBackTheSame() throws {
    let yaml = """
      name: "a: strange # name \\" with\\ttab"
      seed: 3
      model: {group: "true", widths: []}
      training: {schedule: {kind: exponential, after: 2}, earlyStopping: {patience: 1}}
      """
    let root = try ConfigurationNode.parse(yaml: yaml, source: "a.yaml")
    let experiment = try SampleExperiment(root)
    let again = try ConfigurationNode.parse(yaml: root.resolved.yaml, source: "config.yaml")
    #expect(try SampleExperiment(again) == experiment)
    #expect(again.resolved == root.resolved)
    #expect(root.resolved["training"]?["schedule"]?["factor"] == .double(0.8))
  }

  @Test func configurationIsCodable() throws {
    let experiment = try read("name: a\ntraining: {minutes: 3}\n")
    let decoded = try JSONDecoder().decode(SampleExperiment.self, from: JSONEncoder().encode(experiment))
    #expect(decoded == experiment)
  }

  @Test func listsOfSectionsKeepTheirPaths() throws {
    let root = try ConfigurationNode.parse(
      yaml: "layers:\n  - {kind: conv, size: 3}\n  - kind: pool\n    sise: 2\n", source: "b.yaml")
    let error = #expect(throws: ConfigurationError.self) {
      for layer in try root.sections("layers") {
        _ = try layer.string("kind")
        _ = try layer.int("size", default: 1)
      }
      try root.finish()
    }
    #expect(error?.description == "b.yaml:4: unknown key \"sise\" in layers.1; did you mean \"size\"?")
  }

  @Test func flattenedPathsNameEachLeaf() throws {
    let root = try ConfigurationNode.parse(yaml: "name: a\n", source: "a.yaml")
    _ = try SampleExperiment(root)
    let leaves = Dictionary(root.resolved.flattened.map { ($0.path, $0.value) }) { first, _ in first }
    #expect(leaves["training.optimizer.learningRate"] == "0.001")
    #expect(leaves["model.widths"] == "[8, 16]")
  }
}
