internal import CTorchShim

// Operations that pick and place elements.
extension CheckedTensor {
  /// `length` elements from `start` along a dimension.
  public func narrow(_ dimension: Int, start: Int, length: Int) throws(TorchError) -> Tensor {
    try produce("narrow", tensor) { ts_narrow($0, dimension, start, length, $1) }
  }
  /// One position along a dimension, which goes.
  public func select(_ dimension: Int, index: Int) throws(TorchError) -> Tensor {
    try produce("select", tensor) { ts_select($0, dimension, index, $1) }
  }
  /// The elements of a range along a dimension, in steps; negative ends count from the last element.
  public func slice(_ dimension: Int, from start: Int = 0, to end: Int = Int.max, by step: Int = 1) throws(TorchError)
    -> Tensor
  {
    try produce("slice", tensor) { ts_slice($0, dimension, start, end, step, $1) }
  }
  /// The positions that `indices` names along a dimension.
  ///
  /// **Shapes**: `indices` is `[K]`, integers; the dimension becomes K.
  public func indexSelect(_ dimension: Int, _ indices: Tensor) throws(TorchError) -> Tensor {
    try produce("indexSelect", tensor, indices) { ts_index_select($0, dimension, $1, $2) }
  }
  /// One element per index: along the dimension the index decides, along the others the position.
  public func gather(_ dimension: Int, _ indices: Tensor) throws(TorchError) -> Tensor {
    try produce("gather", tensor, indices) { ts_gather($0, dimension, $1, $2) }
  }
  /// The elements of `source` put where `indices` says along a dimension.
  public func scatter(_ dimension: Int, _ indices: Tensor, _ source: Tensor) throws(TorchError) -> Tensor {
    try invoke(
      "scatter", "aten::scatter", "src", [.tensor(tensor), .int(dimension), .tensor(indices), .tensor(source)])
  }
  /// One number put where `indices` says along a dimension.
  public func scatter(_ dimension: Int, _ indices: Tensor, value: Double) throws(TorchError) -> Tensor {
    try invoke(
      "scatter", "aten::scatter", "value", [.tensor(tensor), .int(dimension), .tensor(indices), .double(value)])
  }
  /// The elements of `source` added where `indices` says along a dimension.
  public func scatterAdd(_ dimension: Int, _ indices: Tensor, _ source: Tensor) throws(TorchError) -> Tensor {
    try invoke(
      "scatterAdd", "aten::scatter_add", [.tensor(tensor), .int(dimension), .tensor(indices), .tensor(source)])
  }
  /// The slices of `source` added at the positions that `indices` names along a dimension.
  public func indexAdd(_ dimension: Int, _ indices: Tensor, _ source: Tensor) throws(TorchError) -> Tensor {
    try invoke("indexAdd", "aten::index_add", [.tensor(tensor), .int(dimension), .tensor(indices), .tensor(source)])
  }
  /// The elements where `mask` is true, as one dimension.
  public func masked(by mask: Tensor) throws(TorchError) -> Tensor {
    try invoke("masked", "aten::masked_select", [.tensor(tensor), .tensor(mask)])
  }
  /// The positions of the elements that are not zero.
  ///
  /// **Shapes**: `[K, rank]`.
  public func nonzero() throws(TorchError) -> Tensor { try invoke("nonzero", "aten::nonzero", [.tensor(tensor)]) }
  /// The elements in order along a dimension, and where they were.
  public func sorted(along dimension: Int = -1, descending: Bool = false) throws(TorchError) -> (
    values: Tensor, indices: Tensor
  ) {
    let results = try invokeList(
      "sorted", "aten::sort", "stable", [.tensor(tensor), true, .int(dimension), .bool(descending)])
    return (results[0], results[1])
  }
  /// The positions that put the elements in order along a dimension.
  public func argsort(along dimension: Int = -1, descending: Bool = false) throws(TorchError) -> Tensor {
    try sorted(along: dimension, descending: descending).indices
  }
  /// The `count` largest (or smallest) elements along a dimension, in order, and where they were.
  public func topK(_ count: Int, along dimension: Int = -1, largest: Bool = true) throws(TorchError) -> (
    values: Tensor, indices: Tensor
  ) {
    let results = try invokeList(
      "topK", "aten::topk", [.tensor(tensor), .int(count), .int(dimension), .bool(largest), true])
    return (results[0], results[1])
  }
  /// Ones at the positions that the integers name, along a new last dimension; `int64`.
  public func oneHot(classes count: Int) throws(TorchError) -> Tensor {
    try invoke("oneHot", "aten::one_hot", [.tensor(tensor), .int(count)])
  }
  /// How often each integer from 0 on occurs.
  public func bincount(minimumCount: Int = 0) throws(TorchError) -> Tensor {
    try invoke("bincount", "aten::bincount", [.tensor(tensor), .none, .int(minimumCount)])
  }
}
