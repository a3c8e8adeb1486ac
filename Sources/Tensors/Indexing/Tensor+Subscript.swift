extension Tensor {
  /// The elements at positions along the first dimensions: `x[0]`, `x[1..<3, .all, -1]`, `x[.rest, indices]`.
  ///
  /// **Traps** on positions that do not exist.
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
    var gathered: [Tensor?] = []
    let used = indices.reduce(0) { $0 + $1.dimensionCount }
    for index in indices {
      switch index {
      case .element(let position):
        // The dimension goes, so that the next index meets the one after it.
        result = try result.checked.select(dimension, index: position)
      case .slice(let start, let end, let step):
        if start != 0 || end != .max || step != 1 {
          result = try result.checked.slice(dimension, from: start, to: end, by: step)
        }
        dimension += 1
      case .inserted:
        result = try result.checked.unsqueeze(dimension)
        dimension += 1
      case .remaining:
        dimension += Swift.max(0, tensor.rank - used)
      case .tensor(let positions):
        while gathered.count < dimension { gathered.append(nil) }
        gathered.append(positions)
        dimension += positions.dtype == .bool ? positions.rank : 1
        while gathered.count < dimension, positions.dtype == .bool, positions.rank == 1 { gathered.append(nil) }
      }
    }
    if gathered.isEmpty { return result }
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
