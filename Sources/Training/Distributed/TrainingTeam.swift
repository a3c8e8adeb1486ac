internal import Layers
public import Tensors

/// The processes of a data-parallel training, which share each batch; process 0 writes what the training leaves.
///
/// ```swift
/// if let environment = try DistributedEnvironment() { team = try TrainingTeam(environment) }
/// ```
public final class TrainingTeam {
  /// The connections between the processes.
  public let group: ProcessGroup
  /// The number of processes on this machine.
  public let localSize: Int

  /// The number of this process, from 0.
  public var rank: Int { group.rank }
  /// The number of processes.
  public var size: Int { group.size }
  /// Whether this process writes the files.
  public var isLeader: Bool { rank == 0 }

  /// Waits until all processes have come together.
  ///
  /// **Throws**: `TrainingError.lostProcess` when one does not come.
  public init(_ environment: DistributedEnvironment) throws(TrainingError) {
    do {
      group = try ProcessGroup(
        address: environment.address, port: environment.port, isHosted: environment.isHosted, rank: environment.rank,
        size: environment.size, timeout: environment.timeout)
    } catch {
      throw .lostProcess(
        "process \(environment.rank) of \(environment.size) did not find the others at "
          + "\(environment.address):\(environment.port): \(error.details.message)")
    }
    localSize = environment.localSize
  }

  /// The sums of numbers over all processes, the same bits everywhere.
  func sum(_ values: [Double]) throws(TrainingError) -> [Double] {
    try connected { () throws(TorchError) in
      try group.sum(Tensor(values, shape: [values.count], dtype: .float64)).scalars()
    }
  }

  /// Adds up the gradients of all processes.
  func sumGradients(of parameters: [NamedParameter]) throws(TrainingError) {
    try connected { () throws(TorchError) in try group.sumInPlace(parameters.compactMap(\.parameter.grad)) }
  }

  /// Gives all processes the weights and buffers of the leader.
  func spread(_ model: Module) throws(TrainingError) {
    try connected { () throws(TorchError) in
      try group.broadcastInPlace(model.parameters.map(\.parameter.value) + model.buffers.map(\.buffer.value))
    }
    for named in model.parameters { named.parameter.noteChange() }
    for named in model.buffers { named.buffer.noteChange() }
  }

  /// Waits for all processes.
  func wait() throws(TrainingError) { try connected { () throws(TorchError) in try group.barrier() } }

  /// Makes sure that all processes were started with the same settings, data and state.
  func check(_ identity: CheckpointIdentity, step: Int) throws(TrainingError) {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for (key, value) in identity.settings.sorted(by: { $0.key < $1.key }) {
      for byte in "\(key)=\(value);".utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    // Each process fills its own places; halves of the checksum are exact as floating-point numbers.
    var table = [Double](repeating: 0, count: 3 * size)
    table.replaceSubrange(3 * rank..<3 * rank + 3, with: [Double(sum >> 32), Double(sum & 0xFFFF_FFFF), Double(step)])
    table = try self.sum(table)
    for other in 1..<max(size, 1) where table[3 * other..<3 * other + 3] != table[0..<3] {
      let isStep = table[3 * other..<3 * other + 2] == table[0..<2]
      throw .environment(
        isStep
          ? "process \(other) begins at step \(Int(table[3 * other + 2])), process 0 at step \(Int(table[2])); all "
            + "processes must see the same folder of the run"
          : "process \(other) has other settings or data than process 0; start all with the same configuration")
    }
  }

  private func connected<Result>(_ body: () throws(TorchError) -> Result) throws(TrainingError) -> Result {
    do {
      return try body()
    } catch {
      throw .lostProcess(
        "process \(rank) of \(size) cannot go on: \(error.details.message); the last checkpoint is as it was, "
          + "go on from it with --resume")
    }
  }
}
