internal import CTorchShim

extension Tensor {
  /// Tensors joined along a dimension.
  ///
  /// **Traps**: when the other dimensions differ.
  public static func concatenated(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    trapping(try CheckedTensor.concatenated(tensors, along: dimension))
  }

  /// Tensors of one shape joined along a new dimension.
  ///
  /// **Traps**: when the shapes differ.
  public static func stacked(_ tensors: [Tensor], along dimension: Int = 0) -> Tensor {
    trapping(try CheckedTensor.stacked(tensors, along: dimension))
  }
}

extension CheckedTensor {
  /// Tensors joined along a dimension.
  public static func concatenated(_ tensors: [Tensor], along dimension: Int = 0) throws(TorchError) -> Tensor {
    try produce("concatenated", tensors) { ts_concatenate($0, $1, dimension, $2) }
  }

  /// Tensors of one shape joined along a new dimension.
  public static func stacked(_ tensors: [Tensor], along dimension: Int = 0) throws(TorchError) -> Tensor {
    try produce("stacked", tensors) { ts_stack($0, $1, dimension, $2) }
  }
}
