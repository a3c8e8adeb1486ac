public import Foundation

/// The place of this process among those that train together, from environment variables as `torchrun` sets them.
///
/// | variable | meaning | if absent |
/// |---|---|---|
/// | `RANK` | the number of this process, from 0 | |
/// | `WORLD_SIZE` | the number of processes | |
/// | `MASTER_ADDR`, `MASTER_PORT` | where process 0 listens | |
/// | `LOCAL_RANK` | the number of this process on its machine | `RANK` |
/// | `LOCAL_WORLD_SIZE` | the number of processes on this machine | `WORLD_SIZE` |
/// | `TORCHELASTIC_USE_AGENT_STORE` | `True` where torchrun itself listens there | process 0 listens |
/// | `STEERABLE_TIMEOUT` | the seconds to wait for another process | 300 |
public struct DistributedEnvironment: Hashable, Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let size: Int
  /// The number of this process on its machine, from 0.
  public let localRank: Int
  /// The number of processes on this machine.
  public let localSize: Int
  /// The host name or address where process 0 listens.
  public let address: String
  /// The port where process 0 listens.
  public let port: Int
  /// Whether the program that started the processes listens there instead.
  public let isHosted: Bool
  /// The seconds to wait for another process.
  public let timeout: Double

  /// Reads the variables; nil where neither `RANK` nor `WORLD_SIZE` is set, so that the process is alone.
  ///
  /// **Throws**: `TrainingError.environment` that names the variable that is missing or wrong.
  public init?(
    variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws(TrainingError) {
    guard variables["RANK"] != nil || variables["WORLD_SIZE"] != nil else { return nil }
    size = try Self.integer("WORLD_SIZE", in: variables, from: 1, through: 65_536)
    rank = try Self.integer("RANK", in: variables, from: 0, through: size - 1)
    localSize = try Self.integer("LOCAL_WORLD_SIZE", in: variables, from: 1, through: size, absent: size)
    localRank = try Self.integer("LOCAL_RANK", in: variables, from: 0, through: size - 1, absent: rank)
    port = try Self.integer("MASTER_PORT", in: variables, from: 1, through: 65_535)
    guard let address = variables["MASTER_ADDR"] else { throw .environment(Self.missing("MASTER_ADDR")) }
    guard !address.isEmpty, !address.contains(where: \.isWhitespace) else {
      throw .environment("MASTER_ADDR must be a host name or an address, found \"\(address)\"")
    }
    self.address = address
    isHosted = variables["TORCHELASTIC_USE_AGENT_STORE"] == "True"
    let text = variables["STEERABLE_TIMEOUT"] ?? "300"
    guard let timeout = Double(text), timeout >= 1, timeout <= 1e6 else {
      throw .environment("STEERABLE_TIMEOUT must be a number of seconds from 1 to 1000000, found \"\(text)\"")
    }
    self.timeout = timeout
  }

  private static func integer(
    _ name: String, in variables: [String: String], from least: Int, through most: Int, absent: Int? = nil
  ) throws(TrainingError) -> Int {
    guard let text = variables[name] else {
      if let absent { return absent }
      throw .environment(missing(name))
    }
    guard let value = Int(text), value >= least, value <= most else {
      throw .environment("\(name) must be a whole number from \(least) to \(most), found \"\(text)\"")
    }
    return value
  }

  private static func missing(_ name: String) -> String {
    "\(name) is not set; processes that train together need RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun "
      + "and `steerable train --processes` set them"
  }
}
