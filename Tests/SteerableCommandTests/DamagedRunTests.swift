import Foundation
import Testing

/// Runs that were trained and then damaged: one clear error each, and the run stays as it was.
@Suite(.serialized) struct DamagedRunTests {
  /// One kind of damage to the run in `run`, and what the command says about it.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// A file of the run, and what becomes of its bytes; nil removes it.
    var file: String?
    var change: (@Sendable (Data) throws -> Data?)?
    let arguments: [String]
    let message: [String]

    init(
      _ name: String, _ file: String? = nil, _ arguments: [String], _ message: [String],
      change: (@Sendable (Data) throws -> Data?)? = nil
    ) {
      testDescription = name
      self.file = file
      self.change = change
      self.arguments = arguments
      self.message = message
    }
  }

  private static let resume = ["train", "--config", "c.yaml", "--output", "run", "--quiet", "--resume"]
  private static let export = ["export", "--run", "run", "--format", "torchscript", "--output", "net.pt"]
  private static let evaluate = ["evaluate", "--run", "run"]
  private static let last = "run/checkpoints/last.safetensors"
  private static let weights = "run/weights.safetensors"

  /// A run of one epoch, trained once for all tests; its bytes by relative path.
  private static let trained: Result<[String: Data], any Error> = Result {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let outcome = try command.run([
      "train", "--config", "c.yaml", "--output", "run", "--quiet", "--set", "training.epochs=1",
    ])
    try #require(outcome.code == 0, "\(outcome.errors)")
    return contents(of: command)
  }

  private static func contents(of command: Command) -> [String: Data] {
    var result: [String: Data] = [:]
    for name in command.files {
      let url = command.folder.appending(path: name)
      if let bytes = try? Data(contentsOf: url) { result[name] = bytes }
    }
    return result
  }

  static let damages: [Damage] = [
    Damage("checkpoint cut short", last, resume, ["last.safetensors"]) { $0.prefix($0.count / 2) },
    Damage("checkpoint without its header", last, resume, ["last.safetensors"]) { $0.prefix(5) },
    Damage("empty checkpoint", last, resume, ["last.safetensors"]) { _ in Data() },
    Damage("checkpoint of noise", last, resume, ["last.safetensors"]) { Data($0.map { $0 ^ 0x5A }) },
    Damage("weights in place of a checkpoint", last, resume, ["last.safetensors", "not a checkpoint"]) { _ in
      try trained.get()[weights]
    },
    Damage(
      "resumed with another learning rate", nil, resume + ["--set", "training.optimizer.learningRate=0.02"],
      ["another configuration", "learningRate", "0.02"]),
    Damage(
      "resumed with another network", nil, resume + ["--set", "model.group=C8"],
      ["another configuration", "group", "C8"]
    ),
    Damage("a run that is there already", nil, resume.dropLast(), ["run", "--resume"]),
    Damage("weights cut short, evaluated", weights, evaluate, ["weights.safetensors"]) { $0.prefix($0.count - 9) },
    Damage("weights cut short, exported", weights, export, ["weights.safetensors"]) { $0.prefix(100) },
    Damage("weights cut short, verified", weights, ["verify", "--run", "run"], ["weights.safetensors"]) {
      $0.prefix(7)
    },
    Damage("weights of noise", weights, export, ["weights.safetensors"]) { Data($0.map { ~$0 }) },
    Damage("weights of another network", "run/config.yaml", evaluate, ["weights.safetensors", "does not fit"]) {
      Data(String(decoding: $0, as: UTF8.self).replacing("C4", with: "C8").utf8)
    },
    Damage("a damaged configuration", "run/config.yaml", evaluate, ["config.yaml"]) { $0.prefix(40) },
    Damage("no configuration", "run/config.yaml", evaluate, ["config.yaml", "no such file"]) { _ in nil },
    Damage("a damaged manifest", "run/manifest.json", export, ["run", "manifest.json"]) { $0.prefix(10) },
    Damage("exported into no folder", nil, export.dropLast() + ["absent/net.pt"], ["absent", "does not exist"]),
    Damage("exported onto a folder", nil, export.dropLast() + ["run"], ["run", "folder"]),
    Damage(
      "exported below a file", nil, export.dropLast() + ["c.yaml/net.pt"], ["c.yaml", "does not exist"]),
    Damage(
      "verified as another network", nil, ["verify", "--run", "run", "--config", "c.yaml", "--set", "model.group=C8"],
      ["weights.safetensors", "does not fit"]),
  ]

  @Test(arguments: damages) func oneClearErrorAndTheRunStays(_ damage: Damage) throws {
    let command = try Command()
    defer { command.remove() }
    for (name, bytes) in try Self.trained.get() { try command.write(bytes, to: name) }
    // The one epoch of the run is what its configuration says.
    try command.write(
      Command.tinyConfiguration.replacing("  epochs: 3", with: "  epochs: 1"), to: "c.yaml")
    if let file = damage.file, let change = damage.change {
      let url = command.folder.appending(path: file)
      if let changed = try change(Data(contentsOf: url)) {
        try changed.write(to: url)
      } else {
        try FileManager.default.removeItem(at: url)
      }
    }
    let before = Self.contents(of: command)

    let outcome = try command.run(damage.arguments)

    #expect(outcome.code == 2, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for part in damage.message { #expect(outcome.errors.contains(part), "\(part) is missing in: \(outcome.errors)") }
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(!outcome.errors.contains("Fatal error"))
    #expect(Self.contents(of: command) == before)
  }

  @Test func aRunWithoutWeightsSaysSo() throws {
    let command = try Command()
    defer { command.remove() }
    for (name, bytes) in try Self.trained.get() where !name.hasSuffix(".safetensors") {
      try command.write(bytes, to: name)
    }
    let outcome = try command.run(Self.evaluate)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("no weights yet"))
  }

  @Test func aLossThatIsNoNumberNamesStepAndCheckpoint() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let outcome = try command.run([
      "train", "--config", "c.yaml", "--output", "run", "--quiet", "--set", "training.optimizer.learningRate=1e30",
    ])
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(/step [0-9]+/), "\(outcome.errors)")
    #expect(outcome.errors.contains("last.safetensors"), "\(outcome.errors)")
    #expect(outcome.errors.contains("lower the learning rate"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    // What it names is there and can be read.
    #expect(
      FileManager.default.fileExists(atPath: command.folder.appending(path: "run/checkpoints/last.safetensors").path))
    #expect(!command.files.contains("run/weights.safetensors"))
  }
}
