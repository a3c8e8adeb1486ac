import Foundation
import Testing

/// Whole runs of the command: train, kill, resume, evaluate, verify, export.
@Suite(.serialized) struct RunTests {
  private func bytes(_ url: URL) throws -> Data { try Data(contentsOf: url) }

  private func train(_ command: Command, _ extra: [String], output: String) throws -> Command.Outcome {
    try command.run(["train", "--config", "c.yaml", "--output", output, "--quiet"] + extra)
  }

  @Test func aKilledRunResumesBitForBit() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    #expect(try train(command, [], output: "whole").code == 0)
    let expected = try bytes(command.folder.appending(path: "whole/weights.safetensors"))

    // Killed without warning at several moments, and each time resumed.
    let (first, output, errors) = try command.start(
      ["train", "--config", "c.yaml", "--output", "killed", "--quiet"])
    let checkpoint = command.folder.appending(path: "killed/checkpoints/last.safetensors")
    var kills = 0
    func killSoon(_ process: Process) {
      let before = try? bytes(checkpoint)
      let deadline = Date().addingTimeInterval(60)
      while process.isRunning, Date() < deadline,
        (try? bytes(checkpoint)) == before || before == nil && !FileManager.default.fileExists(atPath: checkpoint.path)
      {
        usleep(2_000)
      }
      if process.isRunning {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
    }
    killSoon(first)
    _ = Command.finish(first, output, errors)
    for _ in 0..<2 {
      let (next, output, errors) = try command.start(
        ["train", "--config", "c.yaml", "--output", "killed", "--quiet", "--resume"])
      killSoon(next)
      _ = Command.finish(next, output, errors)
    }
    #expect(kills >= 1, "no kill came before the end of the training")
    let last = try train(command, ["--resume"], output: "killed")
    #expect(last.code == 0, "\(last.errors)")
    #expect(try bytes(command.folder.appending(path: "killed/weights.safetensors")) == expected)
    let leftovers = command.files.filter { $0.hasPrefix("killed/") && ($0.contains(".tmp") || $0.contains(".part")) }
    #expect(leftovers.isEmpty)
  }

  @Test func anInterruptSavesAndExitsCleanly() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let (process, output, errors) = try command.start(
      [
        "train", "--config", "c.yaml", "--output", "a run", "--quiet", "--set", "training.epochs=2000", "--set",
        "name=it's", "--data", "d",
      ])
    let checkpoint = command.folder.appending(path: "a run/checkpoints/last.safetensors")
    let deadline = Date().addingTimeInterval(60)
    while !FileManager.default.fileExists(atPath: checkpoint.path), Date() < deadline { usleep(5_000) }
    kill(process.processIdentifier, SIGINT)
    let outcome = Command.finish(process, output, errors)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "go on with: steerable train --config c.yaml --set training.epochs=2000 --set 'name=it'\\''s' --data d "
          + "--output 'a run' --quiet --resume\n"), "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: checkpoint.path))
  }

  @Test func aTrainedRunIsEvaluatedVerifiedAndExported() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    #expect(try train(command, [], output: "run").code == 0)

    let evaluation = try command.run(["evaluate", "--run", "run", "--rotations", "0:180:90", "--json"])
    #expect(evaluation.code == 0, "\(evaluation.errors)")
    struct Score: Decodable { let degrees: Double; let accuracy: Double }
    let scores = try JSONDecoder().decode([Score].self, from: Data(evaluation.output.utf8))
    #expect(scores.map(\.degrees) == [0, 90, 180])
    // A C4 network gives the same answers at multiples of 90 degrees.
    #expect(Set(scores.map(\.accuracy)).count == 1)

    let verification = try command.run(["verify", "--run", "run"])
    #expect(verification.code == 0, "\(verification.errors)")
    #expect(verification.output.contains("holds"))

    for (format, file) in [("torchscript", "net.pt"), ("safetensors", "net.safetensors"), ("onnx", "net.onnx")] {
      let export = try command.run(["export", "--run", "run", "--format", format, "--output", file])
      #expect(export.code == 0, "\(export.errors)")
      #expect(FileManager.default.fileExists(atPath: command.folder.appending(path: file).path))
    }
  }

  @Test func aPlainNetworkFailsVerification() throws {
    let command = try Command()
    defer { command.remove() }
    let plain = Command.tinyConfiguration
      .replacingOccurrences(of: "steerable-cnn\n  group: C4", with: "plain-cnn")
      .replacingOccurrences(of: "fields: \"2 regular\"", with: "channels: 8")
    try command.write(plain, to: "c.yaml")
    let outcome = try command.run(["verify", "--config", "c.yaml"])
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("not equivariant"))
  }
}
