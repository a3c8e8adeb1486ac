public import Symmetry
public import Tensors

extension FieldType {
  /// Transforms the channels of each pixel by the representation of `element`.
  ///
  /// **Shapes**: `[N, size, H, W]` to the same.
  /// **Traps**: if the channels do not fit or the element is of another group.
  /// **Complexity**: one matrix product for each different representation; permutations are one selection.
  public func transformFibers(_ tensor: Tensor, by element: GroupElement) -> Tensor {
    require(
      tensor.rank == 4 && tensor.shape[1] == size, "FieldType.transformFibers",
      "a tensor of shape \(tensor.shape) does not hold \(self)")
    require(group.contains(element), "FieldType.transformFibers", "\(element) is no element of \(group.name)")
    let matrices = storage.distinct.map { $0.matrix(element) }
    if let sources = permutation(matrices) {
      if sources == Array(0..<size) { return tensor }
      return tensor.indexSelect(1, Tensor(sources, shape: [size], device: tensor.device))
    }
    let working: DType = tensor.dtype == .float64 ? .float64 : .float32
    let source = tensor.dtype == working ? tensor : tensor.to(working)
    var parts: [Tensor] = []
    var field = 0
    let indices = storage.distinctIndex
    while field < count {
      var end = field + 1
      while end < count, indices[end] == indices[field] { end += 1 }
      let matrix = matrices[indices[field]]
      let start = channels[field].lowerBound
      let block = source.narrow(1, start, (end - field) * matrix.rows)
      let (n, h, w) = (tensor.shape[0], tensor.shape[2], tensor.shape[3])
      let factor = Tensor(matrix.values, shape: [matrix.rows, matrix.rows], dtype: working, device: tensor.device)
      let product = factor.matmul(block.reshape([n * (end - field), matrix.rows, h * w]))
      parts.append(product.reshape([n, (end - field) * matrix.rows, h, w]))
      field = end
    }
    let result = parts.count == 1 ? parts[0] : Tensor.concatenated(parts, along: 1)
    return tensor.dtype == working ? result : result.to(tensor.dtype)
  }

  /// The source of each channel when all matrices are permutations, nil otherwise.
  private func permutation(_ matrices: [Matrix]) -> [Int]? {
    var sourcesOfDistinct: [[Int]] = []
    for matrix in matrices {
      var sources: [Int] = []
      for row in 0..<matrix.rows {
        let ones = (0..<matrix.columns).filter { abs(matrix[row, $0]) > 1e-12 }
        guard ones.count == 1, abs(matrix[row, ones[0]] - 1) < 1e-12 else { return nil }
        sources.append(ones[0])
      }
      sourcesOfDistinct.append(sources)
    }
    return zip(channels, storage.distinctIndex).flatMap { range, index in
      sourcesOfDistinct[index].map { range.lowerBound + $0 }
    }
  }

  /// Transforms a tensor of this type by an element: fibers and pixels.
  public func transform(_ tensor: Tensor, by element: GroupElement, interpolation: Interpolation = .bilinear) -> Tensor {
    GeometricTensor(tensor, self).transformed(by: element, interpolation: interpolation).tensor
  }

  /// Pairs a tensor with this type.
  public func callAsFunction(_ tensor: Tensor) -> GeometricTensor { GeometricTensor(tensor, self) }
}
