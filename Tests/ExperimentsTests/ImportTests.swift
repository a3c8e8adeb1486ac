import Experiments
import Foundation
import Interchange
import Layers
import OrderedCollections
import Tensors
import Testing
import Training
import WeightExchange

/// Classifiers of e2cnn and escnn as runs.
struct ImportTests {
  static let configuration = """
    name: imported
    data: {kind: simulated-galaxies, imageSide: 17, training: 64, validation: 16, test: 32}
    model:
      kind: steerable-cnn
      group: C4
      blocks:
        - {fields: "2 regular", kernelSize: 5, padding: 2, pool: {kind: average-antialiased, stride: 2}}
        - {fields: "2 regular", kernelSize: 3, padding: 1}
      head: [8]
      dropout: 0.2
    training: {epochs: 1, batchSize: 16, optimizer: {kind: adamw, learningRate: 0.01}}

    """

  @Test(arguments: ["e2cnn", "escnn"]) func aRunWithTheirOutputs(library: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "steerable-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "c.yaml")
    try Data(Self.configuration.utf8).write(to: file)
    let experiment = try Experiment(path: file.path)
    let goldens = Samples.root.appending(path: "Tests/Goldens/networks")
    let weights = try ForeignStateDict(goldens.appending(path: "\(library)_classifier.pt"))
    let output = folder.appending(path: "run").path
    let report = try experiment.importWeights(weights, output: output).report
    #expect(report.largestResidual < 1e-5)
    #expect(report.layers.count == 7)
    #expect(report.layers[0].method == (library == "e2cnn" ? .weights : .projected))

    // The run, read back, computes what the other library did.
    let run = try RunDirectory.open(at: output)
    let model = try Experiment(run: run).makeModel()
    try run.loadWeights(into: model)
    model.eval()
    let golden = try Safetensors.read(goldens.appending(path: "\(library)_classifier.safetensors")).tensors
    let input = try #require(golden["input"]).to(.float32)
    let expected = try #require(golden["output"])
    let distance: Double = (model(input).detach().to(.float64) - expected).abs().max().item()
    #expect(distance < 1e-5)
    print("imported from \(library): largest difference of outputs \(distance), residual \(report.largestResidual)")
    let names = try FileManager.default.contentsOfDirectory(atPath: output)
    #expect(names.contains("import.json"))

    // A second import into the same folder is refused; one that does not fit leaves nothing.
    #expect(throws: TrainingError.self) { try experiment.importWeights(weights, output: output) }
    let other = folder.appending(path: "other").path
    #expect(throws: ImportError.self) {
      try experiment.importWeights(
        weights, output: other, options: ImportOptions(modules: ["features.0": "body.4"]))
    }
    #expect(!FileManager.default.fileExists(atPath: other))
  }
}
