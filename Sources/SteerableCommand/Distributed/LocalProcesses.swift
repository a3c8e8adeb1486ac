import Foundation
import Tensors
import Training

/// Starts the command several times on this machine, as one data-parallel training or one study, and waits for all.
///
/// Process 0 prints as one alone would. Of the others only the reason of a failure is shown. When one ends before its
/// time, the others find its connection closed and end too; those that do not are killed.
struct LocalProcesses {
  /// The mark of a process that was started here.
  static let mark = "STEERABLE_LAUNCHED"
  /// The seconds that the others have to end by themselves after one has failed.
  static let grace = 10.0

  let count: Int
  let arguments: [String]
  /// The threads of each process; nil leaves the environment as it is.
  let threads: Int?

  /// Starts this command in several processes if that is asked for, and waits for their end; tells whether it did.
  ///
  /// A process that was started so goes on with its work, and ends when the one that started it is gone.
  ///
  /// - Parameters:
  ///   - processes: what was asked for; nil for nothing.
  ///   - prepare: finds what would fail in all of them, before any is started.
  ///
  /// **Throws**: `Failure` for an impossible number or when a process fails; what `prepare` throws.
  static func launched(_ processes: Int?, prepare: () throws -> Void = {}) throws -> Bool {
    if isOne {
      Lifeline.watch()
      return false
    }
    guard let processes else { return false }
    guard (1...256).contains(processes) else {
      throw Failure.input("--processes must be from 1 to 256, found \(processes)")
    }
    guard ProcessInfo.processInfo.environment["RANK"] == nil else {
      throw Failure.input(
        "--processes starts processes, and RANK says that this is one of some; leave out one of the two")
    }
    guard processes > 1 else { return false }
    try prepare()
    try LocalProcesses(count: processes, arguments: Array(CommandLine.arguments.dropFirst())).run()
    return true
  }

  /// Processes that divide the threads among themselves, unless the environment says how many each has.
  private init(count: Int, arguments: [String]) {
    self.count = count
    self.arguments = arguments
    let isChosen = ProcessInfo.processInfo.environment["OMP_NUM_THREADS"] != nil
    threads = isChosen ? nil : max(1, Torch.threads / count)
  }

  /// Whether this process is one that was started here.
  static var isOne: Bool { ProcessInfo.processInfo.environment[mark] != nil }

  /// Runs all processes to their end.
  ///
  /// **Throws**: `Failure` with the reason and the exit code of the first process that failed.
  private func run() throws {
    guard let program = Bundle.main.executableURL else { throw Failure.work("the program does not find its own file") }
    let stop = StopSignal()
    let handling = stop.install()
    defer { handling.cancel() }
    guard let port = FreePort.find() else { throw Failure.work("the system gives no free port") }
    let members = try (0..<count).map { rank in
      try Member(rank: rank, program: program, arguments: arguments, variables: variables(rank: rank, port: port))
    }
    let first = wait(for: members, stop)
    for member in members { member.finish() }
    guard let first else { return }
    if first.rank > 0, first.status != members[0].status {
      for line in first.messages { Console.note("process \(first.rank): \(line)") }
    }
    // What process 0 has told already needs no second sentence.
    if first.status == members[0].status, case .exit(let code) = first.status { exit(code) }
    let isAboutInput = members.contains { $0.status == .exit(Failure.usage) }
    throw Failure(
      message: "process \(first.rank) of \(count) \(first.status.description), and the others have been ended",
      code: isAboutInput ? Failure.usage : Failure.unfinished)
  }

  private func variables(rank: Int, port: Int) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["RANK"] = "\(rank)"
    variables["LOCAL_RANK"] = "\(rank)"
    variables["WORLD_SIZE"] = "\(count)"
    variables["LOCAL_WORLD_SIZE"] = "\(count)"
    variables["MASTER_ADDR"] = "127.0.0.1"
    variables["MASTER_PORT"] = "\(port)"
    variables[Self.mark] = "1"
    variables["TORCHELASTIC_USE_AGENT_STORE"] = nil
    if let threads { variables["OMP_NUM_THREADS"] = "\(threads)" }
    return variables
  }

  /// Waits for the end of all; returns the first that failed.
  private func wait(for members: [Member], _ stop: StopSignal) -> Member? {
    var first: Member?
    var deadline = Date.distantFuture
    var isPassedOn = false
    while members.contains(where: \.isRunning) {
      if stop.isRequested, !isPassedOn {
        isPassedOn = true
        // A terminal has sent the signal to its whole group already, and a second one would end a process at once.
        for member in members where member.isRunning && getpgid(member.identifier) != getpgrp() {
          kill(member.identifier, SIGINT)
        }
      }
      if first == nil, let failed = Self.cause(members) {
        first = failed
        deadline = Date().addingTimeInterval(Self.grace)
      }
      if Date() > deadline {
        for member in members where member.isRunning { kill(member.identifier, SIGKILL) }
      }
      usleep(20_000)
    }
    return first ?? Self.cause(members)
  }

  /// The failure that the others follow from: of those that are found at the same time, one that was killed.
  private static func cause(_ members: [Member]) -> Member? {
    let failed = members.filter(\.hasFailed)
    return failed.first(where: \.wasKilled) ?? failed.first
  }
}

extension LocalProcesses {
  /// One of the processes.
  private final class Member {
    let rank: Int
    private let process = Process()
    /// Open for as long as this program lives: its end tells the process that nobody waits for it any more.
    private let lifeline = Pipe()
    private let errors: Collected?

    init(rank: Int, program: URL, arguments: [String], variables: [String: String]) throws {
      self.rank = rank
      process.executableURL = program
      process.arguments = arguments
      process.environment = variables
      process.standardInput = lifeline
      // The other processes must not hold this end too.
      _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
      if rank == 0 {
        errors = nil
      } else {
        let errors = Collected()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors.pipe
        self.errors = errors
      }
      try process.run()
      errors?.begin()
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var hasFailed: Bool { !isRunning && status != .exit(0) }
    var wasKilled: Bool { !isRunning && process.terminationReason == .uncaughtSignal }
    var messages: [String] { errors?.lines ?? [] }

    var status: Status {
      process.terminationReason == .exit ? .exit(process.terminationStatus) : .signal(process.terminationStatus)
    }

    func finish() {
      process.waitUntilExit()
      errors?.end()
    }
  }

  /// How a process ended.
  private enum Status: Equatable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)

    var description: String {
      switch self {
      case .exit(let code): "ended with code \(code)"
      case .signal(let number): "was ended by signal \(number)"
      }
    }
  }

  /// What a process writes to its standard error, read as it comes so that the pipe never fills up.
  private final class Collected: @unchecked Sendable {
    let pipe = Pipe()
    private var bytes = Data()
    private let done = DispatchGroup()

    func begin() {
      done.enter()
      DispatchQueue.global().async { [self] in
        bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        done.leave()
      }
    }

    func end() { done.wait() }

    var lines: [String] {
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
        line.hasPrefix("steerable: ") ? String(line.dropFirst("steerable: ".count)) : String(line)
      }
    }
  }
}
