import Foundation
import TestSupport
import Testing

/// Networks of continuous group convolutions from training to files, and what the command says about them.
@Suite struct PartialCommandTests {
  private static func configuration(_ kind: String, group: String) -> String {
    """
    name: tiny
    seed: 3
    data: {kind: simulated-galaxies, imageSide: 17, training: 32, validation: 8, test: 8}
    model:
      kind: \(kind)
      hidden: 3
      widths: [1, 1]
      poolBlocks: [0, 1]
      group: {\(group)}
      kernel: {kind: siren, hidden: 4, size: 3}
    training: {epochs: 1, batchSize: 16, optimizer: {kind: adam, learningRate: 0.01}, threads: 1}

    """
  }

  private struct Support: Decodable, Equatable {
    let width: Double?
    let reflections: Double?
  }

  private struct SampledLayer: Decodable, Equatable {
    let name: String
    let elements: Int
    let kernelSize: Int?
    let support: Support?
  }

  private struct Listing: Decodable {
    struct Layer: Decodable {
      let name: String
      let type: String
    }

    struct Sampling: Decodable {
      let group: String
      let samples: Int
      let use: String
      let method: String
      let kernel: String
      let layers: [SampledLayer]
    }

    let layers: [Layer]
    let sampling: Sampling?
  }

  private struct Trained: Decodable { let learned: [SampledLayer]? }

  private func decoded<Answer: Decodable>(_ outcome: Command.Outcome) throws -> Answer {
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  @Test func anAugerinoRunIsExportedInAllFormats() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(
      Self.configuration("augerino-ck-resnet", group: "name: SE2, samples: 4, sampling: random"), to: "c.yaml")
    let trained: Trained = try decoded(
      command.run(["train", "--config", "c.yaml", "--output", "run", "--quiet", "--json"]))
    #expect(trained.learned?.map(\.name) == ["sampler"])
    for (format, file) in [("torchscript", "net.pt"), ("safetensors", "net.safetensors"), ("onnx", "net.onnx")] {
      let export = try command.run(["export", "--run", "run", "--format", format, "--output", file])
      #expect(export.code == 0, "\(export.errors)")
      #expect(!export.output.contains("note:"), "\(export.output)")
      #expect(FileManager.default.fileExists(atPath: command.folder.appending(path: file).path))
    }
    let listing: Listing = try decoded(command.run(["inspect", "model", "--run", "run", "--json"]))
    #expect(listing.sampling?.use == "copies" && listing.sampling?.layers.first == trained.learned?.first)

    // There is no group to hold it to.
    let verification = try command.run(["verify", "--run", "run"])
    #expect(verification.code == 1)
    let absence = "nothing to verify: the network has no rotations or reflections"
    #expect(verification.output.contains("\n" + absence) && verification.errors.contains(absence))
    let json = try command.run(["verify", "--run", "run", "--json"])
    #expect(json.code == 1 && json.output.contains(#""verdict" : "nothing to verify""#), "\(json.output)")

    guard Python.isAvailable else { return }
    let report = try ONNXRuntime.report(
      of: command.folder.appending(path: "net.onnx"), and: command.folder.appending(path: "net.pt"))
    #expect(try #require(report).difference <= 1e-5)
  }

  @Test func whatIsLearnedIsShown() throws {
    let command = try Command()
    defer { command.remove() }
    let group = "name: E2, samples: 8, sampling: random, partial: true, evaluation: random"
    try command.write(Self.configuration("ck-resnet", group: group), to: "c.yaml")

    let fresh: Listing = try decoded(command.run(["inspect", "model", "--config", "c.yaml", "--json"]))
    #expect(fresh.layers.first?.name == "lift" && fresh.layers.first?.type == "LiftingConvolution")
    let sampling = try #require(fresh.sampling)
    #expect(sampling.group == "E2" && sampling.samples == 8 && sampling.use == "partial" && sampling.kernel == "siren")
    #expect(sampling.layers.map { $0.support?.width } == [nil, 1, 1, 1, 1, 1])

    let training = try command.run(["train", "--config", "c.yaml", "--output", "run", "--quiet"])
    #expect(training.code == 0, "\(training.errors)")
    #expect(training.output.contains("\nlearned support: blocks.0.conv1 ±"), "\(training.output)")
    let learned: Listing = try decoded(command.run(["inspect", "model", "--run", "run", "--json"]))
    #expect(learned.sampling?.layers.map(\.name) == sampling.layers.map(\.name))
    #expect(learned.sampling?.layers != sampling.layers)
    let table = try command.run(["inspect", "model", "--run", "run"])
    #expect(table.output.contains("group: E2, 8 samples (4 rotations, each also reflected), random"))
    #expect(table.output.contains("learned support") && table.output.contains("reflections 0."), "\(table.output)")

    // Tests are random, the file is not.
    let export = try command.run(["export", "--run", "run", "--format", "onnx", "--output", "net.onnx"])
    #expect(export.code == 0 && export.output.contains("evaluation: random"), "\(export.errors)")
  }
}
