extension PrefetchingLoader: Sequence, IteratorProtocol {
  /// Iterates over the rest of the current epoch.
  public func makeIterator() -> PrefetchingLoader { self }
}
