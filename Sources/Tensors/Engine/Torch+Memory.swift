internal import CTorchShim

extension Torch {
  /// Runs `body` and tells how many bytes of tensors it held on the CPU at most, beyond those held before.
  ///
  /// What the calling thread allocates is counted, and what a backward pass does on its behalf. The scope is synchronous
  /// and replaces a running profiler.
  public static func peakAllocation<Result, Failure: Error>(
    during body: () throws(Failure) -> Result
  ) throws(Failure) -> (result: Result, bytes: Int) {
    start()
    var error = TSError()
    guard let meter = ts_allocation_meter(&error) else { fail(TorchError(&error, "peakAllocation", [])) }
    var bytes = 0
    let result: Result
    do {
      result = try body()
      bytes = Int(ts_allocation_meter_finish(meter))
    } catch {
      _ = ts_allocation_meter_finish(meter)
      throw error
    }
    return (result, bytes)
  }

  /// Lets the process keep the memory that tensors on the CPU free, instead of giving it back to the system.
  ///
  /// A training step frees and allocates the same large tensors again and again. By default the C library gives their
  /// pages back each time, and the kernel has to clear new ones: up to half of the time of a step of small networks on
  /// large images. It concerns the whole process, so programs decide it, at their start; the command `steerable` does.
  ///
  /// - Returns: Whether the C library could be told; true with glibc.
  @discardableResult
  public static func retainFreedMemory() -> Bool { ts_retain_freed_memory() }
}
