extension Tensor {
  /// Complex numbers as pairs along a new last dimension.
  ///
  /// **Shapes**: self `[…]` complex, result `[…, 2]` real.
  ///
  /// **Traps**: on real tensors.
  public func viewAsReal() -> Tensor {
    trapping(try checked.viewAsReal())
  }

  /// Pairs along the last dimension as complex numbers.
  ///
  /// **Shapes**: self `[…, 2]` real, result `[…]` complex.
  ///
  /// **Traps**: when the last dimension is not a contiguous pair.
  public func viewAsComplex() -> Tensor {
    trapping(try checked.viewAsComplex())
  }

  /// Complex numbers of given real and imaginary parts.
  ///
  /// **Shapes**: both any two that broadcast, result the common shape.
  ///
  /// **Traps**: when the parts are not of one floating type.
  public static func complex(real: Tensor, imaginary: Tensor) -> Tensor {
    trapping(try CheckedTensor.complex(real: real, imaginary: imaginary))
  }

  /// Complex numbers of given magnitudes and angles.
  ///
  /// **Shapes**: both any two that broadcast, result the common shape.
  ///
  /// **Units**: radians.
  ///
  /// **Traps**: when the parts are not of one floating type.
  public static func polar(magnitude: Tensor, angle: Tensor) -> Tensor {
    trapping(try CheckedTensor.polar(magnitude: magnitude, angle: angle))
  }
}
