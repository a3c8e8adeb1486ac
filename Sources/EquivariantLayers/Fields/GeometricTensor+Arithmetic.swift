public import Tensors

extension GeometricTensor {
  private func matching(_ other: GeometricTensor, _ name: String) {
    require(
      type == other.type, name, "the two sides have different types, \(type) and \(other.type)")
    require(shape == other.shape, name, "the two sides have different shapes, \(shape) and \(other.shape)")
  }

  /// The sum of two tensors of the same type.
  ///
  /// **Traps**: with both types if they differ.
  public static func + (lhs: GeometricTensor, rhs: GeometricTensor) -> GeometricTensor {
    lhs.matching(rhs, "GeometricTensor +")
    return GeometricTensor(unchecked: lhs.tensor + rhs.tensor, lhs.type)
  }

  /// The difference of two tensors of the same type.
  ///
  /// **Traps**: with both types if they differ.
  public static func - (lhs: GeometricTensor, rhs: GeometricTensor) -> GeometricTensor {
    lhs.matching(rhs, "GeometricTensor -")
    return GeometricTensor(unchecked: lhs.tensor - rhs.tensor, lhs.type)
  }

  /// The tensor with the opposite sign.
  public static prefix func - (value: GeometricTensor) -> GeometricTensor {
    GeometricTensor(unchecked: -value.tensor, value.type)
  }

  /// The fields scaled by a number.
  public static func * (lhs: GeometricTensor, rhs: Double) -> GeometricTensor {
    GeometricTensor(unchecked: lhs.tensor * rhs, lhs.type)
  }

  /// The fields scaled by a number.
  public static func * (lhs: Double, rhs: GeometricTensor) -> GeometricTensor { rhs * lhs }

  /// The fields divided by a number.
  public static func / (lhs: GeometricTensor, rhs: Double) -> GeometricTensor {
    GeometricTensor(unchecked: lhs.tensor / rhs, lhs.type)
  }

  /// The fields scaled by a tensor that is the same for all channels and pixels.
  ///
  /// **Shapes**: `[]`, `[1]`, or `[N, 1, 1, 1]`.
  ///
  /// **Traps**: for other shapes, because they would break the symmetry.
  public static func * (lhs: GeometricTensor, rhs: Tensor) -> GeometricTensor {
    let shape = rhs.shape
    require(
      rhs.count == 1 || (rhs.rank == 4 && shape[0] == lhs.shape[0] && rhs.count == shape[0]), "GeometricTensor *",
      "a factor of shape \(shape) differs between the channels or pixels of \(lhs.type)")
    let factor = rhs.count == 1 && rhs.rank > 0 ? rhs.reshape([1, 1, 1, 1]) : rhs
    return GeometricTensor(unchecked: lhs.tensor * factor, lhs.type)
  }

  /// Adds to the tensor and binds the result anew.
  public static func += (lhs: inout GeometricTensor, rhs: GeometricTensor) { lhs = lhs + rhs }

  /// Subtracts from the tensor and binds the result anew.
  public static func -= (lhs: inout GeometricTensor, rhs: GeometricTensor) { lhs = lhs - rhs }

  /// Scales the tensor and binds the result anew.
  public static func *= (lhs: inout GeometricTensor, rhs: Double) { lhs = lhs * rhs }
}
