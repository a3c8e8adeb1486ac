/// A tensor whose operations throw `TorchError` where those of `Tensor` trap; made by `Tensor.checked`.
///
/// Here stand the definitions; the operations of `Tensor` call them and trap on what they throw.
public struct CheckedTensor {
  /// The tensor that is operated on.
  public let tensor: Tensor

  @inline(__always)
  init(_ tensor: Tensor) {
    self.tensor = tensor
  }
}
