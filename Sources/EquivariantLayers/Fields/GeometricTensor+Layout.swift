import Tensors

extension GeometricTensor {
  /// The same fields with the channels of a pixel next to each other, the layout in which networks run fastest.
  ///
  /// **Complexity**: free when the values are laid out like that already.
  public func channelsLast() -> GeometricTensor { toMemoryFormat(.channelsLast) }
}
