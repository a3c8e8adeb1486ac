extension TensorIndex: TensorIndexing {
  /// Itself.
  public var tensorIndex: TensorIndex { self }
}

extension Int: TensorIndexing {
  /// One element.
  public var tensorIndex: TensorIndex { .element(self) }
}

extension Range<Int>: TensorIndexing {
  /// The elements of the range.
  public var tensorIndex: TensorIndex { .slice(start: lowerBound, end: upperBound, step: 1) }
}

extension ClosedRange<Int>: TensorIndexing {
  /// The elements of the range, with its end.
  public var tensorIndex: TensorIndex {
    .slice(start: lowerBound, end: upperBound == -1 ? .max : upperBound + 1, step: 1)
  }
}

extension PartialRangeFrom<Int>: TensorIndexing {
  /// The elements from the bound on.
  public var tensorIndex: TensorIndex { .slice(start: lowerBound, end: .max, step: 1) }
}

extension PartialRangeUpTo<Int>: TensorIndexing {
  /// The elements up to the bound, without it.
  public var tensorIndex: TensorIndex { .slice(start: 0, end: upperBound, step: 1) }
}

extension PartialRangeThrough<Int>: TensorIndexing {
  /// The elements up to the bound, with it.
  public var tensorIndex: TensorIndex { .slice(start: 0, end: upperBound == -1 ? .max : upperBound + 1, step: 1) }
}

extension Tensor: TensorIndexing {
  /// The elements that the tensor names.
  public var tensorIndex: TensorIndex { .tensor(self) }
}
