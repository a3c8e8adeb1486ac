import Dispatch
public import Homogenization
import Synchronization

extension MetamaterialCell {
  /// Homogenizes cells on all cores.
  ///
  /// `progress` hears of the number of finished cells, from any thread but one call at a time.
  ///
  /// **Throws**: `HomogenizationError` for the first cell that has another size than the homogenizer.
  public static func homogenized(
    _ cells: [UnitCell], by homogenizer: Homogenizer, progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> [MetamaterialCell] {
    try made(count: cells.count, progress: progress) { try MetamaterialCell(cells[$0], by: homogenizer) }
  }

  /// Makes cells on all cores; the result does not depend on how many there are.
  ///
  /// **Throws**: what `make` throws for the first index that was reached.
  static func made(
    count: Int, progress: @Sendable (Int) -> Void, _ make: @Sendable (Int) throws -> MetamaterialCell
  ) throws -> [MetamaterialCell] {
    let state = Mutex((results: [Result<MetamaterialCell, any Error>?](repeating: nil, count: count), finished: 0))
    let hasFailed = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      guard !hasFailed.load(ordering: .relaxed) else { return }
      let result = Result { try make(index) }
      if case .failure = result { hasFailed.store(true, ordering: .relaxed) }
      state.withLock { state in
        state.results[index] = result
        state.finished += 1
        progress(state.finished)
      }
    }
    return try state.withLock { try $0.results.compactMap { try $0?.get() } }
  }
}
