package import Layers
package import Tensors

/// The type of numbers that a module without parameters was last converted to, in which it exports its constants.
package enum NumberType {
  /// A buffer that follows its module's conversions and is not saved.
  package static func marker(_ dtype: DType = .float32) -> Buffer {
    Buffer(Tensor.zeros([], dtype: dtype), isPersistent: false)
  }
}
