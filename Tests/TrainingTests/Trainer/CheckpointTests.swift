import Datasets
import Foundation
import Interchange
import Layers
import Optimizers
import Tensors
import Testing
import Training

/// Ways to spoil a checkpoint, with a part of the message that tells it.
private struct Damage: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let message: String
  let apply: @Sendable (URL) throws -> Void

  static let all: [Damage] = [
    Damage(testDescription: "empty file", message: "last.safetensors: ") { try Data().write(to: $0) },
    Damage(testDescription: "text", message: "last.safetensors: ") { try Data("hello, world".utf8).write(to: $0) },
    Damage(testDescription: "cut in the header", message: "last.safetensors: ") { url in
      try Data(contentsOf: url).prefix(100).write(to: url)
    },
    Damage(testDescription: "cut in the data", message: "last.safetensors: ") { url in
      try Data(contentsOf: url).dropLast(1).write(to: url)
    },
    Damage(testDescription: "a weights file", message: "is not a checkpoint, though a safetensors file") { url in
      try Weights.write(StripeNet(seed: 1), to: url)
    },
    Damage(testDescription: "a newer format", message: "was written in version 2 of the format; this program reads 1") {
      try replace(in: $0, "\\\"version\\\":1", "\\\"version\\\":2")
    },
    Damage(testDescription: "damaged metadata", message: "its metadata are damaged") {
      try replace(in: $0, "\\\"step\\\":", "\\\"stop\\\":")
    },
    Damage(testDescription: "another key", message: "does not fit the model: missing key \"conv.bias\"") {
      try replace(in: $0, "\"model.conv.bias\"", "\"model.conv.bios\"")
    },
    Damage(testDescription: "another group", message: "unexpected key \"modal.conv.bias\"") {
      try replace(in: $0, "\"model.conv.bias\"", "\"modal.conv.bias\"")
    },
    Damage(testDescription: "another optimizer key", message: "does not fit the optimizer: ") {
      try replace(in: $0, "\"optimizer.conv.bias.exp_avg\"", "\"optimizer.conv.bias.exp_avc\"")
    },
    Damage(testDescription: "another generator", message: "does not fit the model's generators: ") {
      try replace(in: $0, "\"generator.dropout.", "\"generator.dropaut.")
    },
    Damage(testDescription: "a loop's own checkpoint", message: "was not written by a trainer") { url in
      let model = StripeNet(seed: 1)
      try Checkpoint(model: model, optimizer: Adam(model.parameters), step: 3).write(to: url)
    },
  ]

  /// Replaces a text in the header by one of equal length.
  private static func replace(in url: URL, _ old: String, _ new: String) throws {
    var data = try Data(contentsOf: url)
    let range = try #require(data.range(of: Data(old.utf8)), "\(old) is not in the file")
    data.replaceSubrange(range, with: Data(new.utf8))
    try data.write(to: url)
  }
}

@Suite(.serialized) struct CheckpointTests {
  private func trainer(
    _ model: StripeNet, _ options: TrainingConfiguration, seed: UInt64 = 1, stopAfter step: Int? = nil
  ) -> Trainer<StripeNet> {
    let stop = StopSignal()
    let observer = EventHandler { event in
      if case .step(let report) = event, report.step == step { stop.request() }
    }
    return Trainer(model: model, configuration: options, seed: seed, stop: stop, observers: [observer])
  }

  /// A run that was stopped at its second step.
  private func stoppedRun(_ folder: TemporaryFolder) throws -> URL {
    let url = folder.url.appendingPathComponent("run")
    _ = try trainer(StripeNet(seed: 1), eventfulOptions(), stopAfter: 2)
      .fit(stripes(120, seed: 1), validation: stripes(32, seed: 2), run: RunDirectory.prepare(at: url.path))
    return url
  }

  /// Resumes, expects an error, and expects that neither files nor weights have changed.
  private func resumingFails(
    _ url: URL, _ model: StripeNet = StripeNet(seed: 4), _ options: TrainingConfiguration = eventfulOptions(),
    seed: UInt64 = 1, images: Int = 120
  ) throws -> String {
    let files = try contents(url)
    let weights = model.stateDict()
    let generators = model.generatorStates
    let error = #expect(throws: TrainingError.self) {
      try trainer(model, options, seed: seed).fit(
        stripes(images, seed: 1), validation: stripes(32, seed: 2),
        run: RunDirectory.prepare(at: url.path, resume: true))
    }
    #expect(try contents(url) == files)
    #expect(model.stateDict().isIdentical(to: weights))
    #expect(model.generatorStates == generators)
    let text = error?.description ?? ""
    #expect(text.hasPrefix(url.path + "/checkpoints/last.safetensors: "))
    #expect(!text.contains("\n"))
    return text
  }

  @Test(arguments: Damage.all)
  fileprivate func damagedCheckpointIsOneErrorAndChangesNothing(damage: Damage) throws {
    let folder = try TemporaryFolder()
    let url = try stoppedRun(folder)
    try damage.apply(url.appendingPathComponent("checkpoints/last.safetensors"))
    let text = try resumingFails(url)
    #expect(text.contains(damage.message))
  }

  @Test func checkpointOfAnotherConfigurationIsRefused() throws {
    let folder = try TemporaryFolder()
    let url = try stoppedRun(folder)
    #expect(
      try resumingFails(url, StripeNet(seed: 4), eventfulOptions(epochs: 4))
        .hasSuffix("belongs to another configuration: training.epochs is 3.0 there and 4.0 here"))
    #expect(
      try resumingFails(url, seed: 2).hasSuffix("belongs to another configuration: seed is \"1\" there and \"2\" here"))
    #expect(try resumingFails(url, images: 100).contains("images of stripes is 120 with checksum "))
    let wide = try resumingFails(url, StripeNet(seed: 4, width: 7))
    #expect(wide.contains("does not fit the averaged weights: \"conv.weight\" has shape [6, 1, 3, 3], expected [7"))
  }

  @Test func loopOfYourOwnCanBeContinued() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("own.safetensors")
    let data = try stripes(16, seed: 1)
    let images = Tensor(data.images, shape: [16, 1, 8, 8])
    let labels = Tensor(data.labels, shape: [16])
    func step(_ model: StripeNet, _ optimizer: inout Adam) {
      optimizer.step { crossEntropy(logits: model(images), targets: labels).backward() }
    }
    let model = StripeNet(seed: 1)
    var optimizer = Adam(model.parameters, learningRate: 0.01)
    for _ in 0..<3 { step(model, &optimizer) }
    try Checkpoint(model: model, optimizer: optimizer, step: 3).write(to: url)
    for _ in 0..<3 { step(model, &optimizer) }

    let other = StripeNet(seed: 2)
    var otherOptimizer = Adam(other.parameters, learningRate: 0.5)
    let saved = try Checkpoint.read(from: url)
    #expect(try saved.restore(model: other, optimizer: &otherOptimizer) == 3)
    for _ in 0..<3 { step(other, &otherOptimizer) }
    #expect(other.stateDict().isIdentical(to: model.stateDict()))
  }

  @Test func unwritableFolderIsAnError() throws {
    let model = StripeNet(seed: 1)
    let checkpoint = Checkpoint(model: model, optimizer: Adam(model.parameters), step: 0)
    let error = #expect(throws: TrainingError.self) {
      try checkpoint.write(to: URL(fileURLWithPath: "/nowhere/at/all/last.safetensors"))
    }
    #expect(error?.description.hasPrefix("/nowhere/at/all/last.safetensors: ") == true)
  }
}
