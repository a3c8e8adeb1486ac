internal import CTorchShim

/// Runs `body` while this process works on `images` of the `total` images that all processes work on at the same time.
///
/// Batch norms then take the statistics of all these images, and dropout draws for all of them, so that every process
/// has what one alone would have. Backward passes belong into `body` too. There is one such scope at a time in a
/// process, whatever the thread. A failure of the connection within it is thrown by the group's next call. Without a
/// group nothing changes.
package func withBatchShare<Result, Failure: Error>(
  _ images: Range<Int>, of total: Int, in group: ProcessGroup?, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let group else { return try body() }
  ts_set_batch_share(
    group.pointer, TSBatchShare(offset: images.lowerBound, count: images.count, total: total))
  defer { ts_set_batch_share(nil, TSBatchShare()) }
  return try body()
}

/// What all processes know together where they share a batch, and one process where it works alone.
package enum BatchShare {
  /// The place of `count` rows among those of all processes; nil where there is no share, or the rows are not its
  /// images.
  package static func rows(_ count: Int) -> (first: Int, total: Int)? {
    var (first, total) = (0, 0)
    return ts_batch_rows(count, &first, &total) ? (first, total) : nil
  }

  /// The mean and the (biased) variance of each channel over all processes, and the number of values in each.
  package static func pooled(
    mean: Tensor, variance: Tensor, positions: Int
  ) -> (mean: Tensor, variance: Tensor, positions: Int) {
    var count = positions
    var pointers: [TSTensor?] = [nil, nil]
    trapping(
      try perform("BatchShare.pooled", mean, variance) { ts_pool_moments($0, $1, &count, &pointers, $2) })
    let tensors = pointers.compactMap { $0.map(Tensor.init(owned:)) }
    return tensors.count == 2 ? (tensors[0], tensors[1], count) : (mean, variance, positions)
  }
}
