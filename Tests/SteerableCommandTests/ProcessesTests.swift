import Foundation
import TestSupport
import Testing

/// A program that listens on a port of this machine and says nothing.
private final class SilentListener {
  let port: Int
  private let handle: Int32

  init() throws {
    handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let handle = handle
    // Without an address the system chooses a port.
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        listen(handle, 8) == 0 && getsockname(handle, $0, &length) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    try #require(isListening && port > 0, "the system gives no port to listen on")
  }

  deinit { close(handle) }
}

/// Trainings that share their batches among processes.
@Suite(.serialized) struct ProcessesTests {
  private static let arguments = ["train", "--config", "c.yaml", "--quiet", "--processes", "2"]

  /// What the system tells of a process behind its name: the state, the parent, and more; nil if there is none.
  private func fields(of process: Int32) -> [Substring]? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    return text.split(separator: ")").last?.split(separator: " ")
  }

  /// The two processes that the command has started, in the order of their start.
  ///
  /// Found by their parent: not every system lists the children of a process.
  private func members(of process: Process) throws -> [Int32] {
    let parent = "\(process.processIdentifier)"
    let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
    let members = all.filter { fields(of: $0)?.dropFirst().first.map { $0 == parent } ?? false }.sorted()
    try #require(members.count == 2, "the command has \(members.count) processes of \(all.count)")
    return members
  }

  /// Whether a process runs; one that has ended and that nobody has asked about does not.
  private func isAlive(_ process: Int32) -> Bool { fields(of: process).map { $0.first != "Z" } ?? false }

  private func start(_ command: Command, _ extra: [String]) throws -> (Process, Pipe, Pipe) {
    let (process, output, errors) = try command.start(Self.arguments + ["--output", "run"] + extra)
    let metrics = command.folder.appending(path: "run/metrics.jsonl")
    let deadline = Date().addingTimeInterval(60)
    while process.isRunning, Date() < deadline, ((try? Data(contentsOf: metrics)) ?? Data()).isEmpty { usleep(5_000) }
    return (process, output, errors)
  }

  @Test func twoProcessesLeaveOneRun() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let outcome = try command.run(Self.arguments + ["--output", "shared", "--json"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let alone = try command.run(["train", "--config", "c.yaml", "--output", "alone", "--quiet", "--json"])
    struct Result: Decodable { let steps: Int; let testLoss: Double }
    let (shared, expected) = try (
      JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8)),
      JSONDecoder().decode(Result.self, from: Data(alone.output.utf8))
    )
    #expect(shared.steps == expected.steps && abs(shared.testLoss - expected.testLoss) < 1e-3)
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    func names(_ folder: String) -> [String] {
      command.files.filter { $0.hasPrefix(folder + "/") && !$0.contains("tfevents") }
        .map { String($0.dropFirst(folder.count)) }.sorted()
    }
    #expect(names("shared") == names("alone"))
    // What some processes have made, others can go on with.
    let again = try command.run(["train", "--config", "c.yaml", "--output", "shared", "--quiet", "--resume"])
    #expect(again.code == 0, "\(again.errors)")
  }

  @Test(arguments: [0, 1]) func aKilledProcessEndsTheOthers(victim: Int) throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let (process, output, errors) = try start(
      command, ["--set", "training.epochs=2000", "--set", "output.logEvery=1"])
    let members = try members(of: process)
    kill(members[victim], SIGKILL)
    let began = Date()
    let outcome = Command.finish(process, output, errors)
    #expect(Date().timeIntervalSince(began) < 30)
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.contains(
        "steerable: process \(victim) of 2 was ended by signal 9, and the others have been ended\n"),
      "\(outcome.errors)")
    if victim == 1 {
      #expect(
        outcome.errors.contains(
          "steerable: process 0 of 2 cannot go on: the connection to another process was lost"), "\(outcome.errors)")
    }
    for member in members { #expect(!isAlive(member), "process \(member) lives on") }
    // The state is as it was saved, and one process goes on from it.
    #expect(FileManager.default.fileExists(atPath: command.folder.path + "/run/checkpoints/last.safetensors"))
  }

  @Test func processesEndWithTheOneThatStartedThem() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let (process, output, errors) = try start(
      command, ["--set", "training.epochs=2000", "--set", "output.logEvery=1"])
    let members = try members(of: process)
    kill(process.processIdentifier, SIGKILL)
    _ = Command.finish(process, output, errors)
    let deadline = Date().addingTimeInterval(30)
    while Date() < deadline, members.contains(where: isAlive) { usleep(20_000) }
    for member in members { #expect(!isAlive(member), "process \(member) lives on") }
  }

  @Test func anInterruptSavesOnce() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let (process, output, errors) = try start(
      command, ["--set", "training.epochs=2000", "--set", "output.logEvery=1"])
    kill(process.processIdentifier, SIGINT)
    let outcome = Command.finish(process, output, errors)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.hasSuffix(
        "--set training.epochs=2000 --set output.logEvery=1 --output run --processes 2 --quiet --resume\n"),
      "\(outcome.errors)")
  }

  @Test func oneThatFindsNobodySaysSoInOneLine() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    // Nobody listens on port 1.
    let outcome = try command.run(
      ["train", "--config", "c.yaml", "--quiet", "--output", "run"],
      environment: [
        "RANK": "1", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "1", "STEERABLE_TIMEOUT": "1",
      ])
    #expect(outcome.code == 1)
    #expect(
      outcome.errors == "steerable: process 1 of 2 did not find the others at 127.0.0.1:1: "
        + "another process did not answer within 1 s\n")
    #expect(command.files == ["c.yaml"])
  }

  /// Where another program listens that does not answer, nobody waits longer than for a process that does not come.
  @Test func anotherProgramAtThePortIsToldInOneLine() throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let listener = try SilentListener()
    let began = Date()
    let outcome = try command.run(
      ["train", "--config", "c.yaml", "--quiet", "--output", "run"],
      environment: [
        "RANK": "1", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(listener.port)",
        "STEERABLE_TIMEOUT": "2",
      ])
    #expect(Date().timeIntervalSince(began) < 30)
    #expect(outcome.code == 1)
    #expect(
      outcome.errors == "steerable: process 1 of 2 did not find the others at 127.0.0.1:\(listener.port): "
        + "another process did not answer within 2 s\n")
    #expect(command.files == ["c.yaml"])
  }

  /// Command lines and environments that are wrong in one way each, with the one line that says so.
  static let wrong: [(extra: [String], environment: [String: String], message: String)] = [
    (["--processes", "0"], [:], "--processes must be from 1 to 256, found 0"),
    (["--processes", "1000"], [:], "--processes must be from 1 to 256, found 1000"),
    (
      ["--processes", "2"], ["RANK": "0"],
      "--processes starts processes, and RANK says that this is one of some; leave out one of the two"
    ),
    ([], ["RANK": "0"], "WORLD_SIZE is not set; processes that train together need RANK, WORLD_SIZE, MASTER_ADDR"),
    ([], ["WORLD_SIZE": "2"], "RANK is not set; processes that train together need RANK, WORLD_SIZE, MASTER_ADDR"),
    (
      [], ["RANK": "2", "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "1"],
      "RANK must be a whole number from 0 to 1, found \"2\""
    ),
    (
      ["--processes", "2", "--set", "training.batchSize=1", "--set", "data.training=65"], [:],
      "65 training images in batches of 1 leave a batch of one image"
    ),
    (
      ["--processes", "3", "--set", "data.training=66"], [:],
      "66 training images in batches of 16 leave a batch of 2 for 3 processes, and each needs an image"
    ),
    (["--processes", "2", "--set", "training.epochs=none"], [:], "training.epochs must be a whole number"),
    (["--processes", "2", "--resume"], [:], "there is no run to resume"),
  ]

  @Test(arguments: wrong) func wrongSettingsAreToldOnce(
    extra: [String], environment: [String: String], message: String
  ) throws {
    let command = try Command()
    defer { command.remove() }
    try command.write(Command.tinyConfiguration, to: "c.yaml")
    let outcome = try command.run(
      ["train", "--config", "c.yaml", "--quiet", "--output", "run"] + extra, environment: environment)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(command.files == ["c.yaml"])
  }
}
