extension Tensor {
  /// Whether two tensors of one shape agree in every element: |a − b| ≤ absolute + relative · |b|.
  ///
  /// **Traps**: when the shapes cannot be broadcast together.
  public func isClose(
    to other: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
  ) -> Bool {
    trapping(
      try checked.isClose(
        to: other, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance, equalNaN: equalNaN))
  }

  /// The largest absolute difference between two tensors, 0 for empty ones.
  public func maxAbsDifference(to other: Tensor) -> Double {
    withoutGradient {
      let difference = (self - other).abs()
      return difference.count == 0 ? 0 : difference.max().item()
    }
  }
}

extension CheckedTensor {
  /// Whether two tensors of one shape agree in every element: |a − b| ≤ absolute + relative · |b|.
  public func isClose(
    to other: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
  ) throws(TorchError) -> Bool {
    let arguments: [Torch.Value] = [
      .tensor(tensor), .tensor(other), .double(relativeTolerance), .double(absoluteTolerance), .bool(equalNaN),
    ]
    return try Operator("aten::allclose", "")(arguments, operation: "isClose").first?.bool ?? false
  }
}
