// Operations that pick and place elements.
extension Tensor {
  /// `length` elements from `start` along a dimension.
  public func narrow(_ dimension: Int, start: Int, length: Int) -> Tensor {
    trapping(try checked.narrow(dimension, start: start, length: length))
  }
  /// One position along a dimension, which goes.
  public func select(_ dimension: Int, index: Int) -> Tensor { trapping(try checked.select(dimension, index: index)) }
  /// The elements of a range along a dimension, in steps; negative ends count from the last element.
  public func slice(_ dimension: Int, from start: Int = 0, to end: Int = Int.max, by step: Int = 1) -> Tensor {
    trapping(try checked.slice(dimension, from: start, to: end, by: step))
  }
  /// The positions that `indices` names along a dimension.
  ///
  /// **Shapes**: `indices` is `[K]`, integers; the dimension becomes K.
  public func indexSelect(_ dimension: Int, _ indices: Tensor) -> Tensor {
    trapping(try checked.indexSelect(dimension, indices))
  }
  /// One element per index: along the dimension the index decides, along the others the position.
  public func gather(_ dimension: Int, _ indices: Tensor) -> Tensor {
    trapping(try checked.gather(dimension, indices))
  }
  /// The elements of `source` put where `indices` says along a dimension.
  public func scatter(_ dimension: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    trapping(try checked.scatter(dimension, indices, source))
  }
  /// One number put where `indices` says along a dimension.
  public func scatter(_ dimension: Int, _ indices: Tensor, value: Double) -> Tensor {
    trapping(try checked.scatter(dimension, indices, value: value))
  }
  /// The elements of `source` added where `indices` says along a dimension.
  public func scatterAdd(_ dimension: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    trapping(try checked.scatterAdd(dimension, indices, source))
  }
  /// The slices of `source` added at the positions that `indices` names along a dimension.
  public func indexAdd(_ dimension: Int, _ indices: Tensor, _ source: Tensor) -> Tensor {
    trapping(try checked.indexAdd(dimension, indices, source))
  }
  /// The elements where `mask` is true, as one dimension.
  public func masked(by mask: Tensor) -> Tensor { trapping(try checked.masked(by: mask)) }
  /// The positions of the elements that are not zero.
  ///
  /// **Shapes**: `[K, rank]`.
  public func nonzero() -> Tensor { trapping(try checked.nonzero()) }
  /// The elements in order along a dimension, and where they were.
  public func sorted(along dimension: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
    trapping(try checked.sorted(along: dimension, descending: descending))
  }
  /// The positions that put the elements in order along a dimension.
  public func argsort(along dimension: Int = -1, descending: Bool = false) -> Tensor {
    trapping(try checked.argsort(along: dimension, descending: descending))
  }
  /// The `count` largest (or smallest) elements along a dimension, in order, and where they were.
  public func topK(_ count: Int, along dimension: Int = -1, largest: Bool = true) -> (values: Tensor, indices: Tensor) {
    trapping(try checked.topK(count, along: dimension, largest: largest))
  }
  /// Ones at the positions that the integers name, along a new last dimension; `int64`.
  public func oneHot(classes count: Int) -> Tensor { trapping(try checked.oneHot(classes: count)) }
  /// How often each integer from 0 on occurs.
  public func bincount(minimumCount: Int = 0) -> Tensor { trapping(try checked.bincount(minimumCount: minimumCount)) }
}
