internal import CTorchShim

extension CheckedTensor {
  /// ``Tensor/viewAsReal()`` that throws instead of trapping.
  public func viewAsReal() throws(TorchError) -> Tensor {
    try produce("viewAsReal", tensor) { ts_view_as_real($0, $1) }
  }

  /// ``Tensor/viewAsComplex()`` that throws instead of trapping.
  public func viewAsComplex() throws(TorchError) -> Tensor {
    try produce("viewAsComplex", tensor) { ts_view_as_complex($0, $1) }
  }

  /// ``Tensor/complex(real:imaginary:)`` that throws instead of trapping.
  public static func complex(real: Tensor, imaginary: Tensor) throws(TorchError) -> Tensor {
    try produce("complex", real, imaginary) { ts_complex($0, $1, $2) }
  }

  /// ``Tensor/polar(magnitude:angle:)`` that throws instead of trapping.
  public static func polar(magnitude: Tensor, angle: Tensor) throws(TorchError) -> Tensor {
    try produce("polar", magnitude, angle) { ts_polar($0, $1, $2) }
  }
}
