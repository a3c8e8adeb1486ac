extension Tensor {
  /// The elements at positions along the first dimensions: `x[0]`, `x[1..<3, .all, -1]`, `x[.rest, indices]`.
  ///
  /// **Traps**: on positions that do not exist.
  public subscript<each Index: TensorIndexing>(_ indices: repeat each Index) -> Tensor {
    var list: [TensorIndex] = []
    for index in repeat each indices { list.append(index.tensorIndex) }
    return trapping(try checked.indexed(by: list))
  }
}

extension CheckedTensor {
  /// The elements at positions along the first dimensions, as the subscript of `Tensor`.
  public func indexed(by indices: [TensorIndex]) throws(TorchError) -> Tensor {
    var result = tensor
    var dimension = 0
    // Per dimension of the result so far the tensor that picks from it; one of truth values speaks for several.
    var gathered: [Tensor?] = []
    let used = indices.reduce(0) { $0 + $1.dimensionCount }
    for index in indices {
      switch index {
      case .element(let position):
        // The dimension goes, so that the next index meets the one after it.
        result = try result.checked.select(dimension, index: position)
        continue
      case .slice(let start, let end, let step):
        if start != 0 || end != .max || step != 1 {
          result = try result.checked.slice(dimension, from: start, to: end, by: step)
        }
        gathered.append(nil)
        dimension += 1
      case .inserted:
        result = try result.checked.unsqueeze(dimension)
        gathered.append(nil)
        dimension += 1
      case .remaining:
        let count = Swift.max(0, tensor.rank - used)
        gathered += [Tensor?](repeating: nil, count: count)
        dimension += count
      case .tensor(let positions):
        gathered.append(positions)
        dimension += index.dimensionCount
      }
    }
    if gathered.allSatisfy({ $0 == nil }) { return result }
    return try invoke("subscript", "aten::index", "Tensor", [.tensor(result), .optionalTensorList(gathered)])
  }
}

extension TensorIndex {
  /// How many dimensions of the tensor the index speaks about.
  fileprivate var dimensionCount: Int {
    switch self {
    case .element, .slice: 1
    case .inserted, .remaining: 0
    case .tensor(let positions): positions.dtype == .bool ? positions.rank : 1
    }
  }
}
