internal import CTorchShim

/// Processes that work together and exchange tensors, over LibTorch's c10d with Gloo.
///
/// Every process calls the same functions in the same order. Tensors on an accelerator are sent by way of the
/// processor's memory. After a failure, as the end of another process, the group is of no use: all further calls throw
/// the same error.
///
/// ```swift
/// let group = try ProcessGroup(address: "127.0.0.1", port: 29500, rank: rank, size: 2)
/// let total = try group.sum(partial)
/// ```
public final class ProcessGroup: @unchecked Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let size: Int

  let pointer: TSProcessGroup

  /// Waits until all processes have come to an address, where the one of rank 0 listens; where the place `isHosted`, a
  /// program that does not belong to them does, as torchrun.
  ///
  /// The connections use the network interface of that address when it is this machine's own, else that of the
  /// machine's name, or the one that the environment variable `GLOO_SOCKET_IFNAME` names.
  ///
  /// **Throws**: `TorchError` when a process does not come within `timeout`, or the port cannot be used.
  ///
  /// **Units**: seconds; also the longest wait of each later call for another process.
  public init(
    address: String, port: Int, isHosted: Bool = false, rank: Int, size: Int, timeout: Double = 300
  ) throws(TorchError) {
    guard (0..<max(size, 1)).contains(rank), (1...65535).contains(port), timeout > 0 else {
      Torch.fail(
        operation: "ProcessGroup", operands: [],
        message: "expected a rank in 0..<size, a port in 1...65535 and a positive timeout, got \(rank) of \(size), "
          + "\(port), \(timeout)")
    }
    Torch.start()
    var error = TSError()
    guard let pointer = ts_process_group(address, port, isHosted, rank, size, timeout, &error) else {
      throw TorchError(&error, "ProcessGroup", [])
    }
    self.pointer = pointer
    self.rank = rank
    self.size = size
  }

  deinit { ts_process_group_release(pointer) }

  /// The sum of a tensor over all processes; no gradient flows through it.
  ///
  /// **Shapes**: any, the same in all processes.
  ///
  /// **Throws**: `TorchError` when another process has ended or does not answer.
  public func sum(_ tensor: Tensor) throws(TorchError) -> Tensor {
    let result = withoutGradient { tensor.detach().clone() }
    try sumInPlace([result])
    return result
  }

  /// The sum of a tensor over all processes, whose gradient is the sum of the gradients in all processes.
  ///
  /// **Shapes**: any, the same in all processes.
  ///
  /// **Throws**: `TorchError` when another process has ended or does not answer.
  public func differentiableSum(_ tensor: Tensor) throws(TorchError) -> Tensor {
    try produce("ProcessGroup.differentiableSum", tensor) { ts_all_reduced(pointer, $0, $1) }
  }

  /// The tensor that the process `root` gives; the others give one of the same shape and type.
  ///
  /// **Throws**: `TorchError` when another process has ended or does not answer.
  public func broadcast(_ tensor: Tensor, from root: Int = 0) throws(TorchError) -> Tensor {
    let result = withoutGradient { tensor.detach().clone() }
    try broadcastInPlace([result], from: root)
    return result
  }

  /// Waits for all processes.
  ///
  /// **Throws**: `TorchError` when another process has ended or does not answer.
  public func barrier() throws(TorchError) {
    try perform("ProcessGroup.barrier") { ts_barrier(pointer, $0) }
  }

  /// Puts the sums over all processes into `tensors`, in flat buckets of some `bucketBytes`.
  package func sumInPlace(_ tensors: [Tensor], bucketBytes: Int = 25 << 20) throws(TorchError) {
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform("ProcessGroup.sum") {
        ts_sum_over_processes(pointer, tensors.map(\.pointer), tensors.count, bucketBytes, $0)
      }
    }
  }

  /// Puts the tensors of the process `root` into those of all.
  package func broadcastInPlace(_ tensors: [Tensor], from root: Int = 0) throws(TorchError) {
    guard (0..<size).contains(root) else {
      Torch.fail(operation: "ProcessGroup.broadcast", operands: [], message: "there is no process \(root) of \(size)")
    }
    try withExtendedLifetime(tensors) { () throws(TorchError) in
      try perform("ProcessGroup.broadcast") {
        ts_broadcast(pointer, tensors.map(\.pointer), tensors.count, root, $0)
      }
    }
  }
}
