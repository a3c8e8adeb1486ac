/// A Swift number that tensors can be made from and read as.
public protocol TensorElement {
  /// The element type that has the same bits in memory.
  static var dtype: DType { get }
}
